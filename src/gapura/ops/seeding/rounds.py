"""The calendar of the sample data: the year cut into rounds, each brought in as a whole."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

# Days before now at which a round ends. What belongs closely together lies in one round: the
# deadlines run in the present and would meet a tale that is told by half.
ENDS = (*range(364, 13, -14), 8, 4, 0)
FIRST_ROUND = (351.0, 363.0)
_OFFICE = (1, 8)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb of doing.VERBS at its moment; `who` does it, or has it done to them."""

    at: datetime
    verb: str
    who: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """Everything between two of ENDS, in order; numbered from 1."""

    number: int
    until: datetime
    deeds: tuple[Deed, ...]


def days_before(anchor: datetime, days: float) -> datetime:
    """So many days before now."""
    return anchor - timedelta(days=days)


def cut(deeds: Iterable[Deed], anchor: datetime) -> tuple[Round, ...]:
    """The deeds up to now, by rounds; what would lie in the future is left out."""
    ends = _ends(anchor)
    ordered = sorted(deeds, key=lambda deed: (deed.at, deed.who, deed.verb))
    return tuple(
        Round(number, until, tuple(d for d in ordered if since <= d.at < until))
        for number, (since, until) in enumerate(pairwise(ends), start=1)
    )


def fit(anchor: datetime, hours: float, newest: float, oldest: float, rng: Random) -> datetime:
    """A beginning for something so long that lies in one round, preferably in office hours.

    It ends between `newest` and `oldest` days before now.
    """
    end = days_before(anchor, rng.uniform(newest, oldest))
    ends, length = _ends(anchor), timedelta(hours=hours)
    place = bisect_right(ends, end)
    since, until = ends[place - 1], ends[min(place, len(ends) - 1)]
    start = end - length
    if start < since:
        start = since + rng.random() * max(until - since - length, timedelta())
    friendly = _office(start, rng)
    return friendly if since <= friendly and friendly + length < until else start


def _ends(anchor: datetime) -> Sequence[datetime]:
    return [days_before(anchor, days) for days in ENDS]


def _office(start: datetime, rng: Random) -> datetime:
    """The same day between 8 and 15 o'clock in Jakarta; from a weekend two days back."""
    back = 2 if start.weekday() >= _SATURDAY else 0
    at = start.replace(hour=rng.randrange(*_OFFICE), minute=rng.randrange(60))
    return at - timedelta(days=back)
