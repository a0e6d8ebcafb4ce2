"""Days off: worked out by default, replaced by what the authority publishes."""

from datetime import date
from unittest import mock

import pytest

from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.outside import asking, queries, services
from gapura.outside.errors import AuthorityDown, BadQuestion
from gapura.outside.models import OfficialHoliday
from gapura.outside.reading import Answer, Nonsense
from gapura.outside.services import Refreshed
from gapura.outside.services.calendar import _holidays
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("calendar")


def refresh(actor: Actor) -> Refreshed:
    return services.refresh_holidays(actor=actor, year=2026, witness=lambda done: None)


def off(day: date, region: str = "") -> bool:
    return day in queries.holidays_between(day, day, region)


def test_national_days_and_joint_leave_are_off_without_anybody_publishing_them() -> None:
    assert off(date(2026, 8, 17))
    assert off(date(2026, 3, 20))
    assert not off(date(2026, 11, 23))


def test_a_range_over_the_new_year_knows_both_years() -> None:
    days = queries.holidays_between(date(2025, 12, 24), date(2026, 1, 2))
    assert days == {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)}


def test_what_the_authority_publishes_replaces_the_year(authorities: Authorities) -> None:
    moved = date(2026, 2, 3)
    OfficialHoliday.objects.create(day=moved, name="Lama", kind="national", source="x")
    assert off(moved)
    assert not off(date(2026, 8, 17))
    done = refresh(SYSTEM)
    assert done.removed == (moved,)
    assert date(2026, 8, 17) in done.added
    assert not off(moved)
    assert off(date(2026, 8, 17))
    assert off(date(2027, 8, 17))
    again = refresh(SYSTEM)
    assert (again.added, again.removed) == ((), ())


def test_a_regions_own_day_counts_there_only() -> None:
    day = date(2026, 8, 3)
    for region, when in (("", date(2026, 8, 17)), ("94", day)):
        OfficialHoliday.objects.create(
            day=when, name="Hari", kind="national", source="x", region=region
        )
    assert off(day, "94.71")
    assert not off(day, "31.71")
    assert not off(day)
    assert off(date(2026, 8, 17), "94.71")


def test_an_authority_that_is_down_leaves_the_calendar_as_it_is(authorities: Authorities) -> None:
    OfficialHoliday.objects.create(day=date(2026, 2, 3), name="H", kind="national", source="x")
    authorities.mode("holidays", "garbage")
    with pytest.raises(AuthorityDown):
        refresh(SYSTEM)
    assert OfficialHoliday.objects.count() == 1


@pytest.mark.parametrize(
    "actor",
    [
        Actor(),
        Actor(person=uuid7(), acr=2, grant=ActiveGrant(uuid7(), "ppk", "K01")),
        Actor(person=uuid7(), acr=2, grant=ActiveGrant(uuid7(), "helpdesk")),
        Actor(person=uuid7(), acr=1, grant=ActiveGrant(uuid7(), "admin_platform")),
    ],
    ids=["nobody", "ppk", "helpdesk", "weak administrator"],
)
def test_who_does_not_keep_the_platform_changes_no_deadline(actor: Actor) -> None:
    with mock.patch.object(asking, "exchange") as line, pytest.raises(Refused):
        refresh(actor)
    line.assert_not_called()


def test_without_its_witness_nothing_changes(authorities: Authorities) -> None:
    """The entry in the log and the change are one: neither without the other."""

    def refuse(done: Refreshed) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        services.refresh_holidays(actor=SYSTEM, year=2026, witness=refuse)
    assert not OfficialHoliday.objects.exists()


@pytest.mark.parametrize("year", [1999, 2101, -1])
def test_a_year_beyond_the_calendar_is_not_asked(year: int) -> None:
    with pytest.raises(BadQuestion):
        services.official_holidays(year=year)


DAY = {"day": "2026-08-17", "name": "Kemerdekaan", "kind": "national", "region": ""}


@pytest.mark.parametrize(
    "days",
    [
        [],
        [DAY, DAY],
        [{**DAY, "day": "2025-08-17"}],
        [{**DAY, "day": "2026-02-30"}],
        [{**DAY, "kind": "party"}],
        [{**DAY, "region": "../"}],
        [{**DAY, "name": "<b>\n"}],
        ["2026-08-17"],
        [{**DAY, "day": f"2026-08-{n % 28 + 1:02d}", "region": ""} for n in range(401)],
    ],
    ids=["none", "twice", "year", "day", "kind", "region", "name", "text", "many"],
)
def test_a_calendar_that_cannot_be_is_nonsense(days: list[object]) -> None:
    with pytest.raises(Nonsense):
        _holidays(Answer({"year": 2026, "days": days}), 2026)


def test_a_calendar_of_another_year_is_nonsense() -> None:
    with pytest.raises(Nonsense):
        _holidays(Answer({"year": 2025, "days": [DAY]}), 2026)
