"""Who may change the days of a grant, and who may ask about past holders of a role."""

from typing import Any

from gapura.access.kinds import OVERSEERS
from gapura.access.permissions import Can
from gapura.access.policy.clauses import (
    administers_the_platform,
    is_not_its_principal,
    is_someone_else,
    verifies,
    verifies_the_holders_agency,
)
from gapura.access.queries.verifiers import LEADERS
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_


@clause(
    N_("You are not acting as someone who oversees the access of this agency."),
    mend=N_("If you hold such a role, switch to it at the top of the page."),
)
def oversees_the_agency(actor: Actor, thing: Any) -> bool:
    """Verifier, administrator or auditor of the place's agency; without a thing, of any."""
    grant = actor.grant
    if grant is None or grant.role not in OVERSEERS or not grant.agency:
        return False
    if thing is None:
        return True
    return verifies(grant, thing) if grant.reach else grant.agency == thing.agency_id


@clause(
    N_("You are not acting as someone who looks after the access of a unit or an agency."),
    mend=N_("If you hold such a role, switch to it at the top of the page."),
)
def looks_after_access(actor: Actor, thing: Any) -> bool:
    """Who oversees an agency or leads a unit; queries keep to the place."""
    return bool(actor.agency) and actor.role in (*OVERSEERS, *LEADERS)


_STRONG = (is_signed_in, signed_in_strongly)

RULES: Rules = {
    Can.CHANGE_DAYS: (
        (*_STRONG, verifies_the_holders_agency, is_someone_else, is_not_its_principal),
        (*_STRONG, administers_the_platform, is_someone_else, is_not_its_principal),
        (is_the_system,),
    ),
    Can.SEE_EXPIRING: ((is_signed_in, looks_after_access),),
    Can.TELL_ENDINGS: ((is_the_system,),),
    Can.RELEASE_MOVED: ((is_the_system,),),
    Can.REMIND: ((is_the_system,),),
    Can.SEE_HISTORY: (
        (*_STRONG, oversees_the_agency),
        (*_STRONG, administers_the_platform),
    ),
}
