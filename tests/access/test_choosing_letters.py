"""Resting on a checked letter of the register instead of copying one."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import Incomplete
from gapura.access.models import AccessRequest, Grant, Submission
from gapura.access.queries import draft_view
from gapura.accounts.models import Person
from gapura.documents.errors import NoSuchDocument
from gapura.kernel import clock
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.models import AppointmentLetter
from tests.access import registered, world


@pytest.fixture
def keeper(places: None) -> Person:
    return world.holder("keeper", "admin_instansi", "T1")


@pytest.fixture
def letter(keeper: Person, verifier: Person) -> UUID:
    found = registered.enter(keeper)
    registered.name(keeper, found, world.person("named"))
    registered.check(verifier, found)
    return found


@pytest.fixture
def request_id(applicant: Person) -> UUID:
    me = world.actor(applicant, 1)
    found = services.save_draft(actor=me, role="ppk", agency="T1", unit="T1.1")
    services.save_answers(actor=me, request_id=found, answers=world.answers())
    return found


def test_nothing_has_to_be_copied_and_the_letter_stays_one(
    applicant: Person, colleague: Person, request_id: UUID, letter: UUID
) -> None:
    me = world.actor(applicant, 1)
    services.choose_letter(actor=me, request_id=request_id, letter_id=letter)
    view = draft_view(me, request_id)
    assert view.missing == {}
    assert view.registered.startswith("SK-")
    services.submit_request(actor=me, request_id=request_id)
    assert AppointmentLetter.objects.count() == 1
    assert Submission.objects.get().snapshot["registered"] == view.registered
    services.claim_request(actor=world.actor(colleague), request_id=request_id)
    assert Grant.objects.get(pk=world.approve(colleague, request_id)).letter_id == letter


def test_the_file_that_names_others_is_not_the_applicants_to_open(
    applicant: Person, request_id: UUID, letter: UUID
) -> None:
    """Anybody can ask for access: that must not open an agency's letters."""
    me = world.actor(applicant, 1)
    services.choose_letter(actor=me, request_id=request_id, letter_id=letter)
    with pytest.raises(NoSuchDocument):
        services.open_letter(actor=me, request_id=request_id)


def test_days_lie_within_the_letters(applicant: Person, request_id: UUID, letter: UUID) -> None:
    me, today = world.actor(applicant, 1), clock.today()
    beyond = today + timedelta(days=400)
    with pytest.raises(Incomplete) as caught:
        services.choose_letter(actor=me, request_id=request_id, letter_id=letter, last=beyond)
    assert set(caught.value.fields) == {"valid_until"}
    last = today + timedelta(days=30)
    services.choose_letter(actor=me, request_id=request_id, letter_id=letter, last=last)
    assert draft_view(me, request_id).letter.valid_until == last


def test_a_letter_that_is_not_checked_cannot_be_chosen(
    applicant: Person, keeper: Person, request_id: UUID
) -> None:
    open_letter = registered.enter(keeper)
    with pytest.raises(NoSuchLetter):
        services.choose_letter(
            actor=world.actor(applicant, 1), request_id=request_id, letter_id=open_letter
        )


def test_another_agencys_letter_cannot_be_chosen(applicant: Person, letter: UUID) -> None:
    me = world.actor(applicant, 1)
    other = services.save_draft(actor=me, role="ppk", agency="T2", unit="T2.1")
    with pytest.raises(NoSuchLetter):
        services.choose_letter(actor=me, request_id=other, letter_id=letter)


def test_a_copy_or_another_place_takes_the_chosen_letter_off(
    applicant: Person, request_id: UUID, letter: UUID
) -> None:
    me = world.actor(applicant, 1)
    for change in ({"letter": world.letter_details()}, {"unit": "T1.2"}):
        services.choose_letter(actor=me, request_id=request_id, letter_id=letter)
        services.save_draft(actor=me, role="ppk", request_id=request_id, **change)
        row = AccessRequest.objects.get(pk=request_id)
        assert (row.letter_id, row.document_id) == (None, None)
        services.save_draft(actor=me, role="ppk", request_id=request_id, unit="T1.1")
