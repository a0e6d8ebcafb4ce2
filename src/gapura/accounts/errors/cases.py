"""Why an identity document is not taken or not decided on."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchCase(Missing):
    """Not there, or not this actor's to see."""

    what = N_("This identity document is not here, or you may not see it.")
    todo = N_("Go back to the list of identities to check.")


class NoDocumentNeeded(Overtaken):
    """The registry has confirmed the person, or the identity is verified."""

    what = N_("Your identity needs no document at the moment.")
    todo = N_("You need to do nothing. We keep no document that nobody needs.")


class DocumentWaits(Overtaken):
    """One at a time."""

    what = N_("A document of yours is being checked already.")
    todo = N_("Wait for the answer, or withdraw the document and send another one.")


class DocumentUnknown(Problem):
    """None of the kinds."""

    what = N_("Choose which document it is.")
    todo = N_("Choose identity card, certificate or passport.")


class CaseDecided(Overtaken):
    """Somebody was first."""

    what = N_("This identity document has been decided on or withdrawn already.")
    todo = N_("Go back to the list. The person was told.")


class CaseClaimed(Overtaken):
    """Somebody else is checking it."""

    what = N_("%(name)s is checking this identity document.")
    todo = N_("After %(minutes)s minutes without a decision you can take it over.")


class CaseDecision(FieldProblems):
    """Something is missing in a decision, by field of the form."""


class NikDiffers(Problem):
    """What the checker read in the document is not what the person entered."""

    what = N_("This is not the NIK that was entered here.")
    todo = N_("Read it again. If the document has another one, ask for a correction of the NIK.")
