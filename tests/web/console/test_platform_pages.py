"""/console/companies and /console/authorities: how companies and authorities stand."""

from collections.abc import Iterator
from datetime import date

import pytest

from gapura.audit.models import LogEvent
from gapura.kernel.actor import system_actor
from gapura.organizations.models import Company
from gapura.organizations.services import Answered, note_differences, record_standing
from gapura.outside.models import OfficialHoliday
from tests.access import world
from tests.simulator import Authorities
from tests.web.browser import text_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
COMPANIES, AUTHORITIES = "/console/companies", "/console/authorities"
SYSTEM = system_actor("tests")


@pytest.fixture(autouse=True)
def _company(db: None) -> None:
    world.places()
    Company.objects.create(code="PT1", name="PT Satu Contoh", nib="1234567211234")


@pytest.fixture
def played(authorities: Authorities) -> Iterator[Authorities]:
    authorities.recovered()
    yield authorities
    authorities.recovered()


@pytest.mark.parametrize("role", ["admin_platform", "helpdesk"])
def test_the_platform_reads_every_dated_row_with_source_and_who(role: str) -> None:
    record_standing(
        actor=SYSTEM, company="PT1", state="blacklisted", since=date(2026, 1, 1),
        until=date(2099, 12, 31), basis="KEP-1/DH/2026", source="blacklist", result_hash="a" * 64,
    )  # fmt: skip
    note_differences(
        actor=SYSTEM, company="PT1", found={"scale": ("large", "micro")},
        answer=Answered("oss", "OSS-77", "b" * 64),
    )  # fmt: skip
    here = signed_in(role)
    assert "PT Satu Contoh" in text_of(here.get(f"{COMPANIES}?q=satu"))
    assert "No company found" in text_of(here.get(f"{COMPANIES}?q=dua"))
    page = text_of(here.get(f"{COMPANIES}/PT1"))
    for told in ("Blacklisted", "KEP-1/DH/2026", "a" * 64, "the system", "OSS-77", "b" * 64):
        assert told in page
    assert "Large business" in page
    assert here.get(f"{COMPANIES}/PT9").status_code == 404


@pytest.mark.parametrize("role", ["admin_platform", "helpdesk"])
def test_the_platform_sees_how_each_authority_stands(role: str) -> None:
    page = text_of(signed_in(role).get(AUTHORITIES))
    assert "Civil registry (Dukcapil)" in page
    assert "Not connected" in page
    assert "worked out by ourselves" in page
    assert ("Refresh the holidays now" in page) == (role == "admin_platform")


def test_an_administrator_refreshes_the_holidays_and_it_is_recorded(played: Authorities) -> None:
    here = signed_in("admin_platform")
    answer = here.submit(f"{AUTHORITIES}/holidays", AUTHORITIES)
    assert (answer.status_code, answer["Location"]) == (303, AUTHORITIES)
    assert OfficialHoliday.objects.exists()
    here.submit(f"{AUTHORITIES}/holidays", AUTHORITIES)
    told = LogEvent.objects.filter(name="journeys.calendar.refreshed")
    assert told.count() == 4, "two years, twice, though the second changed nothing"
    page = text_of(here.get(AUTHORITIES))
    assert "The holiday calendar was taken over" in page
    assert "Answers" in page


def test_while_the_authority_is_down_the_calendar_stays(played: Authorities) -> None:
    played.mode("holidays", "down")
    here = signed_in("admin_platform")
    assert here.submit(f"{AUTHORITIES}/holidays", AUTHORITIES).status_code == 303
    page = text_of(here.get(AUTHORITIES))
    assert "The calendar stays as it is." in page
    assert "It said that it is not available" in page
    assert not OfficialHoliday.objects.exists()


@pytest.mark.parametrize(
    "role", ["verifikator", "admin_instansi", "apip", "ppk", "kurator", "admin_perusahaan"]
)
def test_nobody_else_reads_or_refreshes(role: str) -> None:
    here = signed_in(role)
    for path in (COMPANIES, f"{COMPANIES}/PT1", AUTHORITIES):
        assert here.get(path).status_code == 404, path
    assert here.submit(f"{AUTHORITIES}/holidays", "/").status_code == 404


def test_the_helpdesk_reads_but_does_not_refresh() -> None:
    here = signed_in("helpdesk")
    assert here.submit(f"{AUTHORITIES}/holidays", AUTHORITIES).status_code in (403, 404)
    assert not LogEvent.objects.filter(name="journeys.calendar.refreshed").exists()
