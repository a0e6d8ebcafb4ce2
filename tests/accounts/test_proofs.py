"""The civil registry's word about an identity, and the document that stands in for it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gapura.accounts import errors, tasks
from gapura.accounts.models import IdentityProof, Person
from gapura.accounts.queries import Identity, own_identity, people_to_ask_about, registry_proof
from gapura.accounts.rules.proofs import birth_date, outcome_of
from gapura.accounts.services import (
    check_identity,
    check_waiting,
    correct_identity,
    require_reverification,
    verify_identity,
)
from gapura.audit.models import LogEvent
from gapura.kernel.encryption import lookup
from gapura.kernel.permissions import Refused
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from gapura.outside.services import IdentityAnswer
from gapura.outside.services import check_identity as ask_registry
from tests.accounts.people import SYSTEM, acting, colleague, confirmed, nik, pending
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
VERIFIER = colleague("verifikator", "K16")
TODAY = date(2026, 11, 22)


def ask(person: Person) -> str:
    return check_identity(actor=SYSTEM, person=person.id).outcome


def differing(serial: int, make: Callable[..., Person] = pending) -> Person:
    return make(kind="citizen", nip="", agency="", nik=nik(serial=serial))


def checked(person: Person) -> list[dict[str, object]]:
    rows = LogEvent.objects.filter(name="accounts.identity.checked", person=person.id)
    return [row.facts for row in rows.order_by("occurred_at", "id")]


def test_the_registry_confirms_and_the_log_has_the_proof(authorities: Authorities) -> None:
    person = pending()
    assert ask(person) == "matches"
    found = registry_proof(person.id)
    assert found.confirmed
    assert found.fields == {"name": True, "birth_date": True}
    (facts,) = checked(person)
    assert facts["result_hash"] == found.result_hash
    assert len(found.result_hash) == 64
    assert facts["reference"] == found.reference != ""
    assert person.nik not in str(facts)


@pytest.mark.parametrize(
    ("serial", "fields"),
    [
        (9999, {"name": False, "birth_date": True}),
        (9998, {"name": True, "birth_date": False}),
        (9997, {"name": False, "birth_date": False}),
    ],
)
def test_what_differs_is_said_field_by_field_and_the_person_told(
    authorities: Authorities, serial: int, fields: dict[str, bool]
) -> None:
    person = differing(serial)
    assert ask(person) == ask(person) == "differs"
    assert registry_proof(person.id).fields == fields
    mails = Mail.objects.filter(person=person.id, template__endswith="identity_differs.txt")
    assert mails.count() == 1


def test_an_unknown_nik_is_not_found(authorities: Authorities) -> None:
    person, unknown = pending(), "3273011708850000"
    Person.objects.filter(pk=person.pk).update(nik=unknown, nik_lookup=lookup(unknown, "nik"))
    assert ask(person) == "not_found"
    assert registry_proof(person.id).fields == {}


@pytest.mark.parametrize("mode", ["down", "wrong", "broken"])
def test_while_the_registry_fails_nothing_is_known_and_a_job_asks_again(
    authorities: Authorities, mode: str
) -> None:
    person = pending()
    authorities.mode("registry", mode)
    assert ask(person) == ask(person) == "unavailable"
    assert len(checked(person)) == 1, "the same silence is recorded once"
    assert person.id in people_to_ask_about(10)
    authorities.recovered()
    tasks.check_again(0)
    assert registry_proof(person.id).confirmed
    assert people_to_ask_about(10) == []


def test_without_a_registry_it_counts_as_unavailable() -> None:
    assert ask(pending()) == "unavailable"


def test_a_confirmed_identity_is_not_asked_about_again(authorities: Authorities) -> None:
    person = pending()
    ask(person)
    before = authorities.counts()
    authorities.mode("registry", "down")
    assert ask(person) == "matches"
    assert authorities.counts() == before


def test_the_job_stops_at_the_first_silence(authorities: Authorities) -> None:
    people = [confirmed() for _ in range(3)]
    authorities.mode("registry", "down")
    assert check_waiting(actor=SYSTEM) == 0
    assert IdentityProof.objects.count() == 1
    authorities.recovered()
    assert check_waiting(actor=SYSTEM) == 3
    assert all(registry_proof(person.id).confirmed for person in people)


def test_corrected_data_is_not_proven_by_the_answer_about_the_former(
    authorities: Authorities,
) -> None:
    person = confirmed()
    ask(person)
    told = own_identity(acting(person))
    changed = Identity(**{**_fields(told), "name": "Nama Lain"})
    correct_identity(actor=acting(person), told=changed)
    assert registry_proof(person.id).outcome == "not_asked"
    tasks.check(str(person.id))
    assert registry_proof(person.id).confirmed


def _fields(told: Identity) -> dict[str, str]:
    return {name: getattr(told, name) for name in Identity.__dataclass_fields__}


def test_an_answer_that_comes_after_a_correction_is_dropped(
    authorities: Authorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data changes while the registry thinks."""
    person = confirmed()

    def slow(**asked: Any) -> IdentityAnswer:
        answer = ask_registry(**asked)
        Person.objects.filter(pk=person.pk).update(name="Nama Lain")
        return answer

    monkeypatch.setattr("gapura.accounts.services.proofs.ask_registry", slow)
    assert ask(person) == "not_asked"
    assert not IdentityProof.objects.exists()


def test_a_person_asks_about_oneself_three_times_an_hour(authorities: Authorities) -> None:
    person = differing(9999)
    for _ in range(3):
        check_identity(actor=acting(person), person=person.id)
    with pytest.raises(TooMany):
        check_identity(actor=acting(person), person=person.id)


def test_a_question_that_nobody_answered_is_not_counted(authorities: Authorities) -> None:
    """Who asks again while the registry is down is heard as soon as it is back."""
    person = pending()
    authorities.mode("registry", "down")
    for _ in range(4):
        found = check_identity(actor=acting(person), person=person.id)
        assert found.outcome == "unavailable"


def test_nobody_asks_about_others(authorities: Authorities) -> None:
    """The registry as an oracle: is this NIK this name's?"""
    person = pending()
    for actor in (acting(confirmed()), VERIFIER, colleague("admin_platform")):
        with pytest.raises(Refused):
            check_identity(actor=actor, person=person.id)


def test_a_verifier_needs_no_document_when_the_registry_confirmed(
    authorities: Authorities,
) -> None:
    person = pending()
    ask(person)
    assert verify_identity(actor=VERIFIER, person_id=person.id).state == "verified"
    assert not IdentityProof.objects.filter(source="document").exists()


@pytest.mark.parametrize("serial", [9999, 0])
def test_without_the_registrys_word_the_document_must_be_compared(
    authorities: Authorities, serial: int
) -> None:
    person = pending(nik=nik(woman=True, serial=serial))
    if serial:
        assert ask(person) == "differs"
    with pytest.raises(errors.DocumentNotCompared):
        verify_identity(actor=VERIFIER, person_id=person.id)
    verify_identity(actor=VERIFIER, person_id=person.id, document_compared=True)
    row = IdentityProof.objects.get(source="document")
    assert (row.outcome, row.by) == ("matches", VERIFIER.person)
    (event,) = LogEvent.objects.filter(name="accounts.identity.document_compared")
    assert event.facts == {"registry": "differs" if serial else "not_asked"}


def test_who_must_be_verified_again_is_asked_about_again(authorities: Authorities) -> None:
    person = pending()
    ask(person)
    verify_identity(actor=VERIFIER, person_id=person.id)
    require_reverification(
        actor=colleague("admin_platform"), person_id=person.id, reason="Taken over by a stranger."
    )
    assert registry_proof(person.id).outcome == "not_asked"
    with pytest.raises(errors.DocumentNotCompared):
        verify_identity(actor=VERIFIER, person_id=person.id)


def test_a_job_for_somebody_who_is_gone_does_nothing() -> None:
    tasks.check("00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("births", "meant"),
    [
        ((date(1905, 3, 1), date(2005, 3, 1)), date(2005, 3, 1)),
        ((date(1912, 3, 1), date(2012, 3, 1)), date(1912, 3, 1)),
        ((date(2012, 3, 1),), date(2012, 3, 1)),
        ((date(1985, 8, 17),), date(1985, 8, 17)),
        ((), None),
    ],
)
def test_the_year_of_birth_is_the_one_with_an_identity_card(
    births: tuple[date, ...], meant: date | None
) -> None:
    assert birth_date(births, TODAY) == meant


def test_an_answer_without_fields_confirms_nothing() -> None:
    assert outcome_of(True, {}) == "differs"
    assert outcome_of(False, {"name": True}) == "not_found"
