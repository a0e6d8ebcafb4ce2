"""Looking at the letter: how it is sent, and that every look of another is recorded."""

from uuid import UUID

import pytest

from gapura.accounts.models import Person
from tests.web.requests.desk import PDF, browser, events, waiting


@pytest.fixture
def request_id(applicant: Person) -> UUID:
    return waiting(applicant)


def test_pages_are_pictures_that_load_nothing(request_id: UUID, verifier: Person) -> None:
    response = browser(verifier).get(f"/requests/{request_id}/letter/pages/1")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == (
        "nosniff",
        "no-store",
    )


def test_the_file_is_only_ever_saved(request_id: UUID, verifier: Person) -> None:
    response = browser(verifier).get(f"/requests/{request_id}/letter/file")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith('attachment; filename="sk.pdf"')
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"


def test_a_look_of_someone_else_is_recorded_once(request_id: UUID, verifier: Person) -> None:
    client = browser(verifier)
    for _ in range(3):
        client.get(f"/requests/{request_id}/letter/pages/1")
    [event] = events("access.letter.viewed")
    assert event.actor_person == verifier.id
    assert event.subject_id == str(request_id)
    client.get(f"/requests/{request_id}/letter/file")
    assert len(events("access.letter.viewed")) == 2


def test_the_owners_look_is_not_recorded(request_id: UUID, applicant: Person) -> None:
    client = browser(applicant, 1)
    assert client.get(f"/requests/{request_id}/letter/pages/1").status_code == 200
    assert client.get(f"/requests/{request_id}/letter/file").status_code == 200
    assert events("access.letter.viewed") == []


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_there_is_no_page_beyond_the_last(request_id: UUID, verifier: Person, number: int) -> None:
    assert browser(verifier).get(f"/requests/{request_id}/letter/pages/{number}").status_code == 404


def test_a_weak_sign_in_does_not_see_letters_of_others(request_id: UUID, verifier: Person) -> None:
    response = browser(verifier, 1).get(f"/requests/{request_id}/letter/file")
    assert response["Location"].startswith("/login/step-up")
    assert events("access.letter.viewed") == []
