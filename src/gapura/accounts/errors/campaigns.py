"""Why a campaign of verifying again cannot be made or run so."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchCampaign(Missing):
    """Not there, or not this actor's to see."""

    what = N_("This campaign is not here, or you may not see it.")
    todo = N_("Go back to the list of campaigns.")


class CampaignOver(Overtaken):
    """Started, canceled or ended meanwhile."""

    what = N_("This campaign has changed in the meantime, so nothing was done.")
    todo = N_("Open the page again to see how it stands now. A campaign begins only once.")


class CampaignDetails(FieldProblems):
    """Some fields of the form."""


class NobodyConcerned(Problem):
    """The list would be empty."""

    status = 409
    what = N_("This campaign concerns nobody, so it was not begun.")
    todo = N_("Make another one with other people, and cancel this one.")


class NothingToVerify(Overtaken):
    """No campaign waits for this person."""

    what = N_("Nothing waits for you: your account does not have to be verified again.")
    todo = N_("You need to do nothing.")
