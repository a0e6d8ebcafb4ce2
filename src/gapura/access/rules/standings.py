"""Pure rules of standing in: which kinds need the principal in office, how long a chain lasts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# The principal still holds the office and is away; or the post is vacant.
ABSENT = frozenset({"plh", "proxy", "substitute", "delegate"})
VACANT = frozenset({"plt"})


@dataclass(frozen=True, slots=True)
class StandingLaw:
    """One dated row: `role` may be stood in for as `standing`, a term of `days` at most."""

    role: str
    standing: str
    days: int
    extensions: int
    without: frozenset[str]
    basis: str
    valid_from: date
    valid_to: date | None

    @property
    def longest(self) -> int:
        """Days in all, with every extension."""
        return self.days * (1 + self.extensions)

    def covers(self, day: date) -> bool:
        """In force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` until before `after`; None is open."""

    first: date
    after: date | None


def days_of(span: Span) -> int | None:
    """How many days; None when it has no end."""
    return None if span.after is None else (span.after - span.first).days


def stood_in(earlier: Iterable[Span], asked: Span, break_days: int) -> int:
    """Days of the chain that `asked` (which has an end) belongs to, itself included.

    Terms belong together when less than `break_days` lie between them, before and after. No day
    counts twice.
    """
    assert asked.after is not None  # noqa: S101 - the caller refused open terms
    others = [(one.first, one.after) for one in earlier if one.after is not None]
    first, after = asked.first, asked.after
    chain = [(first, after)]
    rest, gap = sorted(others), timedelta(days=break_days)
    grew = True
    while grew:
        near = [each for each in rest if _near(each, first, after, gap)]
        rest = [each for each in rest if each not in near]
        chain += near
        first = min(each[0] for each in chain)
        after = max(each[1] for each in chain)
        grew = bool(near)
    return len({day for start, end in chain for day in range(start.toordinal(), end.toordinal())})


def _near(span: tuple[date, date], first: date, after: date, gap: timedelta) -> bool:
    return span[0] - after < gap and first - span[1] < gap


def covered(spans: Iterable[Span], wanted: Span) -> bool:
    """Whether the spans together hold every day of `wanted`."""
    reached = wanted.first
    for span in sorted(spans, key=lambda each: each.first):
        if span.first > reached:
            break
        if span.after is None:
            return True
        reached = max(reached, span.after)
    return wanted.after is not None and reached >= wanted.after
