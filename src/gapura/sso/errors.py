"""What can go wrong with clients, keys and consents, in words for people."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchClient(Missing):
    """Not there, or another agency's."""

    what = N_("This application does not exist, or it is not yours to look after.")
    todo = N_("Go back to the list of applications and open it from there.")


class ClientClosed(Overtaken):
    """A closed client stays closed: its tokens and settings are history."""

    what = N_("This application was closed, so it cannot be changed any more.")
    todo = N_("Register it again if it is still needed.")


class NoSecrets(Problem):
    """It proves itself otherwise: with keys of its own, or not at all."""

    what = N_("This application has no secret: it proves itself in another way.")
    todo = N_("Change how the application proves itself first, if it needs a secret.")


class TwoSecrets(Problem):
    """The older one still works; a third would leave nobody knowing which is in use."""

    what = N_("Two secrets of this application work already.")
    todo = N_("End the older one first, then make a new one.")


class NoSuchSecret(Missing):
    """Not there, or ended already."""

    what = N_("This secret does not exist, or it has ended.")
    todo = N_("Go back to the application and choose one of its secrets.")


class NoSuchInitialToken(Missing):
    """Not there, used up, revoked or over."""

    what = N_("This registration token does not exist, or it no longer works.")
    todo = N_("Ask the platform's administrators for a new one.")


class NoSuchKey(Missing):
    """Not there, or retired already."""

    what = N_("There is no such signing key, or it was retired.")
    todo = N_("List the keys and choose one of them.")


class StillSigning(Problem):
    """The key that signs now has to be replaced first."""

    what = N_("This key signs at this moment, so it cannot be retired.")
    todo = N_("Rotate first, then retire it.")


class NoSuchConsent(Missing):
    """Not there, withdrawn already, or another person's."""

    what = N_("You have not allowed this application anything, or you took it back already.")
    todo = N_("Go back to your applications to see how it stands now.")


class NoSuchDelivery(Missing):
    """Not there."""

    what = N_("This message does not exist.")
    todo = N_("Go back to the application and choose one of its messages.")


class NameLength(Problem):
    """Too short to be recognized on the consent page, or too long for it."""

    what = N_("The name needs between %(least)s and %(most)s characters.")
    todo = N_("Give the name under which people know the application.")


class TooManyContacts(Problem):
    """A few who answer are better than many who do not."""

    what = N_("There can be at most %(most)s contacts.")
    todo = N_("Leave out those who need not be told.")


class AgencyUnknown(Problem):
    """No agency has that code."""

    what = N_("There is no agency with the code %(code)s.")
    todo = N_("Check the code in the list of agencies.")


class UnknownRole(Problem):
    """No role has that code."""

    what = N_("There is no role with the code %(code)s.")
    todo = N_("Choose the roles from the list.")


class HalfALetter(Problem):
    """One without the other does not lead to a letter."""

    what = N_("The letter of permission needs both its number and its date.")
    todo = N_("Fill in both, or leave both empty.")


class FutureLetter(Problem):
    """Nothing is permitted by a letter of tomorrow."""

    what = N_("The date of the letter lies in the future.")
    todo = N_("Give the date on which the letter was signed.")


class BadReason(Problem):
    """Nobody could later understand why."""

    what = N_("The reason needs between %(least)s and %(most)s characters.")
    todo = N_("Write why you do it: it stands in the activity log.")


class BadOverlap(Problem):
    """Not one of the lengths that are offered."""

    what = N_("The old secret cannot go on working for that long.")
    todo = N_("Choose one of the lengths that are offered.")


class BadInitialToken(Problem):
    """A name, a life or a number of uses out of bounds."""

    what = N_("The registration token needs a name, 1 to %(days)s days and 1 to %(uses)s uses.")
    todo = N_("Correct it, then make it again.")


class NothingChanged(Problem):
    """It stands like this already."""

    what = N_("Nothing was changed: the application is registered like this already.")
    todo = N_("Change a value, then save again.")


class KeysPaused(Problem):
    """They were asked for a moment ago."""

    what = N_("The keys were fetched less than a minute ago.")
    todo = N_("Wait a minute, then fetch them again.")


class StillTrying(Overtaken):
    """It is tried again anyway, or it was taken."""

    what = N_("This message was not given up, so it need not be sent again.")
    todo = N_("Wait until it was taken or given up.")
