"""Registering tells a stranger nothing about others, and squats on nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gapura.accounts import errors
from gapura.accounts.models import Person
from gapura.accounts.queries import is_decoy, person_for_sign_in
from gapura.accounts.services import confirm_email, prune_registrations, register, tell_holder
from gapura.accounts.services.registration import TRIES
from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.accounts.people import STRANGER, SYSTEM, confirmed, details, registered, verified
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


def refusal(**changes: str) -> dict[str, type[Problem] | type[str]]:
    with pytest.raises(FieldProblems) as caught:
        register(actor=STRANGER, details=details(**changes))
    return {field: type(problem) for field, problem in caught.value.fields.items()}


def test_a_sound_registration_waits_for_its_address() -> None:
    person = registered(email="Siti@Example.GO.ID", username="Siti.Baru", nik="3273 0117 0885 0001")
    assert (person.state, person.username, person.email) == (
        "registered",
        "siti.baru",
        "Siti@example.go.id",
    )
    assert person.nik == "3273011708850001"


def test_numbers_lie_sealed_in_the_table() -> None:
    person = registered(nik="3273011708850001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, nik_lookup FROM accounts_person WHERE id = %s", [person.id])
        row = cursor.fetchone()
    assert row is not None
    assert b"3273011708850001" not in bytes(row[0]) + bytes(row[1])


def test_all_problems_are_told_at_once_by_field() -> None:
    assert refusal(name="", nik="12", nip="", username="x", email="a", agency="", phone="y") == {
        "name": errors.NameTooShort,
        "nik": errors.NumberLength,
        "nip": errors.NipNeeded,
        "username": errors.UsernameLength,
        "email": errors.EmailMalformed,
        "agency": errors.AgencyNeeded,
        "phone": errors.PhoneMalformed,
    }
    assert Person.objects.count() == 0


def test_an_unknown_type_of_person_and_language_are_refused() -> None:
    assert refusal(kind="alien", language="xx") == {
        "kind": errors.KindUnknown,
        "language": errors.LanguageUnknown,
    }


def test_ten_thousand_characters_anywhere_are_refused_not_stored() -> None:
    for field in (
        "kind",
        "name",
        "nik",
        "nip",
        "agency",
        "unit_text",
        "username",
        "email",
        "phone",
    ):
        assert field in refusal(**{field: "a" * 10_000})


def test_nul_anywhere_is_refused_not_stored() -> None:
    for field in (
        "kind",
        "name",
        "nik",
        "nip",
        "agency",
        "unit_text",
        "username",
        "email",
        "phone",
    ):
        assert field in refusal(**{field: "a\0b"})


def test_a_citizen_has_neither_agency_nor_nip() -> None:
    assert refusal(kind="citizen") == {
        "agency": errors.AgencyNotForCitizens,
        "nip": errors.NipNotForCitizens,
    }
    assert registered(kind="citizen", agency="", nip="").state == "registered"


def test_a_username_is_given_once() -> None:
    registered(username="siti.satu")
    assert refusal(username="siti.satu") == {"username": errors.UsernameTaken}
    assert refusal(username="SITI.SATU") == {"username": errors.UsernameTaken}


def test_reserved_names_are_given_by_the_operator_only() -> None:
    assert refusal(username="admin") == {"username": errors.UsernameReserved}
    assert register(actor=SYSTEM, details=details(username="admin")).decoy is False


def test_a_taken_address_gives_a_stranger_the_same_answer_and_the_owner_a_mail() -> None:
    owner = confirmed(email="siti@example.go.id")
    # The owner's own, and what tests that commit have left in the queue.
    do_jobs("accounts.tell_holder")
    before = Mail.objects.count()
    with CaptureQueriesContext(connection) as taken:
        decoy = register(actor=STRANGER, details=details(email="SITI@example.go.id"))
    with CaptureQueriesContext(connection) as free:
        real = register(actor=STRANGER, details=details())
    assert (decoy.decoy, real.decoy) == (True, False)
    assert type(decoy) is type(real)
    assert len(taken) == len(free)
    assert Mail.objects.count() == before
    assert do_jobs("accounts.tell_holder") == 2
    mail = Mail.objects.latest("created_at")
    assert (Mail.objects.count(), mail.address) == (before + 1, owner.email)
    assert owner.username in (mail.body or "")


def test_the_owner_of_a_taken_address_is_not_mailed_without_end() -> None:
    told = Mail.objects.filter(template__contains="already_registered")
    with clock.frozen(datetime(2026, 3, 14, 12, tzinfo=UTC)):
        confirmed(email="siti@example.go.id")
        for _ in range(TRIES.count - 1):
            register(actor=STRANGER, details=details(email="siti@example.go.id"))
        with pytest.raises(TooMany):
            register(actor=STRANGER, details=details(email="siti@example.go.id"))
        do_jobs("accounts.tell_holder")
    assert told.count() == TRIES.count - 1


def test_a_job_that_runs_twice_tells_the_owner_once() -> None:
    confirmed(email="siti@example.go.id")
    decoy = registered(email="siti@example.go.id")
    for _ in range(2):
        tell_holder(actor=STRANGER, person_id=decoy.id)
    assert Mail.objects.filter(template__contains="already_registered").count() == 1


def test_nobody_is_told_of_an_address_that_is_only_ones_own() -> None:
    person = registered()
    tell_holder(actor=STRANGER, person_id=person.id)
    confirm_email(actor=STRANGER, person_id=person.id)
    tell_holder(actor=STRANGER, person_id=person.id)
    assert not Mail.objects.filter(template__contains="already_registered").exists()


def test_a_second_try_cannot_tell_a_decoy_by_its_username() -> None:
    """Username oracle: register the victim's address, then ask whether the username is taken."""
    confirmed(email="siti@example.go.id")
    register(actor=STRANGER, details=details(email="siti@example.go.id", username="probe.satu"))
    register(actor=STRANGER, details=details(email="nobody@example.go.id", username="probe.dua"))
    assert refusal(username="probe.satu") == refusal(username="probe.dua")


def test_a_nik_that_is_already_verified_is_not_betrayed_at_registration() -> None:
    known = verified()
    assert registered(nik=known.nik, nip=known.nip).state == "registered"


def test_a_decoy_cannot_be_confirmed_even_with_a_right_code() -> None:
    confirmed(email="siti@example.go.id")
    decoy = registered(email="siti@example.go.id")
    assert is_decoy(decoy.id)
    with pytest.raises(errors.EmailTaken):
        confirm_email(actor=STRANGER, person_id=decoy.id)


def test_the_same_try_again_starts_over_and_takes_nothing_over() -> None:
    first = registered(username="siti.lagi", email="lagi@example.go.id")
    second = registered(username="siti.lagi", email="lagi@example.go.id")
    assert first.id != second.id
    assert not Person.objects.filter(pk=first.id).exists()


def test_nobody_squats_on_an_address_they_cannot_read() -> None:
    squatter = registered(email="siti@example.go.id", username="squat")
    owner = registered(email="siti@example.go.id", username="siti.asli")
    confirm_email(actor=STRANGER, person_id=owner.id)
    assert not Person.objects.filter(pk=squatter.id).exists()
    assert person_for_sign_in("SITI@example.go.id") == owner


def test_an_account_is_confirmed_once() -> None:
    person = confirmed()
    with pytest.raises(Refused):
        confirm_email(actor=STRANGER, person_id=person.id)


def test_an_unknown_account_is_simply_not_there() -> None:
    with pytest.raises(errors.NoSuchPerson):
        confirm_email(actor=STRANGER, person_id=uuid7())


def test_the_database_itself_keeps_addresses_apart() -> None:
    one, other = confirmed(email="siti@example.go.id"), confirmed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(email=one.email.upper())


def test_unconfirmed_registrations_are_forgotten_after_a_day() -> None:
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    with clock.frozen(noon):
        old, kept = registered(), confirmed()
    with clock.frozen(noon + timedelta(hours=1)):
        young = registered()
    at = noon + timedelta(hours=24, seconds=1)
    assert prune_registrations(actor=SYSTEM, at=at) == 1
    assert set(Person.objects.values_list("id", flat=True)) == {kept.id, young.id}
    assert old.id not in {kept.id, young.id}
    with pytest.raises(Refused):
        prune_registrations(actor=STRANGER, at=at)
