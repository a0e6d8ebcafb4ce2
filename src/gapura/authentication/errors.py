"""What can go wrong at sign-in, in words for people; none tells whether an account exists."""

from gapura.kernel.problems import Busy, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class HashingBusy(Busy):
    """The queue of the password hasher is full."""

    what = N_("Very many people are signing in right now, so your password could not be checked.")
    todo = N_("Wait %(seconds)s seconds and try again. Nothing was changed.")


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


class WrongCode(Problem):
    """The digits do not fit. `left` tries remain for this code."""

    what = N_("The code is not right.")
    todo = N_(
        "Use the code in the newest mail, in the same browser that asked for it. "
        "Tries left: %(left)s."
    )


class CodeUsed(Problem):
    """The code was accepted before."""

    what = N_("This code has already been used. A code works only once.")
    todo = N_("Ask for a new code.")


class CodeExpired(Problem):
    """Older than ten minutes."""

    what = N_("This code has expired. A code works for 10 minutes.")
    todo = N_("Ask for a new code.")


class CodeDead(Problem):
    """Five wrong tries."""

    what = N_("This code was entered wrongly five times and no longer works.")
    todo = N_("Ask for a new code.")


class CodeReplaced(Problem):
    """An older mail's code, typed after a newer one was sent."""

    what = N_("This code was replaced by a newer one.")
    todo = N_("Use the code in the newest mail. Tries left: %(left)s.")


class NoCodeHere(Problem):
    """No code was asked for in this session."""

    what = N_("No code was asked for in this browser. A code works only in the browser that asked.")
    todo = N_("Ask for a new code here, or go on in the browser where you started.")


class WrongAppCode(Problem):
    """Not a code of the enrolled authenticator app, now or one step before or after."""

    what = N_("The code from the authenticator app is not right.")
    todo = N_(
        "Type the six digits the app shows now. If it keeps failing, set the clock of your phone "
        "to automatic."
    )


class AppCodeUsed(Problem):
    """A code of a time step that was already accepted, or of an earlier one."""

    what = N_("This code from the authenticator app has already been used.")
    todo = N_("Wait until the app shows the next code, then type that one.")


class WrongRecoveryCode(Problem):
    """Not one of the person's backup codes."""

    what = N_("The backup code is not right.")
    todo = N_("Type one of your backup codes, for example ABCD-2345. Each works only once.")


class RecoveryCodeUsed(Problem):
    """A backup code that was used before."""

    what = N_("This backup code has already been used.")
    todo = N_("Type another of your backup codes. Each works only once.")


class NothingToConfirm(Overtaken):
    """No authenticator app is waiting to be confirmed."""

    what = N_("There is no authenticator app waiting to be confirmed.")
    todo = N_("Start adding the app again; you get a new key.")


class NoSuchGrant(Missing):
    """Not one of the person's active grants."""

    what = N_("You do not have this role, or it has ended.")
    todo = N_("Choose one of the roles that are shown.")


class NoSuchSession(Missing):
    """Ended before, or another person's."""

    what = N_("This sign-in has already ended.")
    todo = N_("Open the page again to see which ones are left.")


class PasswordProblem(Problem):
    """One reason why a password is not accepted."""


class PasswordTooShort(PasswordProblem):
    """Fewer than 12 characters."""

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


class PasswordReused(PasswordProblem):
    """One of the last five."""

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


class DeedUsed(Overtaken):
    """The confirmation was carried out before: a form sent twice."""

    what = N_("This confirmation has already been used. A code confirms one deed, once.")
    todo = N_("Open the page again: it shows what was done. For another deed, type a new code.")


class DeedOver(Overtaken):
    """Older than five minutes."""

    what = N_("This confirmation is more than %(minutes)s minutes old, so nothing was done.")
    todo = N_("Open the page again and type a new code.")


class DeedMismatch(Overtaken):
    """Confirmed for other bytes, for another deed, in another browser or by somebody else."""

    what = N_("The code was typed for another document than the one to be confirmed now.")
    todo = N_("Open the page again, read the document, and type a new code. Nothing was done.")


class NoSuchToken(Missing):
    """No service token of that id that still works."""

    what = N_("There is no working token with this number.")
    todo = N_("List the tokens to see their numbers.")


class BadToken(Problem):
    """A service token that cannot be issued so; `why` says what is wrong."""

    what = N_("The token cannot be issued: %(why)s.")
    todo = N_("Correct this and try again.")
