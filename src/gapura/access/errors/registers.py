"""What can go wrong with the register of decisions and with kept filters."""

from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.kernel.texts import N_


class NoSuchRegister(Missing):
    """Another agency's or unit's, or of none that there is: they look the same."""


class RegisterTooLarge(Problem):
    """More requests than one file holds."""

    what = N_("The register of this month has %(rows)s requests. One such file holds %(most)s.")
    todo = N_("Choose one unit or one role, or take the other kind of file.")


class NoSuchFilter(Missing):
    """Deleted, or somebody else's: the two look the same."""


class BadFilter(FieldProblems):
    """A filter that cannot be kept."""


class FilterNameMissing(Problem):
    """No name, or one that is too long."""

    what = N_("A filter needs a name of at most %(limit)s characters.")
    todo = N_("Type a short name, such as “Late PPK”.")


class FilterNameTaken(Problem):
    """The person keeps another one under this name."""

    what = N_("You keep another filter under this name.")
    todo = N_("Choose another name, or delete the other filter first.")


class TooManyFilters(Problem):
    """The shelf is full."""

    what = N_("You keep %(limit)s filters already. More would be hard to find again.")
    todo = N_("Delete one that you no longer need.")
