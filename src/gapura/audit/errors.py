"""What can go wrong with the log: mistakes of a caller, and what a person is told."""

from gapura.kernel.problems import Busy, FieldProblems, Missing, Problem
from gapura.kernel.texts import N_


class BadRecord(ValueError):
    """A caller's mistake: a fact is missing, undeclared, too large or not canonical."""


class NotInTransaction(RuntimeError):
    """A caller's mistake: an event that goes with a change was recorded outside its transaction."""


class NoSuchEntry(Missing):
    """Not there, or not for this actor."""

    what = N_("This log entry does not exist, or it is not yours to read.")
    todo = N_("Go back to the activity log and open the entry from there.")


class TooBusy(Busy):
    """The database took longer than a question of the public may take."""

    what = N_("The log is busy and did not answer in time. Nothing was checked.")
    todo = N_("Wait a moment, then try again.")


class BadLogFilter(Problem):
    """A filter that cannot be read as what it should be."""

    what = N_("The filter “%(field)s” holds something that cannot be searched for.")
    todo = N_("Correct the filter or clear it, then search again.")


class NoSuchTimeline(Missing):
    """The log tells this actor nothing about it."""

    what = N_("The log holds nothing about this that is yours to read.")
    todo = N_("Go back to the activity log and search there.")


class NoSuchView(Missing):
    """Deleted, or somebody else's."""

    what = N_("This kept search does not exist, or it is not yours.")
    todo = N_("Go back to the activity log.")


class ViewNameMissing(Problem):
    """Nothing to find it again by."""

    what = N_("A kept search needs a name of at most %(limit)s characters.")
    todo = N_("Type a short name.")


class ViewNameTaken(Problem):
    """Two of one name cannot be told apart."""

    what = N_("You already keep a search under this name.")
    todo = N_("Choose another name, or delete the old one first.")


class TooManyViews(Problem):
    """More could not be found again."""

    what = N_("You already keep %(limit)s searches.")
    todo = N_("Delete one that you no longer need.")


class BadView(FieldProblems):
    """What is wrong with a search to keep, by field."""


class NoSuchExport(Missing):
    """Somebody else's, or of another role."""

    what = N_("This file does not exist, or it is not yours.")
    todo = N_("Go back to the activity log and save the entries again.")


class TooManyRows(Problem):
    """More than one file may hold."""

    what = N_("Your search finds more than %(limit)s entries, which is the most for one file.")
    todo = N_("Choose a shorter time or another filter, and save the rest in a second file.")


class NothingToExport(Problem):
    """No file without entries."""

    what = N_("Your search finds no entry, so there is nothing to save.")
    todo = N_("Take a filter away, or choose a longer time.")


class ExportOpen(Problem):
    """One at a time."""

    what = N_("Another file of yours is still being made.")
    todo = N_("Wait until it is ready, then ask for the next one.")


class ReasonMissing(Problem):
    """Who takes other people's data along says what for."""

    what = N_("Say in %(least)s to %(limit)s characters what you need the entries for.")
    todo = N_("The reason is recorded in the log, next to your name.")


class BadExport(FieldProblems):
    """What is wrong with the order of a file, by field."""


class NoSuchAssignment(Missing):
    """Not in force, or another auditor's."""

    what = N_("This assignment does not exist, or it is not in force for you.")
    todo = N_("Ask the administrator of your agency which assignment is registered for you.")


class NoSuchPlace(Problem):
    """A code that names nothing where it was looked for."""

    what = N_("Nothing here has the code %(code)s.")
    todo = N_("Correct the code. Those of agencies and units stand on their pages.")


class BadAssignment(FieldProblems):
    """What is wrong with an assignment, by field."""


class BadMonth(Problem):
    """A month that cannot be archived or restored as asked."""

    what = N_("The log of %(month)s cannot be moved: %(why)s.")
    todo = N_("Nothing was taken out of the database. Mend the cause, then try again.")


class BadArchive(Problem):
    """Files that are not what this log wrote."""

    what = N_("The archive in %(folder)s is refused: %(why)s.")
    todo = N_("Nothing was changed in the database. Fetch an untouched copy of the archive.")


class BadAuditRule(Problem):
    """A rule of keeping that cannot be put in force."""

    what = N_("This rule of keeping cannot be put in force: %(why)s.")
    todo = N_("Correct it and try again.")


class ClockAstray(Problem):
    """What cannot be undone is not done by a clock that something contradicts."""

    what = N_("Nothing was erased from the log: %(why)s.")
    todo = N_("Compare the clocks of server, database and witnesses. It is tried again each night.")


class BundleThere(Problem):
    """Nothing is ever written over."""

    what = N_("There is something at %(path)s already.")
    todo = N_("Name a folder that is not there yet, or an empty one.")


class BundleUnwritable(Problem):
    """The disk is full, or the place is not ours to write to."""

    what = N_("The bundle could not be written to %(path)s: %(reason)s.")
    todo = N_("Nothing was left behind. Make room or choose another place, then try again.")


class NumbersMissing(Problem):
    """Blank lines for all of them would fill the disk."""

    what = N_("More than %(most)s numbers are missing from the log.")
    todo = N_("Run `gapura audit verify` without a folder: it names what is missing.")


class BadReceipt(FieldProblems):
    """What was typed or handed in is no receipt; the field is `receipt`, `root` or `file`."""

    what = N_("This is not a receipt of the activity log.")
    todo = N_("Correct the fields that are marked.")


class LogBroken(Exception):
    """The stored tree contradicts a checkpoint already signed; nothing more will be signed."""
