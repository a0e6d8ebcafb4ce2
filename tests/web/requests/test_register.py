"""The register's pages and files in a browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.requests.desk import browser, events, text_of

PAGES = ("/requests/register", "/requests/register/recap", "/requests/register/units")
FILES = ("/requests/register/xlsx", "/requests/register/pdf")


@pytest.fixture
def decided(applicant: Person, verifier: Person) -> str:
    world.approved(applicant, verifier)
    return applicant.name


def test_the_register_names_who_decided(decided: str, verifier: Person) -> None:
    text = text_of(browser(verifier).get("/requests/register"))
    assert decided in text
    assert verifier.name in text
    assert "Approved" in text
    assert "Agency T1" in text


def test_the_recap_and_the_units(decided: str, verifier: Person) -> None:
    client = browser(verifier)
    assert "Unit 1 Commitment officer (PPK) 1 1 0 0 0" in text_of(
        client.get("/requests/register/recap")
    )
    assert "Units that are not complete" in text_of(client.get("/requests/register/units"))


@pytest.mark.parametrize("address", FILES)
def test_the_files_are_kept_by_no_browser(decided: str, verifier: Person, address: str) -> None:
    response = browser(verifier).get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"
    assert len(events("access.register.downloaded")) == 1


@pytest.mark.parametrize("address", PAGES)
def test_each_page_keeps_its_budget_of_queries(
    decided: str, verifier: Person, address: str
) -> None:
    client = browser(verifier)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 6


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_another_agency_and_unit_are_not_found(
    decided: str, outsider: Person, address: str
) -> None:
    client = browser(outsider)
    assert decided not in client.get(address).content.decode("latin-1")
    assert client.get(f"{address}?agency=T1").status_code == 404
    if address in ("/requests/register", *FILES):
        assert client.get(f"{address}?unit=T1.1").status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_who_reads_no_register_gets_none(places: None, address: str) -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    assert browser(officer).get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_the_platform_begins_with_its_own_and_chooses_an_agency(
    decided: str, admin: Person, address: str
) -> None:
    client = browser(admin)
    assert client.get(address).status_code == 200
    assert "Agency T1" in text_of(client.get(f"{address}?agency=t1"))


@pytest.fixture
def admin(places: None) -> Person:
    return world.platform_admin()


@pytest.mark.parametrize("month", ["2026-13", "now", "%00", "9999-12", "٢٠٢٦-11"])
def test_a_damaged_month_is_told(decided: str, verifier: Person, month: str) -> None:
    assert browser(verifier).get(f"/requests/register?month={month}").status_code == 422


@pytest.mark.parametrize("query", ["after=x", "after=2026-01-01T00:00:00_x", "month=2001-01"])
def test_damaged_and_old_addresses_do_no_harm(verifier: Person, query: str) -> None:
    assert browser(verifier).get(f"/requests/register?{query}").status_code == 200


def test_the_register_in_indonesian(decided: str, verifier: Person) -> None:
    month = f"{clock.today():%Y-%m}"
    response = browser(verifier, lang="id").get(f"/requests/register?month={month}")
    assert '<html lang="id"' in response.content.decode()


def test_an_auditor_reads_but_opens_nothing(decided: str, verifier: Person) -> None:
    auditor = world.holder("auditor", "apip", "T1")
    page = browser(auditor).get("/requests/register").content.decode()
    assert decided in page
    assert "/review" not in page.replace('"/people/reviews"', "")
