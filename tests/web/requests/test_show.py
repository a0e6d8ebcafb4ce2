"""Where a request stands, and activating what was approved."""

from datetime import timedelta

import pytest

from gapura.access import services
from gapura.access.models import AccessRequest, Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.requests.desk import browser, text_of


def test_the_tracker_counts_down_to_the_deadline(applicant: Person) -> None:
    with clock.frozen(clock.now() - timedelta(hours=2, minutes=30)):
        request_id = world.submitted(applicant, unit="T1.2")
    text = text_of(browser(applicant, 1).get(f"/requests/{request_id}"))
    assert "2 days 21 hours left, until" in text
    assert "WITA" in text
    assert "Waiting for a verifier (now)" in text


def test_a_late_request_says_so(applicant: Person) -> None:
    with clock.frozen(clock.now() - timedelta(hours=73)):
        request_id = world.submitted(applicant)
    assert "Late since" in text_of(browser(applicant, 1).get(f"/requests/{request_id}"))


def test_a_rejection_shows_its_reason(applicant: Person, verifier: Person) -> None:
    request_id = world.claimed(applicant, verifier)
    services.reject_request(
        actor=world.actor(verifier),
        request_id=request_id,
        reason_code="letter_ended",
        reason="The letter ended in June.",
    )
    text = text_of(browser(applicant, 1).get(f"/requests/{request_id}"))
    assert "The letter is no longer valid. The letter ended in June." in text
    assert "Begin a new request" in text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_corrections_are_listed_in_both_languages(
    applicant: Person, verifier: Person, lang: str
) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("identity.nik", "incomplete", "Two digits are missing.")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    text = text_of(browser(applicant, 1, lang).get(f"/requests/{request_id}"))
    assert "Two digits are missing." in text


def test_a_weak_sign_in_is_led_to_the_authenticator_before_activating(
    applicant: Person, verifier: Person
) -> None:
    grant_id = world.approved(applicant, verifier)
    request_id = AccessRequest.objects.get().id
    client = browser(applicant, 1)
    page = client.get(f"/requests/{request_id}").content.decode()
    assert f"/login/step-up?next=/requests/{request_id}" in page
    response = client.post(f"/requests/{request_id}/activate")
    assert response["Location"].startswith("/login/step-up")
    assert Grant.objects.get(pk=grant_id).state == "approved"


def test_activating_twice_gives_one_active_access(applicant: Person, verifier: Person) -> None:
    grant_id = world.approved(applicant, verifier)
    request_id = AccessRequest.objects.get().id
    client = browser(applicant, 2)
    for _ in range(2):
        response = client.post(f"/requests/{request_id}/activate")
        assert (response.status_code, response["Location"]) == (303, f"/requests/{request_id}")
    assert Grant.objects.get(pk=grant_id).state == "active"
    assert "Your access is active" in text_of(client.get(f"/requests/{request_id}"))


def test_nobody_activates_the_access_of_someone_else(
    applicant: Person, verifier: Person, outsider: Person
) -> None:
    grant_id = world.approved(applicant, verifier)
    request_id = AccessRequest.objects.get().id
    for person in (verifier, outsider):
        assert browser(person).post(f"/requests/{request_id}/activate").status_code == 404
    assert Grant.objects.get(pk=grant_id).state == "approved"
