"""Leaving a company on its page: cut at once, and what is unfinished is shown to the others."""

import pytest

from gapura.access.models import Grant
from gapura.organizations.models import CompanyKbli
from tests.access import world as access
from tests.catalog import goods
from tests.web.browser import text_of
from tests.web.company.test_people_pages import ADMIN, PEOPLE, STAFF, where
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods(db: None) -> None:
    goods.places()


def test_whoever_leaves_loses_the_pages_at_once_and_the_drafts_are_shown() -> None:
    boss, staff = holder(ADMIN), holder(STAFF)
    one = Grant.objects.get(person=staff)
    CompanyKbli.objects.get_or_create(company_id="PT1", kbli=goods.KBLI)
    drafted = goods.draft(access.actor(staff))
    here, office = enter(staff), enter(boss)
    assert "Leave the company" in text_of(here.get("/company"))
    assert where(here.submit(f"/company/leave/{one.id}", reason="")) == "/company"
    assert "Register your company" in text_of(here.get("/company"))
    assert "No longer here" in text_of(office.get(PEOPLE))
    page = office.get(f"{PEOPLE}/left/{one.id}").content.decode()
    assert f"/catalog/{drafted}" in page
    assert signed_in(ADMIN, "PT2").get(f"{PEOPLE}/left/{one.id}").status_code == 404
