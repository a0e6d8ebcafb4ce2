"""Searching and choosing the agency, with and without scripts."""

import pytest

from gapura.access.models import AccessRequest
from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import browser, text_of


@pytest.fixture
def request_id(applicant: Person) -> str:
    return str(world.draft(applicant))


def test_without_scripts_the_search_button_shows_what_was_found(
    applicant: Person, request_id: str
) -> None:
    response = browser(applicant, 1).post(
        f"/requests/{request_id}/agency", {"query": "agency t2", "find": "query"}
    )
    assert response.status_code == 200
    assert 'value="T2"' in response.content.decode()


def test_while_typing_the_answer_is_a_fragment(applicant: Person) -> None:
    html = browser(applicant, 1).get("/requests/agencies?query=agency").content.decode()
    assert "<html" not in html
    assert 'value="T1"' in html
    assert 'value="T2"' in html


def test_a_search_without_result_says_what_to_try(applicant: Person, request_id: str) -> None:
    response = browser(applicant, 1).get("/requests/agencies?query=Atlantis")
    assert "Nothing was found for “Atlantis”" in text_of(response)


def test_another_agency_empties_the_unit(applicant: Person, request_id: str) -> None:
    response = browser(applicant, 1).post(
        f"/requests/{request_id}/agency", {"query": "T2", "agency": "T2"}
    )
    row = AccessRequest.objects.get()
    assert response["Location"] == f"/requests/{request_id}/place"
    assert (row.agency_id, row.unit_id) == ("T2", None)


@pytest.mark.parametrize("chosen", ["", "NOWHERE", "T1\0"])
def test_what_is_no_agency_is_refused(applicant: Person, request_id: str, chosen: str) -> None:
    response = browser(applicant, 1).post(
        f"/requests/{request_id}/agency", {"query": "", "agency": chosen}
    )
    assert response.status_code == 422
    assert AccessRequest.objects.get().agency_id == "T1"


@pytest.mark.parametrize("text", ["\0", "\u202eagency", "a" * 10_000])
def test_hostile_search_texts_do_no_harm(applicant: Person, text: str) -> None:
    response = browser(applicant, 1).get("/requests/agencies", {"query": text})
    assert response.status_code == 200
    assert text not in response.content.decode()
