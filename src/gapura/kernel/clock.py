"""The only place that asks what time it is; legal days are days in a unit's own zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
JAKARTA = "Asia/Jakarta"

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present moment in UTC (or the frozen one)."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware); for tests and for the seed's past activity."""
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def legal_day(at: datetime, zone: str = JAKARTA) -> date:
    """The calendar day that `at` falls on in `zone` (an IANA name of `ZONES`)."""
    return at.astimezone(ZoneInfo(zone)).date()


def today(zone: str = JAKARTA) -> date:
    """The legal day of now in `zone`."""
    return legal_day(now(), zone)
