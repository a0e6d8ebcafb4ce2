"""How good a rule is, with how sure that is; and how long a webhook waits before the next try."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964  # two-sided 95 %

# Standard Webhooks proposes tries over about a day, ever further apart.
BACKOFF_SECONDS = (5, 60, 300, 1800, 7200, 18000, 36000, 36000)
MOST_TRIES = len(BACKOFF_SECONDS) + 1


@dataclass(frozen=True, slots=True)
class Precision:
    """`worth` of `disposed` alerts were followed up or made findings; shares from 0 to 1.

    `low` and `high` bound the true share with 95 % confidence (Wilson's score interval, which
    holds for few alerts, too). Without any disposed alert nothing is known: 0 to 1.
    """

    worth: int
    disposed: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Worth among disposed; None where nothing was disposed of yet."""
        return self.worth / self.disposed if self.disposed else None

    @property
    def noisy(self) -> bool:
        """With 95 % confidence fewer than half of the rule's alerts are worth a look."""
        return self.disposed > 0 and self.high < 0.5


def precision(worth: int, disposed: int) -> Precision:
    """The precision of a rule by what people said of its alerts.

    :raises ValueError: for more worth than disposed.
    """
    if not 0 <= worth <= disposed:
        raise ValueError("worth a look are at most those that were disposed of")
    if not disposed:
        return Precision(0, 0, 0.0, 1.0)
    share, square = worth / disposed, _Z * _Z
    middle = share + square / (2 * disposed)
    spread = _Z * sqrt(share * (1 - share) / disposed + square / (4 * disposed * disposed))
    whole = 1 + square / disposed
    return Precision(
        worth, disposed, max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
    )


def wait_before(tries: int) -> int | None:
    """Seconds until the next try after so many; None when it is given up."""
    return BACKOFF_SECONDS[tries - 1] if 0 < tries <= len(BACKOFF_SECONDS) else None
