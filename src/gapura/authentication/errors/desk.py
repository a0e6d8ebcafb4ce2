"""What can go wrong at the security desk."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken
from gapura.kernel.texts import N_


class NoSuchSuspicion(Missing):
    """Not there, another agency's, or about oneself."""


class NoSuchLock(Missing):
    """Not there, another agency's, or one's own."""


class BadDecision(FieldProblems):
    """What is missing in a decision, by field: the act, the reason."""


class LiftAsked(Overtaken):
    """Somebody asked for it before, or it was decided already."""

    what = N_("Somebody else has been here before, so your action was not carried out.")
    todo = N_("Open the page again to see how it stands now.")
