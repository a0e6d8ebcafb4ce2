"""Closing a double account: not while an office, a company or an order hangs on it."""

from datetime import timedelta

import pytest

from gapura.access.services import issue_grant
from gapura.accounts.models import Duplicate, Person
from gapura.journeys import duplicates
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Problem
from gapura.purchasing.queries import Work
from tests.access import world
from tests.authentication.world import person
from tests.web.people import holder

pytestmark = pytest.mark.django_db


def _desk(role: str = "admin_platform") -> Actor:
    grant, found = ActiveGrant(id=uuid7(), role=role), person()
    return Actor(person=found.id, username=found.username, acr=2, grant=grant, grants=(grant,))


def _pair(closing: Person) -> Duplicate:
    """Announced, and the time to object is over."""
    first, second = sorted((closing, person()), key=lambda one: one.id)
    now = clock.now()
    return Duplicate.objects.create(
        first=first,
        second=second,
        state="announced",
        score=100,
        evidence=["same_nik"],
        found_at=now,
        seen_at=now,
        closing=closing,
        verdict_by=person(),
        verdict_at=now - timedelta(hours=73),
        reason="Nama dan tanggal lahir sama.",
        object_until=now - timedelta(hours=1),
    )


def _refused(row: Duplicate, problem: type[Problem]) -> str:
    with pytest.raises(problem) as caught:
        duplicates.close_double(actor=_desk(), duplicate_id=row.id)
    row.refresh_from_db()
    assert row.closing is not None
    assert (row.state, row.closing.state) == ("announced", "verified")
    return str(caught.value)


def test_the_only_administrator_of_a_company_is_not_closed() -> None:
    world.places()
    row = _pair(holder("admin_perusahaan", "PT1"))
    assert "Company PT1" in _refused(row, duplicates.StillOnlyAdministrator)


def test_an_office_has_to_be_handed_over_before() -> None:
    world.places()
    someone = person()
    issue_grant(actor=world.SYSTEM, person_id=someone.id, role="ppk", agency="T1", unit="T1.1")
    assert "Unit 1" in _refused(_pair(someone), duplicates.StillInOffice)


def test_running_orders_have_to_end_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "running_work", lambda _: Work(1, 0, ("SP-2026-000001",)))
    assert "SP-2026-000001" in _refused(_pair(person()), duplicates.StillInOrders)


def test_an_account_on_which_nothing_hangs_is_closed_by_whoever_may() -> None:
    row = _pair(person())
    with pytest.raises(Refused):
        duplicates.close_double(actor=_desk("helpdesk"), duplicate_id=row.id)
    duplicates.close_double(actor=_desk(), duplicate_id=row.id)
    row.refresh_from_db()
    assert row.closing is not None
    assert (row.state, row.closing.state) == ("closed", "closed")
