"""Reads: how the authorities stand, and which days are off."""

from datetime import date

from django.conf import settings

from gapura.outside.answers import AuthorityStanding, Holiday
from gapura.outside.authorities import AUTHORITIES, Authority
from gapura.outside.calendar import worked_out
from gapura.outside.models import Breaker, OfficialHoliday

__all__ = ["AuthorityStanding", "Holiday", "holidays_between", "holidays_of", "is_up", "standings"]


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
