"""What can go wrong when a deed is confirmed."""

from gapura.kernel.problems import Overtaken
from gapura.kernel.texts import N_


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
