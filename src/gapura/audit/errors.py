"""What can go wrong with the log: mistakes of a caller, and what a person is told."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class BadRecord(ValueError):
    """A caller's mistake: a fact is missing, undeclared, too large or not canonical."""


class NotInTransaction(RuntimeError):
    """A caller's mistake: an event that goes with a change was recorded outside its transaction."""


class NoSuchEntry(Missing):
    """Not there, or not for this actor."""

    what = N_("This log entry does not exist, or it is not yours to read.")
    todo = N_("Go back to the activity log and open the entry from there.")


class BadLogFilter(Problem):
    """A filter that cannot be read as what it should be."""

    what = N_("The filter “%(field)s” holds something that cannot be searched for.")
    todo = N_("Correct the filter or clear it, then search again.")


class LogBroken(Exception):
    """The stored tree contradicts a checkpoint already signed; nothing more will be signed."""
