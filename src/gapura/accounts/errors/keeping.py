"""What can be wrong when contacts are taken back, profiles confirmed and doubles decided."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class UndoOver(Missing):
    """Used, older than its hours, or never sent."""

    what = N_("This link no longer works.")
    todo = N_("Sign in and look at your account, or contact the administrator.")


class NothingToConfirm(Overtaken):
    """The profile was confirmed lately."""

    what = N_("Your profile was confirmed already.")
    todo = N_("You need not do anything. We ask again when it is time.")


class NoMoreLater(Problem):
    """It was put off as often as the rule allows."""

    status = 409
    what = N_("You have put this off as often as possible.")
    todo = N_("Look through your profile now: confirm it, or change what is no longer right.")


class NoSuchDuplicate(Missing):
    """Not there, or not this actor's to know."""

    what = N_("This pair of accounts does not exist, or you may not see it.")
    todo = N_("Check the address of the page, or go back to the list.")


class DuplicateDecided(Overtaken):
    """Somebody else was first."""

    what = N_("This pair of accounts has been decided in the meantime.")
    todo = N_("Open the page again to see how it stands now.")


class AnswerUnknown(Problem):
    """Neither yes nor no."""

    what = N_("Choose an answer.")
    todo = N_("Say whether the other account is yours, too.")
