"""What can go wrong with a code by e-mail."""

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_


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
