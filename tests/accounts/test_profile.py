"""What people change themselves: profile, language and the e-mail address."""

import pytest

from gapura.accounts import errors
from gapura.accounts.models import Person
from gapura.accounts.queries import (
    is_decoy,
    pending_recipient,
    person_by_id,
    person_for_sign_in,
)
from gapura.accounts.services import (
    begin_email_change,
    cancel_email_change,
    choose_language,
    close_person,
    finish_email_change,
    update_profile,
)
from gapura.audit.models import LogEvent
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from tests.accounts.people import acting, confirmed, registered
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
NEW = "baru@example.go.id"


def last_mails(count: int) -> list[tuple[str, str]]:
    mails = Mail.objects.order_by("-created_at")[:count]
    return sorted((mail.template.rpartition("/")[2], mail.address) for mail in mails)


def events_of(person: Person, name: str) -> int:
    return LogEvent.objects.filter(person=person.id, name=name).count()


def test_a_profile_is_updated_with_one_event_and_only_when_something_changes() -> None:
    person = confirmed()
    for _ in range(2):
        update_profile(actor=acting(person), unit_text=" Biro  Umum ")
    found = person_by_id(person.id)
    assert found.unit_text == "Biro  Umum"
    assert events_of(person, "accounts.profile.updated") == 1


def test_bad_profile_data_changes_nothing_and_names_the_fields() -> None:
    person = confirmed()
    with pytest.raises(FieldProblems) as caught:
        update_profile(actor=acting(person), unit_text="Biro\u202eUmum")
    assert set(caught.value.fields) == {"unit_text"}


def test_a_language_is_chosen_from_two() -> None:
    person = confirmed()
    assert choose_language(actor=acting(person), language="en").language == "en"
    with pytest.raises(FieldProblems):
        choose_language(actor=acting(person), language="xx")


def test_a_new_address_counts_after_its_code_and_the_old_one_is_told_twice() -> None:
    person = confirmed(email="lama@example.go.id")
    change = begin_email_change(actor=acting(person), email=NEW)
    waiting = person_by_id(person.id)
    assert (change.decoy, waiting.email, waiting.pending_email) == (False, person.email, NEW)
    assert pending_recipient(waiting).email == NEW
    assert last_mails(1) == [("email_change_begun.txt", person.email)]
    finish_email_change(actor=acting(person))
    assert last_mails(1) == [("email_changed.txt", person.email)]
    changed = person_by_id(person.id)
    assert (changed.email, changed.pending_email) == (NEW, "")


def test_somebody_elses_address_gives_the_same_answer_and_tells_its_owner() -> None:
    owner, prober = confirmed(email=NEW), confirmed()
    free = begin_email_change(actor=acting(prober), email="frei@example.go.id")
    taken = begin_email_change(actor=acting(prober), email=NEW.upper())
    assert type(free) is type(taken)
    assert is_decoy(prober.id)
    do_jobs("accounts.tell_holder")
    assert ("already_registered.txt", owner.email) in last_mails(2)
    with pytest.raises(errors.EmailTaken):
        finish_email_change(actor=acting(prober))
    assert person_by_id(prober.id).email == prober.email


def test_nothing_waiting_cannot_be_finished_and_canceling_twice_is_harmless() -> None:
    person = confirmed()
    with pytest.raises(errors.NoChangeWaiting):
        finish_email_change(actor=acting(person))
    begin_email_change(actor=acting(person), email=NEW)
    for _ in range(2):
        assert cancel_email_change(actor=acting(person)).pending_email == ""
    assert events_of(person, "accounts.contact.change_canceled") == 1


@pytest.mark.parametrize("email", ["x", "s\u0456ti@example.com", "a\0@example.com", "a" * 10_000])
def test_no_bad_address_is_noted(email: str) -> None:
    person = confirmed()
    with pytest.raises(FieldProblems):
        begin_email_change(actor=acting(person), email=email)
    assert person_by_id(person.id).pending_email == ""


def test_the_present_address_is_no_change() -> None:
    person = confirmed()
    with pytest.raises(FieldProblems):
        begin_email_change(actor=acting(person), email=person.email.upper())


def test_with_a_role_an_email_code_is_not_enough_to_move_the_account_elsewhere() -> None:
    person = confirmed()
    with pytest.raises(Refused):
        begin_email_change(actor=acting(person, "ppk", "K16", acr=1), email=NEW)
    begin_email_change(actor=acting(person, "ppk", "K16", acr=2), email=NEW)


def test_signing_in_takes_the_username_or_the_address_in_any_case() -> None:
    person = confirmed(username="siti.masuk", email="siti@example.go.id")
    for typed in ("siti.masuk", " SITI.MASUK ", "siti@example.go.id", "Siti@EXAMPLE.go.id"):
        assert person_for_sign_in(typed) == person
    for typed in ("", "siti", person.nik, "a" * 10_000, "siti\0", "siti@example.go.id\0"):
        assert person_for_sign_in(typed) is None


def test_a_closed_account_is_not_found_for_signing_in() -> None:
    person = confirmed(username="siti.pergi")
    close_person(actor=acting(person), person_id=person.id, reason="I no longer need it.")
    assert person_for_sign_in("siti.pergi") is None
    assert person_for_sign_in(person.email) is None


def test_an_address_nobody_proved_yet_finds_the_latest_registration() -> None:
    registered(email=NEW)
    latest = registered(email=NEW)
    assert person_for_sign_in(NEW) == latest
