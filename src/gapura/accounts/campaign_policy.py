"""Who may do what with campaigns of verifying accounts again, and the holds that follow."""

from gapura.accounts.models import Campaign
from gapura.accounts.permissions import Can
from gapura.accounts.policy import is_own_account, runs_the_platform
from gapura.accounts.queries import IdentityCheck
from gapura.kernel.actor import Actor
from gapura.kernel.holds import Stops, declare, hold, weigh
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    proved_recently,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

LAW = N_("Law 27/2022 article 29: personal data must be accurate, complete and consistent.")


@clause(
    N_("A campaign that follows from one person's changed data is not run by hand."),
    mend=N_("It ends by itself when the person has verified the account again."),
)
def is_of_a_policy(actor: Actor, thing: Campaign) -> bool:
    """Made by the platform for many, not by a change of one person's data."""
    return thing.kind == "policy"


@clause(
    N_("Only a verified identity is verified again this way."),
    mend=N_("You can: see on the page about your identity what is missing."),
    link="/account/identity",
)
def is_verified(actor: Actor, thing: IdentityCheck) -> bool:
    """The profile is in the state `verified`."""
    return bool(thing.person.state == "verified")


_RUNS = ((is_signed_in, runs_the_platform, signed_in_strongly),)
_DECIDES = ((is_signed_in, runs_the_platform, is_of_a_policy, signed_in_strongly),)

RULES: Rules = {
    Can.LIST_CAMPAIGNS: _RUNS,
    Can.SEE_CAMPAIGN: _RUNS,
    Can.DRAFT_CAMPAIGN: _RUNS,
    # A planned campaign begins on its day without anybody's hand.
    Can.START_CAMPAIGN: (*_DECIDES, (is_the_system,)),
    Can.EXTEND_CAMPAIGN: _DECIDES,
    Can.CANCEL_CAMPAIGN: _DECIDES,
    Can.END_CAMPAIGN: ((is_the_system,),),
    Can.TELL_CAMPAIGN: ((is_the_system,),),
    Can.SEE_REVERIFICATION: ((is_signed_in,),),
    Can.REPORT_CHANGE: ((is_own_account, is_signed_in, is_verified),),
    # Whoever only found the browser open does not vouch for the data of its owner.
    Can.REVERIFY: ((is_own_account, is_signed_in, is_verified, proved_recently),),
}
register(RULES)

REVERIFICATION = hold(
    "reverification",
    Stops.WRITING,
    N_("Your account must be verified again and the time for it is over. You can only read now."),
    law=LAW,
    mend=N_("You can: verify your account again. Afterwards everything works as before."),
    link="/account/reverification",
)
# Stops nothing yet: every page says until when it is to be done.
REVERIFICATION_DUE = hold(
    "reverification_due",
    Stops.NOTHING,
    N_("Your account must be verified again."),
    law=LAW,
    mend=N_("See until when, and what to do."),
    link="/account/reverification",
)
declare(REVERIFICATION, REVERIFICATION_DUE)
weigh(
    # A campaign set wrongly can hold also those who alone can give more time or stop it.
    exempt={Can.REVERIFY, Can.REPORT_CHANGE, Can.EXTEND_CAMPAIGN, Can.CANCEL_CAMPAIGN},
    binding={Can.START_CAMPAIGN},
)
