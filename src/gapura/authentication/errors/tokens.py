"""What can go wrong with tokens for programs."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class NoSuchToken(Missing):
    """No service token of that id that still works."""

    what = N_("There is no working token with this number.")
    todo = N_("List the tokens to see their numbers.")


class BadToken(Problem):
    """A service token that cannot be issued so; `why` says what is wrong."""

    what = N_("The token cannot be issued: %(why)s.")
    todo = N_("Correct this and try again.")
