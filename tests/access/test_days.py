"""Changing the last day of an access: never into the past, never beyond what two people checked."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.errors import DaysImpossible
from gapura.access.models import Appointment, Grant
from gapura.access.queries import active_grants
from gapura.access.services.days import change_days
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.access.registered import check, enter, granted, name
from tests.access.test_boundaries import AFTER, FIRST, SECOND, ZONES, letter, midnight, officer

pytestmark = pytest.mark.usefixtures("places")
DAY = timedelta(days=1)
WHY = "The duty ends on another day."


def change(by: Person, grant: UUID, last: date) -> None:
    change_days(actor=world.actor(by), grant_id=grant, last_day=last, reason=WHY)


@pytest.mark.parametrize("zone", list(ZONES))
def test_an_access_ends_today_at_the_earliest_in_its_own_zone(verifier: Person, zone: str) -> None:
    """Yesterday somebody may have signed with it: what was right then stays right."""
    unit, hours = ZONES[zone]
    person, grant = officer(unit, valid=DateRange(FIRST, AFTER))
    today = FIRST + 10 * DAY
    with clock.frozen(midnight(today, hours) - SECOND):
        change(verifier, grant.id, today - DAY)
        change_days(actor=world.SYSTEM, grant_id=grant.id, last_day=AFTER, reason=WHY)
    with clock.frozen(midnight(today, hours)):
        with pytest.raises(DaysImpossible):
            change(verifier, grant.id, today - DAY)
        change(verifier, grant.id, today)
        assert active_grants(person.id, midnight(today + DAY, hours) - SECOND)
        assert not active_grants(person.id, midnight(today + DAY, hours))


@pytest.mark.parametrize("zone", list(ZONES))
def test_what_has_not_begun_keeps_its_first_day(verifier: Person, zone: str) -> None:
    unit, hours = ZONES[zone]
    _person, grant = officer(unit, valid=DateRange(FIRST, AFTER))
    with clock.frozen(midnight(FIRST, hours) - 5 * DAY):
        with pytest.raises(DaysImpossible):
            change(verifier, grant.id, FIRST - DAY)
        change(verifier, grant.id, FIRST)


@pytest.mark.parametrize("zone", list(ZONES))
def test_a_later_end_lies_within_the_letter(verifier: Person, zone: str) -> None:
    unit, hours = ZONES[zone]
    paper = letter(DateRange(FIRST, AFTER))
    _person, grant = officer(unit, valid=DateRange(FIRST, AFTER - 9 * DAY), letter_id=paper)
    with clock.frozen(midnight(FIRST, hours)):
        with pytest.raises(DaysImpossible):
            change(verifier, grant.id, AFTER)
        change(verifier, grant.id, AFTER - DAY)


@pytest.mark.parametrize(("days", "fits"), [(19, True), (20, False)])
def test_a_later_end_lies_within_the_days_that_were_checked_for_this_officer(
    days: int, fits: bool, verifier: Person, colleague: Person
) -> None:
    """The letter runs for a year, but it names this officer for twenty days."""
    keeper, person = world.holder("keeper", "admin_instansi", "T1"), world.person("officer")
    today, paper = clock.today(), enter(keeper)
    line = name(keeper, paper, person, valid_until=(today + 19 * DAY).isoformat())
    check(verifier, paper)
    grant = granted(line)
    change(colleague, grant.id, today + 5 * DAY)
    grant.refresh_from_db()
    assert grant.valid.upper == today + 6 * DAY
    if fits:
        change(colleague, grant.id, today + days * DAY)
        return
    with pytest.raises(DaysImpossible):
        change(colleague, grant.id, today + days * DAY)
    assert Appointment.objects.get(pk=line).valid.upper == today + 20 * DAY


def test_a_later_end_lies_within_the_request(verifier: Person, colleague: Person) -> None:
    grant = Grant.objects.get(pk=world.active(world.person("officer"), verifier))
    last: Any = grant.valid.upper - DAY
    change(colleague, grant.id, clock.today() + DAY)
    change(colleague, grant.id, last)
    with pytest.raises(DaysImpossible):
        change(colleague, grant.id, last + DAY)


def test_without_a_paper_nobody_adds_days(verifier: Person, admin: Person) -> None:
    """One pair of eyes would give an access that no letter gives."""
    today = clock.today()
    _person, grant = officer("T1.1", valid=DateRange(today, today + 9 * DAY))
    for one in (verifier, admin):
        with pytest.raises(DaysImpossible):
            change(one, grant.id, today + 9 * DAY)
    change(verifier, grant.id, today + 7 * DAY)
    with pytest.raises(DaysImpossible):
        change(verifier, grant.id, today + 8 * DAY)
