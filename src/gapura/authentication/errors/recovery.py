"""What can go wrong on the way back to an account."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchRecovery(Missing):
    """Not there, or another agency's."""


class BadVouch(FieldProblems):
    """What is missing before anybody can vouch, by field."""


class RegistrySilent(Problem):
    """Without the civil registry's word the helpdesk vouches for nobody."""

    what = N_("The civil registry does not answer now, so the identity cannot be proven.")
    todo = N_("Nothing was recorded. Try again later.")
    status = 503


class WrongSlip(Problem):
    """The code on the slip is not right."""

    what = N_("The code on the slip is not right.")
    todo = N_("Compare it sign by sign. You have %(left)s more tries.")


class SlipDead(Problem):
    """Five wrong codes: this way back is over."""

    what = N_("The code of the slip was wrong five times. For safety this way back was stopped.")
    todo = N_("Ask for help once more, and go to the person who helped you for a new slip.")


class NotReady(Problem):
    """The wait is not over."""

    what = N_("It is too early. For safety a way back opens only after a wait.")
    todo = N_("Come back at the time that we told you by e-mail.")


class RoleNeedsTwo(Problem):
    """Only the mailbox of an account with a role was proven."""

    what = N_("Your account has a role, so your mailbox alone cannot bring a new password.")
    todo = N_("Choose “I lost everything”: two people make sure that it is you.")


class HelpersFell(Overtaken):
    """One of the two who stood for it may no longer help people back."""

    what = N_("One of the two people who stood for you may no longer do so. It was stopped.")
    todo = N_("Ask for help once more, and go to somebody else with your identity card.")


class NothingWaits(Overtaken):
    """No way back is open: stopped, used, or its time is over."""

    what = N_("No way back is open for this account any more.")
    todo = N_("It was used or stopped, or its time is over. You can ask for help once more.")
