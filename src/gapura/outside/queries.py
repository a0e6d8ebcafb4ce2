"""Reads: how the authorities stand, and which days are off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.outside.answers import AuthorityReport, AuthorityStanding, CalendarAge, Holiday
from gapura.outside.authorities import AUTHORITIES, HOLIDAYS, Authority
from gapura.outside.calendar import worked_out
from gapura.outside.models import Breaker, Check, OfficialHoliday
from gapura.outside.permissions import Can
from gapura.outside.rules import CALENDAR_OLD_DAYS, WATCHED_DAYS

__all__ = [
    "CALENDAR_OLD_DAYS",
    "WATCHED_DAYS",
    "AuthorityReport",
    "AuthorityStanding",
    "CalendarAge",
    "Holiday",
    "authority_reports",
    "calendar_ages",
    "holidays_between",
    "holidays_of",
    "is_up",
    "standings",
]
_ANSWERED = "answered"


def standings() -> list[AuthorityStanding]:
    """Every authority: up, down (also when not connected), or unknown before the first call."""
    rows = {row.authority: row for row in Breaker.objects.all()}
    return [_standing(one, rows.get(one.code)) for one in AUTHORITIES.values()]


def is_up(authority: str) -> bool:
    """False while it is left alone or not connected; a question may still fail."""
    row = Breaker.objects.filter(pk=authority).first()
    return _standing(AUTHORITIES[authority], row).state != "down"


def _standing(one: Authority, row: Breaker | None) -> AuthorityStanding:
    if not settings.OUTSIDE[one.code].url:
        return AuthorityStanding(one.code, one.name, "down", None, None)
    if row is None:
        return AuthorityStanding(one.code, one.name, "unknown", None, None)
    state = "up" if row.retry_at is None else "down"
    return AuthorityStanding(one.code, one.name, state, row.since, row.retry_at)


def holidays_of(year: int, region: str = "") -> tuple[Holiday, ...]:
    """The days off of one year: as the authority published them, else as they are worked out."""
    return _holidays(date(year, 1, 1), date(year, 12, 31), region)


def holidays_between(first: date, last: date, region: str = "") -> frozenset[date]:
    """Days off from `first` to `last`, both included; weekends are not among them as such.

    `region` is a regency's or province's code: its own days count besides the national ones.
    """
    return frozenset(one.day for one in _holidays(first, last, region))


def _holidays(first: date, last: date, region: str) -> tuple[Holiday, ...]:
    start, end = date(first.year, 1, 1), date(last.year, 12, 31)
    rows = list(OfficialHoliday.objects.filter(day__range=(start, end)))
    published = {row.day.year for row in rows}
    days = [
        Holiday(row.day, row.name, row.kind, row.region)
        for row in rows
        if region.startswith(row.region)
    ]
    for year in range(first.year, last.year + 1):
        if year not in published:
            days += worked_out(year)
    return tuple(sorted((d for d in days if first <= d.day <= last), key=lambda d: d.day))


def authority_reports(actor: Actor) -> list[AuthorityReport]:
    """Every authority with what was last seen of it. One query.

    :raises Refused: for others than the platform's administrators and helpdesk.
    """
    require(actor, Can.SEE)
    since = clock.now() - timedelta(days=WATCHED_DAYS)
    asked = Check.objects.filter(authority=OuterRef("pk"), asked_at__gte=since)
    rows = Breaker.objects.annotate(
        answered_at=Subquery(_latest(asked.filter(outcome=_ANSWERED))),
        failed_at=Subquery(_latest(asked.exclude(outcome=_ANSWERED))),
    )
    known = {row.authority: row for row in rows}
    return [_report(one, known.get(one.code)) for one in AUTHORITIES.values()]


def _latest(asked: QuerySet[Check]) -> QuerySet[Check, datetime]:
    return asked.order_by("-asked_at").values_list("asked_at", flat=True)[:1]


def _report(one: Authority, row: Breaker | None) -> AuthorityReport:
    return AuthorityReport(
        standing=_standing(one, row),
        connected=bool(settings.OUTSIDE[one.code].url),
        failures=row.failures if row else 0,
        fault=row.fault if row else "",
        answered_at=getattr(row, "answered_at", None),
        failed_at=getattr(row, "failed_at", None),
    )


def calendar_ages(actor: Actor, years: Sequence[int]) -> list[CalendarAge]:
    """For each year how many days off were taken over, and when the authority last answered.

    :raises Refused: for others than the platform's administrators and helpdesk.
    """
    require(actor, Can.SEE)
    days = dict(
        OfficialHoliday.objects.filter(day__year__in=years)
        .values_list("day__year")
        .annotate(Count("id"))
    )
    asked = Check.objects.filter(
        authority=HOLIDAYS,
        subject_kind="calendar",
        subject_id__in=[str(year) for year in years],
        outcome=_ANSWERED,
    )
    last = dict(asked.values_list("subject_id").annotate(Max("asked_at")))
    return [CalendarAge(year, days.get(year, 0), last.get(str(year))) for year in years]
