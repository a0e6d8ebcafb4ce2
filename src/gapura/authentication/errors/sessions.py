"""What can go wrong with a sign-in and its sessions; nothing tells whether an account exists."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class WrongCredentials(Problem):
    """Unknown name, wrong password, or an account that may not sign in: one answer for all."""

    what = N_("The username or password is not right.")
    todo = N_(
        "Check both and try again; capital letters and spaces count in a password. After several "
        "wrong tries, wait a few minutes or choose a new password with “Forgot password”."
    )


class FlowOver(Overtaken):
    """The session is not in the step that was asked for, or too much time has passed."""

    what = N_("This sign-in was started too long ago or was finished in another window.")
    todo = N_("Start again from the sign-in page.")


class MethodNotOffered(Problem):
    """A method that this person has not enrolled."""

    what = N_("This way of confirming is not set up for your account.")
    todo = N_("Choose one of the ways shown on the page.")


class NoSuchGrant(Missing):
    """Not one of the person's active grants."""

    what = N_("You do not have this role, or it has ended.")
    todo = N_("Choose one of the roles that are shown.")


class NoSuchSession(Missing):
    """Ended before, or another person's."""

    what = N_("This sign-in has already ended.")
    todo = N_("Open the page again to see which ones are left.")
