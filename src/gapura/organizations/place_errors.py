"""What can be wrong with a change of a unit or an agency, or with confirming one."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


class DayPast(Problem):
    """A day before today."""

    what = N_("A change counts from today on, or from a later day.")
    todo = N_("Enter today or a later day.")


class DayFar(Problem):
    """More than two years ahead."""

    what = N_("This day is too far ahead.")
    todo = N_("Enter a day within the next two years.")


class DeedMissing(Problem):
    """No usable number of what orders the change."""

    what = N_("Enter the regulation or decision that orders it, %(least)s to %(most)s characters.")
    todo = N_("For example: Perbup 12/2026 art. 3.")


class NameUnfit(Problem):
    """Too short, too long, or with letters nobody sees."""

    what = N_("A name has %(least)s to %(most)s characters.")
    todo = N_("Copy it from the regulation.")


class NameSame(Problem):
    """Nothing would change."""

    what = N_("It is called so already.")
    todo = N_("Enter the new name.")


class ParentSame(Problem):
    """Nothing would change."""

    what = N_("It has this place in the tree already.")
    todo = N_("Choose another unit, or leave it where it is.")


class WouldLoop(Problem):
    """A unit would lie below itself."""

    what = N_("A unit cannot lie below itself or below one of its own parts.")
    todo = N_("Choose a unit outside of it.")


class TreeTooDeep(Problem):
    """More levels than the tree of units holds."""

    what = N_("The tree of units would get too deep.")
    todo = N_("Choose a unit further up.")


class PartsOpen(Problem):
    """Units below it go on."""

    what = N_("Units that go on lie below this one: %(names)s.")
    todo = N_("Close, merge or move them first.")


class AwaitsUnits(Problem):
    """Another unit is to be merged into it."""

    what = N_("%(name)s is to be merged into this unit.")
    todo = N_("Cancel that first, or choose another unit for it.")


class SuccessorUnfit(Problem):
    """Closed, to be closed, of another agency, or the unit itself."""

    what = N_("This unit cannot take it over.")
    todo = N_("Choose another open unit of the same agency that is not to be closed.")


class ChangeWaits(Overtaken):
    """One of the kind is decided and waits for its day, or the place ends anyway."""

    what = N_("A change of this kind is decided already.")
    todo = N_("Open the page again. A change whose day has not come can be canceled.")


class HeadMissing(Problem):
    """No usable name or position."""

    what = N_("Enter the name and the position of whoever leads the unit.")
    todo = N_("While nobody does, enter who stands in, for example Plt. Kepala Dinas.")


class TaxNumberWrong(Problem):
    """No tax number."""

    what = N_("A tax number (NPWP) has 16 digits, or 15 in its old form.")
    todo = N_("Copy it from the unit's tax card.")
