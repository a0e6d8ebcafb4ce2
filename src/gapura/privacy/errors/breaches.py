"""Refusals about breaches, as sentences."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class NoSuchBreach(Missing):
    """Unknown, or closed."""

    what = N_("There is no such breach in the register.")
    todo = N_("Go back to the register.")


class NobodyFound(Problem):
    """A search that can find nobody: an unknown application, sign-in, class or event."""

    what = N_("There is no such application, sign-in, class of data or kind of entry.")
    todo = N_("Check what you typed.")


class NobodyToTell(Problem):
    """The list is empty, or all have been told."""

    status = 409
    what = N_("There is nobody on the list who has not been told.")
    todo = N_("Find the people whom it concerns first.")


class NotAllTold(Problem):
    """Closing needs the notice to people and authority, or a reason why none is due."""

    status = 409
    what = N_("The people and the authority have not been told yet.")
    todo = N_("Tell them first (UU 27/2022 Pasal 46).")
