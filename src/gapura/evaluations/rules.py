"""Pure rules of supplier performance: criteria, shares with their interval, the weighted score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from gapura.kernel.texts import N_

# The four aspects of LKPP Regulation 4/2021. Its scale is 1 to 3; five steps are this product's
# choice for a first form, because catalog orders differ by less than the law's steps.
CRITERIA = {
    "quality": N_("Quality and quantity"),
    "cost": N_("Cost"),
    "time": N_("Time"),
    "service": N_("Service"),
}
SCORES = {
    1: N_("Very poor"),
    2: N_("Poor"),
    3: N_("Sufficient"),
    4: N_("Good"),
    5: N_("Very good"),
}
LEAST, MOST = min(SCORES), max(SCORES)
LONGEST_NOTE = 1000
# Standard normal deviate of a two-sided 95 % interval.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. `low` and `high` bound the share (0 to 1), Wilson's 95 % interval.

    `share`, `low` and `high` are None where `of` is below the least number of orders: then only
    the counts are shown.
    """

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def share(count: int, of: int, least: int) -> Share:
    """The share with its interval, or the bare counts of too few.

    The interval is E. B. Wilson's (1927): it holds for few orders and for shares near 0 and 1.
    """
    if of < max(1, least):
        return Share(count, of, None, None, None)
    part = count / of
    spread = _Z * sqrt(part * (1 - part) / of + _Z * _Z / (4 * of * of))
    middle, scale = part + _Z * _Z / (2 * of), 1 + _Z * _Z / of
    return Share(
        count, of, part, max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
    )


def weighted(means: Mapping[str, Decimal], weights: Mapping[str, int]) -> Decimal:
    """The mean of the criteria by their weights, one to five, to two places."""
    whole = sum(weights.values())
    total = sum((means[name] * weights[name] for name in CRITERIA), Decimal(0))
    return (total / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def may_change(given_at: datetime, days: int, now: datetime) -> bool:
    """True while a rating may still be changed: so many days of 24 hours after it was given."""
    return now < given_at + timedelta(days=days)


def wrong_scores(scores: Mapping[str, int]) -> tuple[str, ...]:
    """The criteria without an answer from one to five."""
    return tuple(name for name in CRITERIA if not LEAST <= scores.get(name, 0) <= MOST)


def worst_first(shares: Iterable[Share]) -> tuple[float, ...]:
    """A key to sort by: what is worst for sure (its lower bound) comes first; too few come last."""
    return tuple(-(each.low if each.low is not None else -1.0) for each in shares)
