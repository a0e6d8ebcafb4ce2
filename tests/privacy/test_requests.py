"""Requests about one's own data: who may ask, who answers, what an answer does."""

import pytest

from gapura.accounts.models import PersonHold
from gapura.accounts.queries import person_by_id
from gapura.audit.models import PersonalPart
from gapura.documents.errors import FileRefused
from gapura.documents.models import Document
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused, may
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from gapura.privacy import services
from gapura.privacy.errors import NoSuchRequest, NotRestricted, RequestDecided, RequestOpen
from gapura.privacy.models import DataRequest, Restriction
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import ASKED_BY_PERSON
from gapura.privacy.states.requests import REQUEST
from tests.access import world
from tests.documents.makers import letter, pdf
from tests.privacy.asking import (
    ANSWER,
    TEXT,
    agency_admin,
    asker,
    corrected,
    events,
    fresh,
    officer,
    restricted,
    row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def test_the_table_of_states_is_sound() -> None:
    assert REQUEST.problems() == []


def test_asking_starts_the_clock_of_the_law_and_sends_a_receipt() -> None:
    request = corrected(asker())
    assert request.reference.startswith("PDP-")
    hours = (request.due_at - request.asked_at).total_seconds() / 3600
    assert (request.state, request.desk, hours) == ("received", "agency", 72)
    mail = Mail.objects.get(template="privacy/mail/request_received.txt")
    assert request.reference in (mail.subject or "")


def test_what_people_write_stays_out_of_the_log() -> None:
    corrected(asker(), wanted="Marker-Wanted", text="Marker-Text of ten letters")
    (event,) = events("request.asked")
    told = str(event.facts) + str(event.before) + str(event.after)
    assert "Marker" not in told
    sealed = PersonalPart.objects.filter(event_id=event.pk, part="subject").first()
    assert sealed is None


@pytest.mark.parametrize(
    ("field", "agency", "desk"),
    [
        ("name", "T1", "agency"),
        ("employment", "T1", "agency"),
        ("order", "T1", "platform"),
        ("name", "", "platform"),
    ],
)
def test_a_correction_goes_to_who_knows(field: str, agency: str, desk: str) -> None:
    person = asker() if agency else world.person("citizen", kind="citizen")
    assert corrected(person, field).desk == desk


def test_the_same_asked_twice_is_one_request() -> None:
    person = asker()
    first = corrected(person)
    with pytest.raises(RequestOpen) as caught:
        corrected(person)
    assert caught.value.values["reference"] == first.reference
    corrected(person, "nik")
    assert DataRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("field", "weather"), ("wanted", " "), ("wanted", "x" * 301), ("text", "short")],
)
def test_bad_input_names_its_field_and_asks_nothing(name: str, value: str) -> None:
    with pytest.raises(FieldProblems) as caught:
        corrected(asker(), **{name: value})
    assert list(caught.value.fields) == [name]
    assert not DataRequest.objects.exists()


def test_requests_do_not_flood_the_officer() -> None:
    person = asker()
    for _number in range(ASKED_BY_PERSON.count):
        request = restricted(person)
        services.withdraw_request(actor=fresh(person), request_id=request.pk)
    with pytest.raises(TooMany):
        restricted(person)


@pytest.mark.django_db(transaction=True)
def test_evidence_is_erased_with_the_decision_and_its_hash_stays() -> None:
    request = corrected(asker(), evidence=("akta.pdf", pdf(letter())))
    assert len(request.digest) == 64
    services.fulfill_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    ended = row(request.pk)
    assert (ended.evidence_id, len(ended.digest)) == (None, 64)
    assert not Document.objects.exists()


def test_evidence_that_is_no_file_of_ours_asks_nothing() -> None:
    with pytest.raises(FileRefused):
        corrected(asker(), evidence=("akta.pdf", b"MZ not a paper"))
    assert not DataRequest.objects.exists()


def test_another_person_neither_sees_nor_withdraws_it() -> None:
    request = corrected(asker())
    stranger = fresh(asker("stranger", "T2"))
    assert not may(stranger, Can.SEE, request)
    with pytest.raises(NoSuchRequest):
        services.withdraw_request(actor=stranger, request_id=request.pk)


def test_an_agency_answers_its_own_and_no_other_agency_knows_of_it() -> None:
    request = corrected(asker())
    with pytest.raises(NoSuchRequest):
        services.take_request(actor=agency_admin("T2"), request_id=request.pk)
    services.take_request(actor=agency_admin("T1"), request_id=request.pk)
    assert row(request.pk).state == "in_review"
    # What waits at the platform is not the agency's to see.
    with pytest.raises(NoSuchRequest):
        services.take_request(actor=agency_admin("T1"), request_id=restricted(asker()).pk)


def test_a_second_officer_finds_it_taken() -> None:
    request = restricted(asker())
    services.take_request(actor=officer(), request_id=request.pk)
    with pytest.raises(NoSuchMove):
        services.take_request(actor=officer(), request_id=request.pk)


def test_nobody_answers_a_request_of_their_own() -> None:
    own = world.platform_admin()
    request = restricted(own)
    with pytest.raises(Refused) as caught:
        services.fulfill_request(actor=world.actor(own), request_id=request.pk, answer=ANSWER)
    assert "is_someone_elses" in {clause.name for clause in caught.value.verdict.missing}


def test_an_answer_needs_a_strong_sign_in() -> None:
    request, weak = restricted(asker()), world.actor(world.platform_admin(), acr=1)
    with pytest.raises(Refused) as caught:
        services.refuse_request(actor=weak, request_id=request.pk, answer=ANSWER)
    assert caught.value.verdict.only_needs_strength


def test_the_answer_reaches_the_person_and_its_hours_the_log() -> None:
    request = corrected(asker())
    services.refuse_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    mail = Mail.objects.get(template="privacy/mail/request_refused.txt")
    assert ANSWER in (mail.body or "")
    (event,) = events("request.refused")
    assert event.facts == {"kind": "correction", "hours": 0}


def test_what_is_answered_is_answered_once() -> None:
    request = restricted(asker())
    services.refuse_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    with pytest.raises(RequestDecided):
        services.fulfill_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    assert not Restriction.objects.exists()


def test_an_empty_answer_decides_nothing() -> None:
    request = restricted(asker())
    with pytest.raises(FieldProblems):
        services.refuse_request(actor=officer(), request_id=request.pk, answer=" no ")
    assert row(request.pk).state == "received"


def test_a_correction_of_the_identity_opens_it_for_the_person_and_writes_nothing_into_it() -> None:
    person = asker()
    request = corrected(person, "name", wanted="Somebody Else")
    services.fulfill_request(actor=agency_admin(), request_id=request.pk, answer=ANSWER)
    now = person_by_id(person.pk)
    assert (now.state, now.name) == ("needs_reverification", person.name)


def test_a_restriction_holds_the_person_until_they_lift_it() -> None:
    person = asker()
    request = restricted(person)
    services.fulfill_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    held = PersonHold.objects.filter(person=person, kind="restriction")
    assert held.get().lifted_at is None
    services.lift_restriction(actor=fresh(person))
    assert held.get().lifted_at is not None
    with pytest.raises(NotRestricted):
        services.lift_restriction(actor=fresh(person))
    assert [len(events(f"restriction.{verb}")) for verb in ("begun", "lifted")] == [1, 1]


def test_a_second_restriction_is_the_same_one() -> None:
    person = asker()
    for _number in range(2):
        request = restricted(person)
        services.fulfill_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    assert Restriction.objects.filter(person=person, ended_at=None).count() == 1


def test_nobody_signed_in_asks_nothing() -> None:
    with pytest.raises(Refused):
        services.ask_restriction(actor=Actor(language="en"), text=TEXT)
