"""/console/findings: roles that exclude each other, accepted or ended."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.models import ConflictFinding, Grant
from gapura.access.services import sweep_all
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.browser import text_of
from tests.web.people import holder, signed_in

pytestmark = pytest.mark.django_db
REASON = "Both are for different packages."


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def hold(person: Person, role: str) -> None:
    """A role that nobody checked for conflicts."""
    now = clock.now()
    Grant.objects.create(
        person=person,
        role=role,
        agency_id="T1",
        unit_id="T1.1",
        state="active",
        valid=DateRange(clock.today() - timedelta(days=1), None),
        approved_at=now,
        activated_at=now,
        recorded_at=now,
    )


def found(role: str) -> UUID:
    """A finding about a commitment officer who holds `role` too."""
    officer = holder("ppk", name="Rizky Ramadhan")
    hold(officer, role)
    sweep_all(actor=world.SYSTEM)
    return ConflictFinding.objects.get().id


def test_a_warning_is_shown_with_its_law_and_accepted() -> None:
    finding, here = found("pp"), signed_in("verifikator")
    page = here.get("/console/findings")
    assert "Rizky Ramadhan" in text_of(page)
    assert "LKPP 15/2018" in text_of(page)
    address = f"/console/findings/{finding}"
    short = here.submit(f"{address}/accept", address, reason="fine")
    assert short.status_code == 422
    done = here.submit(f"{address}/accept", address, reason=REASON)
    assert (done.status_code, done["Location"]) == (303, "/console/findings")
    assert "The finding is accepted." in text_of(here.get("/console/findings"))
    assert "Rizky Ramadhan" in text_of(here.get("/console/findings?tab=accepted"))
    assert REASON in text_of(here.get(address))


def test_what_is_forbidden_ends_by_ending_a_role() -> None:
    finding, here = found("bendahara"), signed_in("verifikator")
    address = f"/console/findings/{finding}"
    assert "Accept with this reason" not in text_of(here.get(address))
    refused = here.submit(f"{address}/accept", address, reason=REASON)
    assert refused.status_code == 422
    grant = Grant.objects.get(role="bendahara")
    nothing = here.submit(f"{address}/end", address, why="The officer was relieved.")
    assert nothing.status_code == 422
    done = here.submit(
        f"{address}/end", address, grant=str(grant.id), why="The officer was relieved."
    )
    assert (done.status_code, done["Location"]) == (303, address)
    grant.refresh_from_db()
    assert grant.state == "revoked"
    sweep_all(actor=world.SYSTEM)
    assert "No longer there since" in text_of(here.get(address))
    assert "Rizky Ramadhan" in text_of(here.get("/console/findings?tab=cleared&page=9"))


def test_the_auditor_reads_and_is_offered_nothing() -> None:
    finding, here = found("pp"), signed_in("apip")
    page = text_of(here.get(f"/console/findings/{finding}"))
    assert "Accept with this reason" not in page
    assert "End this role" not in page
    answer = here.submit(f"/console/findings/{finding}/accept", "/account", reason=REASON)
    assert answer.status_code == 403


def test_other_agencies_and_other_roles_find_nothing() -> None:
    finding = found("pp")
    abroad = signed_in("verifikator", "T2")
    assert "Nothing was found" in text_of(abroad.get("/console/findings"))
    assert abroad.get(f"/console/findings/{finding}").status_code == 404
    buyer = signed_in("pp")
    assert buyer.get("/console/findings").status_code == 404
    assert buyer.get(f"/console/findings/{finding}").status_code == 404


def test_the_platform_sees_all() -> None:
    found("pp")
    assert "Rizky Ramadhan" in text_of(signed_in("admin_platform").get("/console/findings"))


def test_help_shows_the_rules_as_they_stand() -> None:
    here = signed_in("pp")
    page = text_of(here.get("/help/conflicts"))
    for words in ("LKPP 15/2018 art. 6(3)", "92 days a term, 184 in all", "not allowed"):
        assert words in page
