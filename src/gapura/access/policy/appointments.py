"""Who may name officers in letters of the register, and hand in files of them."""

from typing import Any

from gapura.access.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.organizations.queries import LETTER_KEEPERS


@clause(
    N_("You are not acting as someone who keeps the letters of this agency."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def keeps_the_letters(actor: Actor, thing: Any) -> bool:
    """Verifier, agency administrator or budget user of the letter's agency and unit."""
    if actor.role not in LETTER_KEEPERS or not actor.agency or actor.grant is None:
        return False
    if thing is None:
        return True
    unit = actor.grant.unit
    below = not unit or (thing.unit is not None and f"/{unit}/" in f"/{thing.unit.path}")
    return bool(actor.agency == thing.agency_id and below)


@clause(N_("This appointment is not yours."))
def is_named(actor: Actor, thing: Any) -> bool:
    """The appointment names the actor."""
    return actor.person is not None and thing.person_id == actor.person


_KEEPS = (is_signed_in, keeps_the_letters, signed_in_strongly)

RULES: Rules = {
    Can.NAME: (_KEEPS,),
    Can.WITHDRAW_APPOINTMENT: (_KEEPS,),
    Can.GRANT_APPOINTMENT: ((is_the_system,),),
    Can.DECLINE_APPOINTMENT: ((is_signed_in, is_named, signed_in_strongly),),
    Can.IMPORT: (_KEEPS, (is_the_system,)),
    Can.JUDGE_IMPORT: ((is_the_system,),),
}
