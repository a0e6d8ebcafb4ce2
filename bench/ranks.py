"""The Mann-Whitney test: could two rows of figures be one?"""

import math
from collections import Counter
from collections.abc import Sequence


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> float:
    """How likely ranks at least this far apart are when nothing tells the two apart (two-sided p).

    By the normal distribution, with the corrections for ties and for continuity: right from some
    twenty figures a side on.

    :raises ValueError: for an empty side.
    """
    if not first or not second:
        raise ValueError("both sides need figures")
    many, others = len(first), len(second)
    counts = Counter([*first, *second])
    ranks, below = {}, 0
    for value in sorted(counts):
        ranks[value] = below + (counts[value] + 1) / 2
        below += counts[value]
    wins = sum(ranks[value] for value in first) - many * (many + 1) / 2
    ties = sum(n**3 - n for n in counts.values()) / (below * (below - 1))
    spread = math.sqrt(many * others / 12 * (below + 1 - ties))
    if spread == 0:
        return 1.0
    away = max(0.0, abs(wins - many * others / 2) - 0.5)
    return math.erfc(away / spread / math.sqrt(2))
