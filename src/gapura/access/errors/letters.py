"""What can be wrong with officers named in letters of the register, and with files of them."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class BadOfficer(FieldProblems):
    """Each field says why."""

    what = N_("This officer cannot be named like this.")
    todo = N_("Correct the fields below, then send it again.")


class Fault(Problem):
    """One of officers.FAULTS, for a form; `fault` is its code."""

    def __init__(self, fault: str, text: str) -> None:
        self.what = text
        super().__init__()
        self.fault = fault


class RolesMissing(Problem):
    """No role, or one that no letter can give."""

    what = N_("Choose at least one role that the letter gives.")
    todo = N_("Read in the letter for which roles officers are appointed.")


class NoSuchAppointment(Missing):
    """Not there, or not the actor's to see."""

    what = N_("We cannot find this appointment.")
    todo = N_("Check the address, or open the list of letters.")


class NoSuchImport(Missing):
    """Not there, or not the actor's to see."""

    what = N_("We cannot find this file of officers.")
    todo = N_("Open the letter and look at its files.")


class LetterNotOpen(Overtaken):
    """Officers are named only before a letter is checked."""

    what = N_("This letter was decided, so nobody can be added to it any more.")
    todo = N_("Enter a new letter for further officers.")


class NobodyNamed(Problem):
    """A letter without officers gives nothing."""

    what = N_("This letter names no officers yet.")
    todo = N_("Whoever entered it names them first.")


class OfficersChanged(Overtaken):
    """Somebody was named or taken off while the letter was being compared."""

    what = N_("This has changed in the meantime, so your action was not carried out.")
    todo = N_("Look at the list again, then confirm it.")


class ImportOpen(Overtaken):
    """One file of a letter at a time."""

    what = N_("A file of officers for this letter is being worked on.")
    todo = N_("Wait until it is taken over, or drop it first.")


class NotTaken(Problem):
    """The file is none we take; `fault` is a code of officers.FILE_FAULTS."""

    what = N_("The file was not taken.")
    todo = N_("Choose a CSV or XLSX file of at most %(limit)s MB.")


class LinesFaulty(Problem):
    """Some lines are faulty, and nobody said to leave them out; or none is sound."""

    what = N_("%(faulty)s of %(lines)s lines are faulty.")
    todo = N_("Correct the file and hand it in again, or choose to leave the faulty lines out.")


class TooLateToDecline(Overtaken):
    """The access works already."""

    what = N_("This access is active already, so it can no longer be declined.")
    todo = N_("Ask a verifier of your agency to end it.")
