"""Reading back, sending in, the confirmation, withdrawing."""

from gapura.access import services
from gapura.access.models import AccessRequest, Submission
from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import browser, text_of


def test_the_read_back_shows_every_answer_with_its_way_to_change_it(applicant: Person) -> None:
    request_id = world.draft(applicant)
    response = browser(applicant, 1).get(f"/requests/{request_id}/check")
    text = text_of(response)
    for said in ("800/12/SK/2026", "Ibu Kepala, Kepala Dinas", "Unit 1", "Agency T1", "sk.pdf"):
        assert said in text
    assert applicant.nik not in response.content.decode()
    assert f"/requests/{request_id}/edit#f-number" in response.content.decode()


def test_it_is_sent_only_when_confirmed(applicant: Person) -> None:
    request_id = world.draft(applicant)
    response = browser(applicant, 1).post(f"/requests/{request_id}/submit", {})
    assert response.status_code == 422
    assert "tick the box to confirm it" in text_of(response)
    assert AccessRequest.objects.get().state == "draft"


def test_sending_twice_gives_one_request_and_the_same_page(applicant: Person) -> None:
    request_id, client = world.draft(applicant), browser(applicant, 1)
    first = client.post(f"/requests/{request_id}/submit", {"confirmed": "1"})
    again = client.post(f"/requests/{request_id}/submit", {"confirmed": "1"})
    assert first["Location"] == again["Location"] == f"/requests/{request_id}/sent"
    assert Submission.objects.count() == 1
    row = AccessRequest.objects.get()
    assert row.reference in text_of(client.get(first["Location"]))


def test_the_confirmation_names_the_deadline_in_the_units_zone(applicant: Person) -> None:
    request_id = world.submitted(applicant, unit="T1.3")
    text = text_of(browser(applicant, 1).get(f"/requests/{request_id}/sent"))
    assert "WIT" in text
    assert "What happens next" in text


def test_an_incomplete_draft_says_what_is_missing_and_cannot_be_sent(applicant: Person) -> None:
    actor = world.actor(applicant, 1)
    request_id = services.save_draft(actor=actor, role="ppk", agency="T1")
    client = browser(applicant, 1)
    assert "Choose the unit" in text_of(client.get(f"/requests/{request_id}/check"))
    response = client.post(f"/requests/{request_id}/submit", {"confirmed": "1"})
    assert response.status_code == 422
    assert AccessRequest.objects.get().state == "draft"


def test_withdrawing_asks_first_and_ends_once(applicant: Person) -> None:
    request_id, client = world.submitted(applicant), browser(applicant, 1)
    assert "Withdraw this request?" in text_of(client.get(f"/requests/{request_id}/withdraw"))
    for _ in range(2):
        response = client.post(f"/requests/{request_id}/withdraw")
        assert response["Location"] == "/requests"
    assert AccessRequest.objects.get().state == "withdrawn"


def test_nobody_else_can_withdraw_or_send_it(applicant: Person, verifier: Person) -> None:
    request_id = world.submitted(applicant)
    client = browser(verifier)
    assert client.post(f"/requests/{request_id}/withdraw").status_code == 403
    assert client.post(f"/requests/{request_id}/submit", {"confirmed": "1"}).status_code == 403
    assert AccessRequest.objects.get().state == "submitted"
