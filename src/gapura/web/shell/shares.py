"""Shares of orders and means of ratings, in words: counts always, percents where they say much."""

from django.utils.translation import gettext as _

from gapura.evaluations.queries import Performance, Share
from gapura.kernel.texts import N_

NOTHING = "\u2013"
MEASURES = {
    "late": N_("Late"),
    "mismatched": N_("Not as ordered"),
    "cancelled": N_("Cancelled"),
    "score": N_("Rating"),
}


def told_share(share: Share) -> str:
    """`2 of 8 (25 %)`, or only the counts of too few."""
    counts = _("%(count)s of %(of)s") % {"count": share.count, "of": share.of}
    return counts if share.share is None else f"{counts} ({percent(share.share)})"


def told_interval(share: Share) -> str:
    """`7 to 59 %`, empty where there are too few."""
    if share.low is None or share.high is None:
        return ""
    values = {"low": round(100 * share.low), "high": percent(share.high)}
    return _("%(low)s to %(high)s") % values


def told_score(row: Performance) -> str:
    """`4,25 of 5 (6)`; only how many where there are too few, a dash for none."""
    given = row.ratings
    if given.score is None:
        return f"({given.count})" if given.count else NOTHING
    return f"{str(given.score).replace('.', ',')} ({given.count})"


def percent(share: float) -> str:
    """Whole percents."""
    return f"{round(100 * share)} %"
