"""The form of the letter: its words, its scan; half done, wrong, stale."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gapura.access import services
from gapura.access.models import AccessRequest
from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import OTHER_PDF, PDF, browser, day, text_of, typed


def upload(content: bytes = PDF, name: str = "sk.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture
def request_id(applicant: Person) -> UUID:
    actor = world.actor(applicant, acr=1)
    request_id = services.save_draft(actor=actor, role="ppk", agency="T1", unit="T1.1")
    services.save_answers(actor=actor, request_id=request_id, answers=world.answers())
    return request_id


@pytest.fixture
def client(applicant: Person) -> Client:
    return browser(applicant, 1)


def send(client: Client, request_id: UUID, **changes: Any) -> Any:
    return client.post(f"/requests/{request_id}/edit", typed(**changes))


def test_a_complete_form_leads_to_the_read_back(client: Client, request_id: UUID) -> None:
    response = send(client, request_id, document=upload())
    row = AccessRequest.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/requests/{request_id}/check")
    assert (row.unit_id, (row.letter_draft or {})["number"]) == ("T1.1", "821/045/BKD")
    assert row.document is not None


def test_the_form_shows_again_what_was_saved(client: Client, request_id: UUID) -> None:
    send(client, request_id, document=upload())
    html = client.get(f"/requests/{request_id}/edit").content.decode()
    assert 'value="821/045/BKD"' in html
    assert "sk.pdf" in html
    assert f"/requests/{request_id}/letter/pages/1" in html


def test_half_a_letter_can_be_saved_and_continued(client: Client, request_id: UUID) -> None:
    response = client.post(
        f"/requests/{request_id}/edit",
        {"number": "1/SK", **day("valid_from", "", "", ""), "then": "later"},
    )
    assert response["Location"] == "/requests"
    assert "Saved." in text_of(client.get("/requests"))
    assert AccessRequest.objects.get().letter_draft == {"number": "1/SK"}
    assert 'value="1/SK"' in client.get(f"/requests/{request_id}/edit").content.decode()
    assert "Enter the details of the appointment letter" in text_of(
        client.get(f"/requests/{request_id}/check")
    )


def test_an_empty_form_names_every_missing_field(client: Client, request_id: UUID) -> None:
    response = client.post(f"/requests/{request_id}/edit", {})
    text = text_of(response)
    assert response.status_code == 422
    assert response.content.decode().count('class="govuk-error-message"') == 7
    assert "Error:" in text
    assert "Add a scan of the letter as PDF or JPG." in text
    assert AccessRequest.objects.get().letter_draft is None


WRONG = [
    (day("signed_on", 31, 2, 2026), "not a day in the calendar"),
    (day("signed_on", 1, 1, 2199), "cannot be after"),
    (day("valid_from", "٣", 1, 2026), "must be a number from 1 to 31"),
    ({"number": "9" * 101}, "at most 100 characters"),
    ({"number": "1\0"}, "cannot be seen"),
    ({"signer_name": "\u202eeman"}, "direction of text"),
    ({"signer_position": "x" * 10_000}, "at most 150 characters"),
    (day("valid_until", 1, 1, 2001), "last day"),
    (day("valid_until", 1, 1, 2190), "at most 10 years"),
]


@pytest.mark.parametrize(("change", "says"), WRONG)
def test_wrong_answers_are_explained_and_nothing_is_saved(
    client: Client, request_id: UUID, change: dict[str, str], says: str
) -> None:
    response = send(client, request_id, **change, document=upload())
    assert response.status_code == 422
    assert says in text_of(response)
    assert 'value="Kepala Dinas"' in response.content.decode() or "signer_position" in change
    assert AccessRequest.objects.get().letter_draft is None


def test_a_good_file_is_kept_when_another_answer_is_wrong(client: Client, request_id: UUID) -> None:
    response = send(client, request_id, number="", document=upload())
    assert response.status_code == 422
    assert "The file above is kept" in text_of(response)
    assert AccessRequest.objects.get().document is not None
    assert send(client, request_id).status_code == 303


FILES = [
    (b"", "letter.pdf", "empty"),
    (b"MZ\x90\0" + b"x" * 500, "letter.pdf", "neither a PDF nor a JPG"),
    (PDF, "letter.exe", "does not fit its content"),
    (b"%PDF-1.7" + b"\0" * (2 * 1024 * 1024 + 1), "letter.pdf", "larger than 2 MB"),
]


@pytest.mark.parametrize(("content", "name", "says"), FILES)
def test_a_bad_file_is_refused_at_its_field(
    client: Client, request_id: UUID, content: bytes, name: str, says: str
) -> None:
    response = send(client, request_id, document=upload(content, name))
    assert response.status_code == 422
    assert says in text_of(response)
    assert AccessRequest.objects.get().document is None
    assert 'id="f-document-error"' in response.content.decode()


def test_a_file_can_be_replaced(client: Client, request_id: UUID) -> None:
    send(client, request_id, document=upload())
    before = AccessRequest.objects.get().document_id
    send(client, request_id, document=upload(OTHER_PDF, "new.pdf"))
    assert AccessRequest.objects.get().document_id != before


def test_a_form_from_another_window_does_not_overwrite_what_was_saved_since(
    client: Client, request_id: UUID
) -> None:
    html = client.get(f"/requests/{request_id}/edit").content.decode()
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    send(client, request_id, number="first", seen=seen, document=upload())
    stale = send(client, request_id, number="second", seen=seen)
    assert stale.status_code == 409
    assert "changed in another window" in text_of(stale)
    assert 'value="second"' in stale.content.decode()
    assert (AccessRequest.objects.get().letter_draft or {})["number"] == "first"
    newer = stale.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    assert send(client, request_id, number="second", seen=newer).status_code == 303


def test_a_request_that_was_sent_in_cannot_be_edited(client: Client, applicant: Person) -> None:
    request_id = world.submitted(applicant)
    assert client.get(f"/requests/{request_id}/edit")["Location"] == f"/requests/{request_id}"
    assert send(client, request_id)["Location"] == f"/requests/{request_id}"


def test_what_the_verifier_asks_stands_at_its_field(
    client: Client, applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("letter.number", "differs_from_letter", "See page 2.")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    text = text_of(client.get(f"/requests/{request_id}/edit"))
    where = text.index("It is not the same as in the letter")
    assert "See page 2." in text
    assert where < text.index("Number of the letter") < text.index("Date of the letter")


@pytest.mark.parametrize("page", ["edit", "check", "agency", "role"])
def test_someone_elses_draft_does_not_exist(request_id: UUID, verifier: Person, page: str) -> None:
    assert browser(verifier).get(f"/requests/{request_id}/{page}").status_code == 404
    assert browser(verifier).get(f"/requests/{request_id}").status_code == 404
