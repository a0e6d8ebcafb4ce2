"""What can go wrong with ratings, said for the page."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


class NoScore(Problem):
    """Something else than one to five."""

    what = N_("Choose one of the five answers.")
    todo = N_("Choose an answer for each question and send the form again.")


class RatingClosed(Overtaken):
    """The time in which a rating may be changed is over."""

    what = N_("This rating was given more than %(days)s days ago and stays as it is.")
    todo = N_("Write to the internal auditor (APIP) if it is wrong.")


class NoteTooLong(Problem):
    """A remark of more than a thousand letters."""

    what = N_("The remark has more than %(most)s letters.")
    todo = N_("Shorten it.")
