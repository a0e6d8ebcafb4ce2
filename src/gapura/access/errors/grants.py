"""What can be wrong with the days of a grant."""

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_


class DaysImpossible(Problem):
    """The new last day lies in the past, before the first one, or after what was checked."""

    status = 422
    what = N_(
        "The access cannot end on this day: it ends today at the earliest, and at the latest on "
        "the last day that was checked for it."
    )
    todo = N_(
        "Choose a day in between. To end the access at once, revoke it. For later days a new "
        "letter is needed."
    )
