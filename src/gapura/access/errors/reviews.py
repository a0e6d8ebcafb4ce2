"""What can go wrong with access reviews."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchReview(Missing):
    """Another agency's, or none that there is: they look the same."""


class BadReview(FieldProblems):
    """A review that cannot be opened or given more time like this."""


class ReviewRuns(Overtaken):
    """The agency's review is open already: two administrators, or two clicks."""

    what = N_("An access review of this agency is open already.")
    todo = N_("Go on with the one that is open. A new one can begin when it is over.")


class ReviewOver(Overtaken):
    """It was closed or broken off."""

    what = N_("This access review is over. Nothing was changed.")
    todo = N_("Open the page again to see how it ended.")


class NothingToReview(Problem):
    """Nobody holds anything there."""

    what = N_("Nobody holds an access there that could be reviewed.")
    todo = N_("Choose another agency.")


class LinesAnswered(Overtaken):
    """Somebody else was first."""

    what = N_("Somebody else has answered this already, so your answer was not taken.")
    todo = N_("Open the page again to see who answered, and how.")


class NothingChosen(Problem):
    """No line, or more than one page of them."""

    what = N_("Choose at least one access, and at most %(most)s at a time.")
    todo = N_("Tick the accesses that you know to be right.")


class RemovalReasonMissing(Problem):
    """No reason, or one nobody can understand."""

    what = N_("Ending an access needs a reason of 10 to 300 characters.")
    todo = N_("Write what has changed. The person reads it.")


class RemovalKindMissing(Problem):
    """None of the list."""

    what = N_("Choose why the access ends.")
    todo = N_("If none fits, choose “Another reason” and describe it.")


class ReviewReasonMissing(Problem):
    """Everybody who is asked to answer reads why."""

    what = N_("An access review needs a reason of 10 to 300 characters.")
    todo = N_("Write why it is done now, such as “Yearly review 2026”.")


class ReviewDayImpossible(Problem):
    """Too soon for anybody to answer, or too late to matter."""

    what = N_("The last day must be %(first)s at the earliest and %(last)s at the latest.")
    todo = N_("Choose a day in between.")


class OverdueMissing(Problem):
    """None of the three."""

    what = N_("Choose what happens to what nobody answers.")
    todo = N_("If in doubt, let it stay and be reported.")


class ReviewTooLarge(Problem):
    """More lines than a PDF holds."""

    what = N_("Accesses in this review: %(rows)s. A PDF holds %(most)s.")
    todo = N_("Take the CSV file, which holds all of them.")
