"""What can be wrong with the days of a grant."""

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_


class DaysImpossible(Problem):
    """The new last day lies before the first one, or after the letter's last."""

    status = 422
    what = N_(
        "The access cannot end on this day: its days run from its first day to the last day of "
        "its letter."
    )
    todo = N_("Choose a day in between. For later days a new letter is needed.")
