"""Who may ask to be erased, take it back, refuse it, and carry it out."""

from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    proved_recently,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.privacy.permissions import Can
from gapura.privacy.policy.requests import has_no_strong_factor, is_ones_own, is_someone_elses
from gapura.privacy.rules.requests import OFFICER


@clause(
    N_("Only the officer for data protection may do this."),
    law=N_("UU 27/2022 Pasal 53"),
    mend=N_("The platform administrator holds that role."),
    link="/help/contact",
)
def is_the_officer(actor: Actor, thing: Any) -> bool:
    """The officer of the whole platform."""
    return actor.role == OFFICER


RULES: Rules = {
    # Nobody gets back what is erased: neither whoever finds a screen unlocked nor whoever stole a
    # password with a mailbox must ask for it.
    Can.ASK_ERASURE: (
        (is_signed_in, signed_in_strongly, proved_recently),
        (is_signed_in, proved_recently, has_no_strong_factor),
    ),
    Can.SEE_OWN_ERASURE: ((is_signed_in,),),
    # By the owner, or by the link in the owner's mail, which the system answers for.
    Can.UNDO_ERASURE: ((is_signed_in, is_ones_own), (is_the_system,)),
    Can.LIST_ERASURES: ((is_signed_in, is_the_officer, signed_in_strongly),),
    Can.REFUSE_ERASURE: ((is_signed_in, is_the_officer, is_someone_elses, signed_in_strongly),),
    Can.CARRY_OUT_ERASURE: ((is_the_system,),),
    Can.OPEN_ERASURE_LINK: ((anyone,),),
    Can.CHECK_CERTIFICATE: ((anyone,),),
    Can.FETCH_CERTIFICATE: ((is_the_system,),),
}

register(RULES)

# Whose contact was just changed may be somebody else: nothing is erased then. Taking it back may
# always be done.
weigh(binding={Can.ASK_ERASURE}, exempt={Can.UNDO_ERASURE, Can.SEE_OWN_ERASURE})
