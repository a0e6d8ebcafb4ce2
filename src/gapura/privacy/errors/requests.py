"""What can go wrong with requests about one's own data."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchRequest(Missing):
    """Not there, or not for this actor."""

    what = N_("This request about personal data does not exist, or it is not yours to see.")
    todo = N_("Check the address, or go back to the list.")


class NoSuchCopy(Missing):
    """Not there, another person's, not made yet, or deleted."""

    what = N_("This copy does not exist, or it has been deleted.")
    todo = N_("Ask for a new copy of your data.")


class RequestOpen(Problem):
    """One of its kind is being answered already."""

    status = 409
    what = N_("Your request %(reference)s about this is still open.")
    todo = N_("Wait for its answer, or withdraw it and ask anew.")


class RequestDecided(Overtaken):
    """Somebody was first."""

    what = N_("This request has been answered or withdrawn in the meantime.")
    todo = N_("Open the list again to see what is still open.")


class BadText(Problem):
    """Too short to act on, or too long to read."""

    what = N_("The text has %(given)s characters. It needs between %(least)s and %(most)s.")
    todo = N_("Say what should change and why.")


class UnknownField(Problem):
    """The form was changed on its way."""

    what = N_("Choose what your question is about.")
    todo = N_("Pick one of the options in the list.")


class WantedMissing(Problem):
    """A correction needs to say what would be right."""

    what = N_("Say what would be right.")
    todo = N_("Write the value as it should be, in up to %(most)s characters.")


class NotRestricted(Problem):
    """There is nothing to lift."""

    status = 409
    what = N_("The processing of your data is not restricted.")
    todo = N_("There is nothing to do.")


class NoSuchHolding(Missing):
    """The address names no kind of data."""

    what = N_("There is no such kind of data.")
    todo = N_("Choose one from the list.")
