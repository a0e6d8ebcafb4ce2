"""The parts of a request in front of a browser: list, place, details, company, old account."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gapura.access import services
from gapura.access.models import AccessRequest, Grant, LegacyLink
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.organizations.models import Company
from tests.access import registered, world
from tests.simulator import Authorities
from tests.web.requests.desk import PDF, browser, text_of, told, typed

PARTS = ("tasks", "place", "details", "edit", "check")


@pytest.fixture
def client(applicant: Person) -> Client:
    return browser(applicant, 1)


@pytest.fixture
def request_id(applicant: Person) -> UUID:
    return services.save_draft(actor=world.actor(applicant, 1), role="ppk", agency="T1")


def test_each_part_leads_to_the_next_until_all_is_read_back(
    client: Client, request_id: UUID
) -> None:
    page = f"/requests/{request_id}"
    steps = [
        ("place", {"unit": "T1.1"}, "details"),
        ("details", told(), "edit"),
        ("edit", typed(document=SimpleUploadedFile("sk.pdf", PDF)), "check"),
    ]
    for part, answers, following in steps:
        response = client.post(f"{page}/{part}", answers)
        assert (response.status_code, response["Location"]) == (303, f"{page}/{following}")
    text = text_of(client.get(f"{page}/check"))
    assert "III/c" in text
    assert world.NPWP not in text
    assert client.post(f"{page}/submit", {"confirmed": "1"})["Location"] == f"{page}/sent"


def test_the_list_says_what_is_done_and_what_is_left(client: Client, request_id: UUID) -> None:
    text = text_of(client.get(f"/requests/{request_id}/tasks"))
    assert "2 of 5 parts are done" in text
    assert "To do" in text
    client.post(f"/requests/{request_id}/place", {"unit": "T1.1"})
    assert "3 of 5" in text_of(client.get(f"/requests/{request_id}/tasks"))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_part_is_drawn_in_both_languages(
    applicant: Person, request_id: UUID, part: str, lang: str
) -> None:
    response = browser(applicant, 1, lang).get(f"/requests/{request_id}/{part}")
    assert response.status_code == 200
    assert f'<html lang="{lang}"' in response.content.decode()


@pytest.mark.parametrize("part", [*PARTS, "company", "sirup", "history"])
def test_nobody_elses_draft_has_parts(request_id: UUID, verifier: Person, part: str) -> None:
    assert browser(verifier).get(f"/requests/{request_id}/{part}").status_code == 404


def test_an_empty_form_of_details_names_every_missing_answer(
    client: Client, request_id: UUID
) -> None:
    response = client.post(f"/requests/{request_id}/details", {})
    assert response.status_code == 422
    assert response.content.decode().count('class="govuk-error-message"') == 3


def test_details_can_be_left_for_later(client: Client, request_id: UUID) -> None:
    response = client.post(f"/requests/{request_id}/details", {"rank": "II/a", "then": "later"})
    assert response["Location"] == "/requests"
    assert AccessRequest.objects.get().details == {"rank": "II/a"}


def test_a_wrong_tax_number_is_refused_at_its_field(client: Client, request_id: UUID) -> None:
    client.post(f"/requests/{request_id}/place", {"unit": "T1.1"})
    response = client.post(f"/requests/{request_id}/details", told(unit_npwp="0012345675901000"))
    assert response.status_code == 422
    assert "a digit is wrong or missing" in text_of(response)


def test_the_known_number_is_shown_masked_and_confirmed(
    applicant: Person, verifier: Person
) -> None:
    world.approved(world.person("first"), verifier)
    actor = world.actor(applicant, 1)
    request_id = services.save_draft(actor=actor, role="pp", agency="T1", unit="T1.1")
    client, page = browser(applicant, 1), f"/requests/{request_id}/details"
    html = client.get(page).content.decode()
    assert world.NPWP not in html
    assert 'name="unit_address"' not in html
    response = client.post(page, {"rank": "III/a", "npwp_is": "same"})
    assert response["Location"].endswith("/edit")
    assert client.post(page, {"rank": "III/a", "npwp_is": "other"}).status_code == 422


def test_a_citizen_names_the_company_by_its_number(places: None) -> None:
    Company.objects.create(code="C900", name="PT Negara Jaya", nib="1234567890123")
    citizen = world.person("citizen", kind="citizen")
    client = browser(citizen, 1)
    page = client.post("/requests/new", {"role": "ppk"})["Location"]
    assert page.endswith("/company")
    assert "No company with this business number" in text_of(
        client.post(page, {"nib": "9999999999999"})
    )
    assert client.post(page, {"nib": "1234567890123"})["Location"].endswith("/edit")
    assert AccessRequest.objects.get().company_id == "C900"


def test_an_old_account_is_linked_and_its_password_never_comes_back(
    authorities: Authorities, applicant: Person
) -> None:
    request_id = world.draft(applicant, "pa")
    client, page = browser(applicant, 1), f"/requests/{request_id}/sirup"
    wrong = client.post(page, {"username": "pa.lama", "password": "salah"})
    assert wrong.status_code == 422
    assert "go on without" in text_of(wrong)
    assert "salah" not in wrong.content.decode()
    authorities.mode("sirup", "down")
    assert client.post(page, {"username": "pa.lama", "password": "x"}).status_code == 503
    authorities.recovered()
    done = client.post(page, {"username": "pa.lama", "password": "rahasia"})
    assert done["Location"] == f"/requests/{request_id}/details"
    assert LegacyLink.objects.get().username == "pa.lama"
    assert "pa.lama" in text_of(client.get(f"/requests/{request_id}/check"))


def test_an_access_near_its_end_is_renewed_from_ones_own_list(
    applicant: Person, verifier: Person
) -> None:
    grant = Grant.objects.get(pk=world.active(applicant, verifier))
    near = clock.now() + (grant.valid.upper - clock.today()) * 0.95
    with clock.frozen(near):
        client = browser(applicant)
        address = f"/requests/renew/{grant.id}"
        assert address in client.get("/account/access").content.decode()
        assert "neither a gap nor an overlap" in text_of(client.get(address))
        onward = client.post(address)["Location"]
        assert onward.endswith("/edit")
        tasks = client.get(onward.replace("/edit", "/tasks")).content.decode()
        assert onward.replace("/edit", "/role") not in tasks
        assert client.post(address)["Location"] == onward.removesuffix("/edit")
        assert browser(verifier).get(address).status_code == 404


def test_every_version_is_kept_and_its_changes_shown(applicant: Person, verifier: Person) -> None:
    request_id = world.claimed(applicant, verifier)
    notes = [services.CorrectionNote("rank", "differs_from_letter", "See the letter.")]
    services.ask_correction(actor=world.actor(verifier), request_id=request_id, notes=notes)
    client, page = browser(applicant, 1), f"/requests/{request_id}"
    assert f'href="{page}/details"' in client.get(page).content.decode()
    assert "See the letter." in text_of(client.get(f"{page}/details"))
    client.post(f"{page}/details", told(rank="IV/a", unit_npwp=""))
    client.post(f"{page}/submit", {"confirmed": "1"})
    for who in (client, browser(verifier)):
        html = who.get(f"{page}/history").content.decode()
        assert "<del>III/c</del>" in html
        assert "<ins>IV/a</ins>" in html


def test_the_read_back_says_what_forbids_it_before_anybody_tries(
    applicant: Person, verifier: Person
) -> None:
    world.active(applicant, verifier)
    request_id = world.draft(applicant, "bendahara")
    client, page = browser(applicant, 1), f"/requests/{request_id}"
    assert "As it is, the request cannot be sent" in text_of(client.get(f"{page}/check"))
    response = client.post(f"{page}/submit", {"confirmed": "1"})
    assert response.status_code == 422
    assert "art. 6(3)" in text_of(response)


def test_who_moves_names_the_agency_left_behind(applicant: Person, request_id: UUID) -> None:
    services.issue_grant(actor=world.SYSTEM, person_id=applicant.id, role="apip", agency="T2")
    Person.objects.filter(pk=applicant.pk).update(state="verified", verified_at=clock.now())
    client, page = browser(applicant, 1), f"/requests/{request_id}/place"
    assert "Yes, from Agency T2" in text_of(client.get(page))
    client.post(page, {"unit": "T1.1", "leaves": "T2"})
    assert AccessRequest.objects.get().leaves_id == "T2"


def test_a_letter_of_the_register_is_offered_and_chosen(
    applicant: Person, request_id: UUID, verifier: Person
) -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    letter = registered.enter(keeper)
    registered.name(keeper, letter, world.person("named"))
    registered.check(verifier, letter)
    client, page = browser(applicant, 1), f"/requests/{request_id}"
    client.post(f"{page}/place", {"unit": "T1.1"})
    client.post(f"{page}/details", told())
    assert "821/1/2026" in text_of(client.get(f"{page}/edit"))
    wrong = client.post(f"{page}/edit", {"registered": "own"})
    assert wrong.status_code == 422
    assert client.post(f"{page}/edit", {"registered": str(letter)})["Location"] == f"{page}/check"
    assert "SK-" in text_of(client.get(f"{page}/check"))
    assert client.post(f"{page}/submit", {"confirmed": "1"})["Location"] == f"{page}/sent"
    assert client.get(page).status_code == 200
