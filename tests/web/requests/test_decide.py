"""The verifier's page and its verbs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.models import AccessRequest, Correction, Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.requests.desk import ALL_CHECKED, browser, events, text_of

REJECTION = {"reason_code": "not_appointed", "reason": "The letter names somebody else."}
CORRECTION = {
    "fields_back": ["letter.number"],
    "reason_letter_number": "differs_from_letter",
    "note_letter_number": "See page 2.",
}
DEEDS = [
    ("approve", {"checked": ALL_CHECKED}, "approved"),
    ("correct", CORRECTION, "needs_correction"),
    ("reject", REJECTION, "rejected"),
]


def state() -> str:
    return AccessRequest.objects.get().state


@pytest.fixture
def request_id(applicant: Person, verifier: Person) -> UUID:
    return world.claimed(applicant, verifier)


@pytest.mark.parametrize(("verb", "typed", "outcome"), DEEDS)
def test_a_decision_leads_back_to_the_queue(
    request_id: UUID, verifier: Person, verb: str, typed: dict[str, Any], outcome: str
) -> None:
    client = browser(verifier)
    response = client.post(f"/requests/{request_id}/{verb}", typed)
    assert (response.status_code, response["Location"]) == (303, "/requests/queue")
    assert state() == outcome
    assert AccessRequest.objects.get().reference in text_of(client.get("/requests/queue"))


@pytest.mark.parametrize(("verb", "typed", "outcome"), DEEDS)
def test_a_doubled_decision_ends_on_the_same_page(
    request_id: UUID, verifier: Person, verb: str, typed: dict[str, Any], outcome: str
) -> None:
    client = browser(verifier)
    for _ in range(2):
        response = client.post(f"/requests/{request_id}/{verb}", typed)
        assert response["Location"] == "/requests/queue"
    assert len(events(f"access.request.{DONE[verb]}")) == 1


DONE = {"approve": "approved", "correct": "correction_asked", "reject": "rejected"}


@pytest.mark.parametrize(("verb", "typed", "outcome"), DEEDS)
def test_whoever_comes_second_reads_who_decided_and_when(
    request_id: UUID,
    verifier: Person,
    colleague: Person,
    verb: str,
    typed: dict[str, Any],
    outcome: str,
) -> None:
    browser(verifier).post(f"/requests/{request_id}/approve", {"checked": ALL_CHECKED})
    response = browser(colleague).post(f"/requests/{request_id}/{verb}", typed)
    text = text_of(response)
    assert response.status_code == 409
    assert "Someone was faster" in text
    assert f"{verifier.name} has already decided this request" in text
    assert "WIB" in text
    assert Grant.objects.filter(person=AccessRequest.objects.get().person).count() == 1


def test_the_checklist_must_be_whole_and_is_recorded(request_id: UUID, verifier: Person) -> None:
    client = browser(verifier)
    for ticked in ([], ALL_CHECKED[:4]):
        response = client.post(f"/requests/{request_id}/approve", {"checked": ticked})
        assert response.status_code == 422
        assert state() == "in_review"
    client.post(f"/requests/{request_id}/approve", {"checked": ALL_CHECKED})
    [event] = events("access.request.approved")
    assert "signer" in str(event.facts)


WRONG = [
    ("correct", {}, "Choose at least one field"),
    ("correct", {"fields_back": ["letter.number"]}, "Choose a reason for “Letter number”"),
    ("correct", {"fields_back": ["secret"]}, "Choose"),
    ("reject", {"reason": "long enough text"}, "Choose a reason"),
    ("reject", {"reason_code": "other"}, "Explain the rejection"),
    ("reject", {"reason_code": "other", "reason": "short"}, "at least 10 characters"),
    ("reject", {"reason_code": "other", "reason": "x" * 1001}, "at most 1000 characters"),
    ("reject", {"reason_code": "nonsense", "reason": "long enough text"}, "Choose"),
]


@pytest.mark.parametrize(("verb", "typed", "says"), WRONG)
def test_a_decision_without_its_reason_is_refused_and_the_text_kept(
    request_id: UUID, verifier: Person, verb: str, typed: dict[str, Any], says: str
) -> None:
    response = browser(verifier).post(f"/requests/{request_id}/{verb}", typed)
    assert response.status_code == 422
    assert says in text_of(response)
    assert state() == "in_review"
    assert typed.get("reason", "") in response.content.decode()


def test_another_reason_needs_a_note(request_id: UUID, verifier: Person) -> None:
    typed = {"fields_back": ["role"], "reason_role": "other"}
    response = browser(verifier).post(f"/requests/{request_id}/correct", typed)
    assert response.status_code == 422
    assert "Write at least 10 characters" in text_of(response)
    assert not Correction.objects.exists()


def test_the_page_offers_the_decision_only_to_whoever_took_it(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    request_id = world.submitted(applicant)
    client = browser(verifier)
    assert "Your decision" not in text_of(client.get(f"/requests/{request_id}/review"))
    taken = client.post(f"/requests/{request_id}/claim")
    assert taken["Location"] == f"/requests/{request_id}/review"
    assert "Your decision" in text_of(client.get(taken["Location"]))
    others = text_of(browser(colleague).get(f"/requests/{request_id}/review"))
    assert f"{verifier.name} is checking this request since" in others
    assert "Your decision" not in others


def test_taking_what_someone_else_checks_is_told(
    request_id: UUID, verifier: Person, colleague: Person
) -> None:
    response = browser(colleague).post(f"/requests/{request_id}/claim")
    assert response.status_code == 409
    assert f"{verifier.name} is checking this request now" in text_of(response)


def test_a_claim_that_was_left_can_be_taken_over(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    with clock.frozen(clock.now() - timedelta(minutes=31)):
        request_id = world.claimed(applicant, verifier)
    assert browser(colleague).post(f"/requests/{request_id}/claim").status_code == 303
    response = browser(verifier).post(f"/requests/{request_id}/approve", {"checked": ALL_CHECKED})
    assert response.status_code == 409
    assert state() == "in_review"


def test_giving_back_twice_ends_in_the_queue(request_id: UUID, verifier: Person) -> None:
    for _ in range(2):
        response = browser(verifier).post(f"/requests/{request_id}/release")
        assert response["Location"] == "/requests/queue"
    assert state() == "submitted"


def test_ones_own_request_is_readable_but_not_decidable(verifier: Person) -> None:
    request_id = world.submitted(verifier)
    client = browser(verifier)
    text = text_of(client.get(f"/requests/{request_id}/review"))
    assert "Nobody decides on a request or an access of their own." in text
    assert "Take the request" not in text
    assert client.post(f"/requests/{request_id}/claim").status_code == 403


@pytest.mark.parametrize("page", ["", "/review", "/letter/file", "/letter/pages/1"])
def test_for_another_agency_the_request_does_not_exist(
    request_id: UUID, outsider: Person, page: str
) -> None:
    assert browser(outsider).get(f"/requests/{request_id}{page}").status_code == 404


@pytest.mark.parametrize("verb", ["claim", "release", "approve", "correct", "reject"])
def test_another_agency_cannot_touch_it(request_id: UUID, outsider: Person, verb: str) -> None:
    typed = {"checked": ALL_CHECKED, **CORRECTION, **REJECTION}
    assert browser(outsider).post(f"/requests/{request_id}/{verb}", typed).status_code == 404
    assert state() == "in_review"


@pytest.mark.parametrize("verb", ["claim", "release", "approve", "correct", "reject", "withdraw"])
def test_verbs_need_a_form_token(request_id: UUID, verifier: Person, verb: str) -> None:
    client = browser(verifier, csrf=True)
    assert client.post(f"/requests/{request_id}/{verb}", {}).status_code == 403
    assert state() == "in_review"


def test_an_applicant_who_verifies_nobody_is_led_to_the_own_page(applicant: Person) -> None:
    request_id = world.submitted(applicant)
    response = browser(applicant).get(f"/requests/{request_id}/review")
    assert response["Location"] == f"/requests/{request_id}"


def test_after_a_correction_the_page_shows_what_changed(
    request_id: UUID, applicant: Person, verifier: Person
) -> None:
    browser(verifier).post(f"/requests/{request_id}/correct", CORRECTION)
    actor = world.actor(applicant, 1)
    services.save_draft(actor=actor, request_id=request_id, role="ppk", unit="T1.2")
    services.save_answers(actor=actor, request_id=request_id, answers=world.answers())
    hidden = text_of(browser(verifier).get(f"/requests/{request_id}/review"))
    assert "Unit 2" not in hidden  # what is not sent in yet is not the verifier's to see
    services.submit_request(actor=actor, request_id=request_id)
    text = text_of(browser(verifier).get(f"/requests/{request_id}/review"))
    assert "Changed since the version before" in text
    assert "Unit 2" in text


def test_neighbors_by_deadline_are_linked(verifier: Person) -> None:
    for hours in (3, 2, 1):
        with clock.frozen(clock.now() - timedelta(hours=hours)):
            world.submitted(world.person(f"person{hours}"))
    first, middle, last = AccessRequest.objects.order_by("due_at")
    html = browser(verifier).get(f"/requests/{middle.id}/review").content.decode()
    assert f'/requests/{first.id}/review" rel="prev"' in html
    assert f'/requests/{last.id}/review" rel="next"' in html


def test_an_identity_that_is_taken_is_explained_beside_the_form(
    request_id: UUID, applicant: Person, verifier: Person
) -> None:
    twin = world.person("twin")
    Person.objects.filter(pk=twin.pk).update(nik_lookup=applicant.nik_lookup)
    response = browser(verifier).post(f"/requests/{request_id}/approve", {"checked": ALL_CHECKED})
    assert response.status_code == 422
    assert "Another verified account has the same NIK" in text_of(response)
    assert state() == "in_review"


@pytest.mark.parametrize("verb", ["claim", "release", "approve", "correct", "reject"])
def test_opening_the_address_of_a_verb_leads_to_its_form_and_does_nothing(
    request_id: UUID, verifier: Person, outsider: Person, verb: str
) -> None:
    """After a refused form a new sign-in or another language opens that address with GET."""
    response = browser(verifier).get(f"/requests/{request_id}/{verb}")
    assert response["Location"] == f"/requests/{request_id}/review"
    assert browser(outsider).get(f"/requests/{request_id}/{verb}").status_code == 404
    assert state() == "in_review"


def test_the_menu_marks_the_queue_on_the_verifiers_page(request_id: UUID, verifier: Person) -> None:
    html = browser(verifier).get(f"/requests/{request_id}/review").content.decode()
    assert 'href="/requests/queue" aria-current="true"' in html
