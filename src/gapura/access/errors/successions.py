"""What can go wrong when a new head takes a company over."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class SuccessionOpen(Overtaken):
    """One at a time a company."""

    what = N_("Somebody is taking this company over already.")
    todo = N_("Wait until that has ended. Whoever belongs to the company can object to it.")


class SuccessionNotNeeded(Problem):
    """The person administers it already."""

    what = N_("You administer this company already, so there is nothing to take over.")
    todo = N_("Go to the people of the company.")


class NotNamedByRegistry(Problem):
    """OSS names somebody else, or nobody."""

    status = 422
    what = N_("OSS does not name you as the one who is responsible for this business number.")
    todo = N_(
        "Have the change entered at OSS (oss.go.id) first, then come back. Whoever acts by power "
        "of attorney asks the company's administrator to be admitted."
    )


class NoSuchSuccession(Missing):
    """Not there, or none of the reader's."""

    what = N_("We cannot find this takeover of a company.")
    todo = N_("Go back to the page of your company.")


class SuccessionCooling(Problem):
    """The people of the company can still object."""

    status = 409
    what = N_("The people of the company can still object, so it is too early to take over.")
    todo = N_("Come back when that time is over. The page of the takeover says when.")


class SuccessionOver(Problem):
    """Nobody took over in time, or the time to object is over."""

    status = 409
    what = N_("The time for this is over.")
    todo = N_("Open the page of the takeover to see what can be done now.")


class DeedMissing(Problem):
    """No usable number or day of a deed."""

    status = 422
    what = N_("The deed needs its number (1 to 60 characters) and a day that is not in the future.")
    todo = N_("Copy both from the deed of the last change.")
