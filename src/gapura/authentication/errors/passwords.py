"""What can go wrong with a password."""

from gapura.kernel.problems import Busy, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class HashingBusy(Busy):
    """The queue of the password hasher is full."""

    what = N_("Very many people are signing in right now, so your password could not be checked.")
    todo = N_("Wait %(seconds)s seconds and try again. Nothing was changed.")


class PasswordProblem(Problem):
    """One reason why a password is not accepted."""


class PasswordTooShort(PasswordProblem):
    """Fewer characters than the rule in force asks for, 12 by default."""

    what = N_("The password has %(length)s characters. It needs at least %(least)s.")
    todo = N_("Use a sentence of several words. Spaces are allowed.")


class PasswordTooLong(PasswordProblem):
    """More than 1024 characters."""

    what = N_("The password is too long: at most %(most)s characters.")
    todo = N_("Choose a shorter one.")


class PasswordCommon(PasswordProblem):
    """On the list of passwords that everybody tries first."""

    what = N_("This password is on the lists that attackers try first.")
    todo = N_("Choose something that only you would think of, for example four unrelated words.")


class PasswordGuessable(PasswordProblem):
    """Made of known words, dates, rows of keys or repeats only."""

    what = N_(
        "This password is easy to guess: it is made of well-known words, years, rows of keys "
        "or repeats."
    )
    todo = N_("Add words that have nothing to do with each other or with your work.")


class PasswordPersonal(PasswordProblem):
    """Made mostly of the person's own name, username, e-mail or agency."""

    what = N_("The password contains your own name, username, e-mail address or agency.")
    todo = N_("Choose words that others cannot find out about you.")


class PasswordLacksKinds(PasswordProblem):
    """Not of all four kinds of signs, where a dated rule asks for them (BSSN 4/2021 art. 27)."""

    what = N_("The password needs a capital letter, a small letter, a digit and another sign.")
    todo = N_("Add what is missing. A rule that holds for your account asks for it.")


class PasswordReused(PasswordProblem):
    """One of those that are remembered, five by default."""

    what = N_("You have used this password here before.")
    todo = N_("Choose a new one. The last %(count)s passwords cannot be used again.")


class WeakPassword(Problem):
    """A new password is not accepted; `problems` says every reason."""

    what = N_("This password cannot be used.")
    todo = N_("Choose another one.")

    def __init__(self, problems: tuple[PasswordProblem, ...]) -> None:
        super().__init__()
        self.problems = problems


class WrongPassword(Problem):
    """The present password, asked for again, is not right."""

    what = N_("Your present password is not right.")
    todo = N_("Check it and try again; capital letters and spaces count.")


class PasswordIsSet(Overtaken):
    """A first password was to be set where there is one."""

    what = N_("This account already has a password.")
    todo = N_("Sign in with it, or choose a new one with “Forgot password”.")


class NothingToReplace(Overtaken):
    """No new password is demanded (any more)."""

    what = N_("No new password is asked for. It may have been chosen in another window.")
    todo = N_("Go on with what you wanted to do.")


class NoPassword(Missing):
    """A new password is demanded of an account that has none, or that is not there."""

    what = N_("There is no such account with a password.")
    todo = N_("Check the name.")


class BadProfile(Problem):
    """A rule for passwords that cannot be put in force so; `why` says what is wrong."""

    what = N_("The rule cannot be put in force: %(why)s.")
    todo = N_("Correct this and try again.")
