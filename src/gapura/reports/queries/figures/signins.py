"""Pictures of sign-ins, from the days that a job has counted."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from gapura.kernel import clock
from gapura.kernel.texts import N_
from gapura.reports.models import SignInDay
from gapura.reports.queries.figures.scope import Scope, Span
from gapura.reports.rules.pictures import HEAT, LINES, Picture, Row

HOURS = tuple(f"{hour:02}" for hour in range(24))
_WEEKLY_FROM = 60


def sign_ins(scope: Scope, span: Span) -> tuple[tuple[Picture, Picture], datetime | None]:
    """By hour of the day in each zone, and over time; and when they were last counted.

    One statement over at most three rows a day, or as many as the group has agencies.
    """
    codes = ("",) if scope.agencies is None else scope.agencies
    rows = list(
        SignInDay.objects.filter(
            agency__in=codes, day__gte=span.first, day__lt=span.until
        ).values_list("zone", "day", "hours", "refused", "counted_at")
    )
    at = max((row[4] for row in rows), default=None)
    return (_by_hour((row[0], row[2]) for row in rows), _over_time(rows, span)), at


def _by_hour(days: Iterable[tuple[str, list[int]]]) -> Picture:
    sums = {zone: [0] * len(HOURS) for zone in clock.ZONES}
    for zone, hours in days:
        sums[zone] = [a + b for a, b in zip(sums[zone], hours, strict=True)]
    return Picture(
        "hours",
        HEAT,
        N_("Sign-ins by hour of the day"),
        N_("All sign-ins of the period, by the hour in the agency's own time zone."),
        N_("Time zone"),
        HOURS,
        tuple(Row(clock.ZONES[zone], tuple(hours), said=True) for zone, hours in sums.items()),
        said=True,
    )


def _over_time(rows: list[tuple[str, date, list[int], int, datetime]], span: Span) -> Picture:
    """By day, and by week where days would be too many to tell apart."""
    step = 1 if span.days < _WEEKLY_FROM else 7
    starts = [
        max(span.first, span.until - timedelta(days=step * (place + 1)))
        for place in range(-(-span.days // step))
    ][::-1]
    done, refused = dict.fromkeys(starts, 0), dict.fromkeys(starts, 0)
    for _zone, day, hours, failed, _at in rows:
        start = starts[-1 - (span.until - timedelta(days=1) - day).days // step]
        done[start] += sum(hours)
        refused[start] += failed
    says = (
        N_("Sign-ins and refused sign-ins of each day.")
        if step == 1
        else N_("Sign-ins and refused sign-ins of seven days from the day named.")
    )
    return Picture(
        "sign_ins",
        LINES,
        N_("Sign-ins over time"),
        says,
        N_("Day"),
        (N_("Succeeded"), N_("Refused")),
        tuple(Row(day.isoformat(), (done[day], refused[day]), said=True) for day in starts),
    )
