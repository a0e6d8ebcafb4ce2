"""The nightly take-over of the calendar, with its entry in the log."""

from datetime import UTC, date, datetime

import pytest

from gapura.audit.models import LogEvent
from gapura.journeys.calendar import refresh_calendar
from gapura.journeys.tasks import calendar
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.outside.models import OfficialHoliday
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 2, 20, 17, tzinfo=UTC)


def entries() -> int:
    return LogEvent.objects.filter(name="journeys.calendar.refreshed").count()


def test_each_night_two_years_are_taken_over(authorities: Authorities) -> None:
    with clock.frozen(NIGHT):
        calendar(0)
    years = set(OfficialHoliday.objects.values_list("day__year", flat=True))
    assert years == {2026, 2027}
    assert entries() == 2


def test_a_night_without_news_leaves_no_entry(authorities: Authorities) -> None:
    for _ in range(2):
        refresh_calendar(actor=system_actor("calendar"), year=2026)
    assert entries() == 1


def test_a_silent_authority_is_no_trouble(authorities: Authorities) -> None:
    OfficialHoliday.objects.create(day=date(2026, 2, 3), name="H", kind="national", source="x")
    authorities.mode("holidays", "down")
    with clock.frozen(NIGHT):
        calendar(0)
    assert OfficialHoliday.objects.count() == 1
    assert entries() == 0
