"""What can go wrong with alerts, their rules and webhooks, in words for people."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchAlert(Missing):
    """Not there, another agency's, or about the one who asks."""

    what = N_("This alert does not exist, or it is not yours to read.")
    todo = N_("Go back to the list of alerts and open it from there.")


class AnotherIsOpen(Overtaken):
    """The newer one goes on; two about the same would be answered twice."""

    what = N_("A newer alert about the same subject is open.")
    todo = N_("Go on with that one. You find it in the list of alerts.")


class NoSuchRule(Missing):
    """No rule has that name."""

    what = N_("There is no such alert rule.")
    todo = N_("Go back to the list of rules and choose one.")


class NoSuchWebhook(Missing):
    """Not there, or closed."""

    what = N_("This webhook does not exist, or it was closed.")
    todo = N_("Go back to the list of webhooks.")


class NoSuchDelivery(Missing):
    """Not there."""

    what = N_("This message does not exist.")
    todo = N_("Go back to the webhook and choose one of its messages.")


class BadReason(Problem):
    """Nobody could later understand why."""

    what = N_("The reason needs between %(least)s and %(most)s characters.")
    todo = N_("Write what you saw and why you decided so.")


class BadParameter(Problem):
    """Outside of what the rule can work with."""

    what = N_("Give a whole number from %(least)s to %(most)s.")
    todo = N_("Correct the number, then save again.")


class BadScope(Problem):
    """No agency has that code."""

    what = N_("There is no agency with this code.")
    todo = N_("Leave the field empty for all agencies, or give the code of one.")


class NobodyTold(Problem):
    """A rule that tells nobody is one that is switched off."""

    what = N_("Choose at least one role that is told.")
    todo = N_("To tell nobody, switch the rule off.")


class NothingChanged(Problem):
    """The rule stands like this already."""

    what = N_("Nothing was changed: the rule is set like this already.")
    todo = N_("Change a value, then save again.")


class NameLength(Problem):
    """Too short to be recognized, or too long for a list."""

    what = N_("The name needs between %(least)s and %(most)s characters.")
    todo = N_("Give a name by which you will know this webhook later.")


class TooManyWebhooks(Problem):
    """Every alert goes to each of them."""

    what = N_("There are %(most)s webhooks already.")
    todo = N_("Close one that is not needed any more, then register this one.")


class StillOpen(Overtaken):
    """It is tried anyway."""

    what = N_("This message has not been given up: it is being tried again by itself.")
    todo = N_("Wait until it was taken or given up.")


class NoSuchPlace(Missing):
    """An agency or a group of agencies that is not there, or not this actor's to look at."""

    what = N_("There are no figures of such an agency for you.")
    todo = N_("Go back to the figures and choose from there.")


class NoSuchMonth(Missing):
    """No month, one that is not over yet, or one before there was anything."""

    what = N_("There is no report of this month.")
    todo = N_("Go back to the monthly reports and choose one of the list.")
