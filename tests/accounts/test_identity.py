"""Identities are handed in by their owner, verified by somebody else, and belong to one account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gapura.accounts import errors
from gapura.accounts.models import Person
from gapura.accounts.queries import Identity, identity_for, own_profile, person_by_id
from gapura.accounts.services import (
    ask_correction,
    close_person,
    correct_identity,
    reinstate_person,
    require_reverification,
    submit_identity,
    suspend_person,
    verify_identity,
)
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from tests.accounts.people import (
    STRANGER,
    SYSTEM,
    acting,
    colleague,
    confirmed,
    details,
    nik,
    pending,
    verified,
)

pytestmark = pytest.mark.django_db

REASON = "The name differs from the letter."
VERIFIER = colleague("verifikator", "K16")
ADMIN = colleague("admin_platform")


def vouch(person: Person, by: Actor = VERIFIER, agency: str = "") -> Person:
    """A verifier who has compared the identity document."""
    return verify_identity(actor=by, person_id=person.id, agency=agency, document_compared=True)


def identity(person: Person, **changes: Any) -> Identity:
    told = details(nik=person.nik, nip=person.nip, name=person.name, agency=person.agency)
    plain = {field: getattr(told, field) for field in Identity.__dataclass_fields__}
    return Identity(**(plain | changes))


def test_the_agencys_verifier_verifies_an_identity() -> None:
    person = pending()
    vouch(person)
    found = person_by_id(person.id)
    assert found.state == "verified"
    assert found.verified_at is not None


def test_another_agency_may_vouch_for_a_person_it_appoints() -> None:
    person = pending()
    other = colleague("verifikator", "K20")
    with pytest.raises(Refused):
        vouch(person, other)
    assert vouch(person, other, agency="K20").state == "verified"


@pytest.mark.parametrize(
    "actor",
    [
        STRANGER,
        colleague("ppk", "K16"),
        colleague("verifikator", "K20"),
        colleague("verifikator", ""),
        colleague("verifikator", "K16", acr=1),
        colleague("admin_platform", acr=1),
    ],
)
def test_whoever_is_not_its_strongly_signed_in_verifier_is_refused(actor: Actor) -> None:
    person = pending()
    with pytest.raises(Refused):
        vouch(person, actor)
    with pytest.raises(Refused):
        ask_correction(actor=actor, person_id=person.id, reason=REASON)
    assert person_by_id(person.id).state == "identity_pending"


def test_nobody_verifies_themself() -> None:
    person = pending()
    with pytest.raises(Refused):
        vouch(person, acting(person, "verifikator", "K16", acr=2))


def test_one_nik_belongs_to_one_verified_account() -> None:
    first = verified()
    second = pending(nik=first.nik)
    with pytest.raises(errors.IdentityTaken):
        vouch(second)
    assert person_by_id(second.id).state == "identity_pending"


def test_one_nip_belongs_to_one_verified_account() -> None:
    first = verified()
    second = pending(nip=first.nip)
    with pytest.raises(errors.IdentityTaken):
        vouch(second)


def test_the_database_itself_keeps_verified_numbers_apart() -> None:
    first, second = verified(), verified()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=second.pk).update(nik_lookup=bytes(first.nik_lookup))


def test_a_closed_account_frees_address_and_nik() -> None:
    first = verified(email="siti@example.go.id")
    close_person(actor=ADMIN, person_id=first.id, reason="Retired on 1 March 2026.")
    second = pending(nik=first.nik, nip=first.nip, email="siti@example.go.id")
    assert vouch(second).state == "verified"


def test_an_impostor_with_a_known_nik_can_still_be_suspended() -> None:
    known = verified()
    impostor = pending(nik=known.nik)
    reason = "The same NIK as another account."
    assert suspend_person(actor=ADMIN, person_id=impostor.id, reason=reason).state == "suspended"


def test_a_correction_is_asked_given_and_handed_in_again() -> None:
    person = pending()
    ask_correction(actor=VERIFIER, person_id=person.id, reason=REASON)
    mail = Mail.objects.latest("created_at")
    assert REASON in (mail.body or "")
    correct_identity(actor=acting(person), told=identity(person, name="Siti Aminah"))
    again = submit_identity(actor=acting(person), person_id=person.id)
    assert (again.name, again.state) == ("Siti Aminah", "identity_pending")


def test_data_under_check_or_verified_is_fixed() -> None:
    for person in (pending(), verified()):
        with pytest.raises(errors.IdentityIsFixed):
            correct_identity(actor=acting(person), told=identity(person, name="Budi"))


def test_a_bad_correction_changes_nothing_and_names_the_field() -> None:
    person = confirmed()
    with pytest.raises(FieldProblems) as caught:
        correct_identity(actor=acting(person), told=identity(person, nik="1234"))
    assert set(caught.value.fields) == {"nik"}
    assert person_by_id(person.id).nik == person.nik


def test_a_once_verified_person_cannot_use_corrections_to_ask_whether_a_nik_exists() -> None:
    victim, prober = verified(), verified()
    reason = "My name has changed by marriage."
    require_reverification(actor=acting(prober), person_id=prober.id, reason=reason)
    told = identity(prober, nik=victim.nik)
    assert correct_identity(actor=acting(prober), told=told).state == "needs_reverification"


def test_nobody_hands_in_for_somebody_else() -> None:
    person, other = confirmed(), confirmed()
    with pytest.raises(Refused):
        submit_identity(actor=acting(other), person_id=person.id)


def test_a_doubled_submit_moves_once() -> None:
    person = pending()
    with pytest.raises(NoSuchMove):
        submit_identity(actor=acting(person), person_id=person.id)


def test_after_a_suspension_the_identity_is_checked_again() -> None:
    person = verified()
    suspend_person(actor=ADMIN, person_id=person.id, reason="A takeover is suspected.")
    reason = "The owner came to the desk."
    assert reinstate_person(actor=ADMIN, person_id=person.id, reason=reason).state == (
        "needs_reverification"
    )
    assert vouch(person).state == "verified"


@pytest.mark.parametrize("act", [suspend_person, close_person, reinstate_person])
def test_only_the_platform_operates_accounts_of_others(act: Callable[..., Person]) -> None:
    person = verified()
    for actor in (STRANGER, VERIFIER, acting(confirmed()), colleague("admin_platform", acr=1)):
        with pytest.raises(Refused):
            act(actor=actor, person_id=person.id, reason="A takeover is suspected.")


def test_a_reason_must_say_something() -> None:
    person = verified()
    with pytest.raises(errors.ReasonTooShort):
        suspend_person(actor=ADMIN, person_id=person.id, reason="  because ")
    with pytest.raises(errors.TextUnsafe):
        suspend_person(actor=ADMIN, person_id=person.id, reason="because \u202e of that")


def test_closing_deletes_what_no_audit_needs() -> None:
    person = confirmed(phone="0812 3456 7890", unit_text="Biro Umum")
    closed = close_person(actor=acting(person), person_id=person.id, reason="I no longer need it.")
    found = person_by_id(closed.id)
    assert (found.phone, found.unit_text, found.state) == (None, "", "closed")


def test_a_verifier_sees_masked_numbers_and_what_they_tell() -> None:
    person = pending(nik=nik(woman=True, region="9401"))
    view = identity_for(VERIFIER, person.id)
    assert person.nik not in str(view)
    assert (view.region, view.sex) == ("Kabupaten Nabire", "f")


def test_another_agencys_verifier_gets_the_answer_of_an_unknown_person() -> None:
    person = pending()
    with pytest.raises(errors.NoSuchPerson):
        identity_for(colleague("verifikator", "K20"), person.id)


def test_the_own_page_shows_masked_numbers_and_the_steps_open_to_its_owner() -> None:
    person = confirmed()
    profile = own_profile(acting(person))
    assert person.nik not in str(profile)
    assert profile.verbs == ("submit_identity", "close")


def test_the_log_holds_no_personal_value_in_the_clear() -> None:
    person = verified(phone="0812 3456 7890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM audit_event e")
        text = "".join(row[0] for row in cursor.fetchall())
    assert "accounts.identity.verified" in text
    for secret in (person.nik, person.nik[:4] + "•", person.nip, person.email, person.name):
        assert secret not in text
    assert SYSTEM.system in text or str(person.id) in text
