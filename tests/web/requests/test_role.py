"""Choosing a role: what one's type of person may hold, and why the rest cannot be chosen."""

import re

from gapura.access.models import AccessRequest
from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import browser, text_of


def test_a_civil_servant_sees_what_each_role_may_do(applicant: Person) -> None:
    text = text_of(browser(applicant, 1).get("/requests/new"))
    assert "Commitment officer (PPK)" in text
    assert "You may choose products and buy through the catalog" in text
    assert "Catalog curator" in text  # among those not given on request


def test_a_citizen_is_told_what_there_is_besides_public_offices(places: None) -> None:
    citizen = world.person("citizen", kind="citizen", state="contact_verified")
    response = browser(citizen, 1).get("/requests/new")
    text = text_of(response)
    assert "cannot hold a public office" in text
    assert "Register a company" in text
    assert re.findall('name="role" type="radio" value="([a-z_]+)"', response.content.decode()) == [
        "ppk",
        "pp",
    ]


def test_choosing_a_role_begins_a_draft_at_ones_own_agency(applicant: Person) -> None:
    response = browser(applicant, 1).post("/requests/new", {"role": "ppk"})
    row = AccessRequest.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/requests/{row.id}/place")
    assert (row.state, row.role, row.agency_id) == ("draft", "ppk", "T1")


def test_beginning_the_same_request_twice_leads_to_the_first(applicant: Person) -> None:
    client = browser(applicant, 1)
    client.post("/requests/new", {"role": "ppk"})
    response = client.post("/requests/new", {"role": "ppk"})
    assert AccessRequest.objects.count() == 1
    assert response["Location"] == f"/requests/{AccessRequest.objects.get().id}"


def test_no_role_and_an_unheard_of_role_are_refused(applicant: Person) -> None:
    for typed in ({}, {"role": "emperor"}, {"role": "kurator"}, {"role": "x\0"}):
        response = browser(applicant, 1).post("/requests/new", typed)
        assert response.status_code == 422
        assert "Choose" in text_of(response)
    assert not AccessRequest.objects.exists()


def test_a_citizen_who_posts_a_public_office_all_the_same_gets_nothing(places: None) -> None:
    citizen = world.person("citizen", kind="citizen", state="contact_verified")
    assert browser(citizen, 1).post("/requests/new", {"role": "kpa"}).status_code == 422
    assert not AccessRequest.objects.exists()


def test_the_role_of_a_draft_can_be_changed(applicant: Person) -> None:
    request_id = world.draft(applicant)
    response = browser(applicant, 1).post(f"/requests/{request_id}/role", {"role": "apip"})
    row = AccessRequest.objects.get()
    assert response["Location"] == f"/requests/{request_id}/check"
    assert (row.role, row.unit_id) == ("apip", None)


def test_a_form_without_its_token_changes_nothing(applicant: Person) -> None:
    response = browser(applicant, 1, csrf=True).post("/requests/new", {"role": "ppk"})
    assert response.status_code == 403
    assert "This form is no longer valid" in text_of(response)
    assert not AccessRequest.objects.exists()
