"""Refusals about erasing, as sentences."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class ErasureObstructed(Problem):
    """A law ties the person to running work; `obstacles` say which."""

    status = 409
    what = N_("You cannot be erased yet.")
    todo = N_("Read the reasons below. Each one says what has to be done first, and by whom.")


class ErasureOpen(Problem):
    """It is asked for already, or done."""

    status = 409
    what = N_("You have asked for this already.")
    todo = N_("Open the page again to see how it stands.")


class NoSuchErasure(Missing):
    """Unknown, over, or a link that works no more."""

    what = N_("There is no such erasure, or its link has ended.")
    todo = N_("Use the link of the newest mail, or sign in and look at the page of your data.")
