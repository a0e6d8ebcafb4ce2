"""What can be wrong with a branch, with a paper's days, or with asking the authorities again."""

from gapura.kernel.problems import Busy, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class AskedLately(Busy):
    """The company had its turn."""

    what = N_("The authorities were asked about your company a short while ago.")
    todo = N_("Try again after %(minutes)s minutes. They are also asked every night.")


class NoSuchBranch(Missing):
    """Not there, closed, or another company's."""

    what = N_("This branch is not in the list.")
    todo = N_("Go back to your company's branches.")


class BranchNumberWrong(Problem):
    """Not a NITKU of this company."""

    what = N_("A branch number (NITKU) has 22 digits and begins with your company's tax number.")
    todo = N_("Copy it from the tax office's list, or enter only its last six digits.")


class BranchThere(Overtaken):
    """The number is in use on some of these days."""

    what = N_("A branch with this number is in the list already on some of these days.")
    todo = N_("Open that branch, or check the number and the first day.")


class BranchNameWrong(Problem):
    """No usable name."""

    what = N_("A branch has a name of %(least)s to %(most)s characters.")
    todo = N_("For example: Cabang Surabaya.")


class RegionUnknown(Problem):
    """Not in the list of regions."""

    what = N_("This regency or city is not in the list.")
    todo = N_("Choose one from the list.")


class DayUnfit(Problem):
    """Before the branch began, or more than ten years off."""

    what = N_("This day does not fit.")
    todo = N_("Check the year. The last day cannot come before the first one.")


class PaperEnded(Problem):
    """Its last day is past."""

    what = N_("By this date the document no longer counts.")
    todo = N_("Add the present one, or check the date.")


class PaperNumberLong(Problem):
    """More than 100 characters, or letters nobody sees."""

    what = N_("The number of a document has at most 100 characters.")
    todo = N_("Copy it from the document, or leave it empty.")
