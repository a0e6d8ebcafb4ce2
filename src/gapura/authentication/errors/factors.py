"""What can go wrong with the authenticator app and the backup codes."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


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
