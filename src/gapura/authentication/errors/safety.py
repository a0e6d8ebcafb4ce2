"""What can go wrong around a locked account; told to nobody who has not proved to be the owner."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class TurnedAway(Problem):
    """Password and second factor were right, and the account is locked or suspended.

    `why` is a code of `rules.LOCKS`, `suspended` or `closed`; `token` the new value of the session
    cookie with which the page that explains it can be opened.
    """

    status = 403
    what = N_("You cannot sign in to this account now.")
    todo = N_("Contact the administrator.")

    def __init__(self, why: str, token: str) -> None:
        self.why, self.token = why, token
        super().__init__()


class DisavowalOver(Missing):
    """A link "this was not me" that was used, is older than ten days, or was never sent."""

    what = N_("This link has been used already, or it is older than ten days.")
    todo = N_("Sign in and look at your security page, or contact the administrator.")


class NoKeptForm(Missing):
    """Continued or thrown away before, older than a day, or another person's."""

    what = N_("This form is no longer kept.")
    todo = N_("Open the page again and fill it in.")


class NotLocked(Problem):
    """There is no lock to lift."""

    what = N_("This account is not locked.")
    todo = N_("Open the page again to see how it stands.")
