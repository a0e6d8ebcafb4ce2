"""Who reads the register of decisions and the list of verifiers, and keeps filters of the queue."""

from typing import Any

from gapura.access.kinds import LOOK_AFTER, OVERSEERS
from gapura.access.permissions import Can
from gapura.access.policy.clauses import (
    administers_the_platform,
    is_acting_as_verifier,
    verifies,
)
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Rules, clause, is_signed_in, signed_in_strongly
from gapura.kernel.texts import N_

_SWITCH = N_("If you hold such a role, switch to it at the top of the page.")


@clause(
    N_("You are not acting as someone who reads the register of this agency."),
    mend=_SWITCH,
)
def reads_the_register(actor: Actor, thing: Any) -> bool:
    """Verifier, administrator or auditor of the agency; without a thing, of any.

    A verifier of a unit reads what lies below it.
    """
    grant = actor.grant
    if grant is None or grant.role not in OVERSEERS or not grant.agency:
        return False
    if thing is None:
        return True
    return verifies(grant, thing) if grant.reach else grant.agency == thing.agency_id


@clause(
    N_("You are not acting as someone who looks after the verifiers of this agency."),
    mend=_SWITCH,
)
def looks_after_verifiers(actor: Actor, thing: Any) -> bool:
    """Verifier or administrator of the agency; without a thing, of any."""
    grant = actor.grant
    if grant is None or grant.role not in LOOK_AFTER or not grant.agency:
        return False
    return thing is None or grant.agency == thing.agency_id


@clause(N_("This filter is not yours."))
def owns_the_filter(actor: Actor, thing: Any) -> bool:
    """The actor saved it."""
    return actor.person is not None and thing.person_id == actor.person


_STRONG = (is_signed_in, signed_in_strongly)
_REGISTER = ((*_STRONG, reads_the_register), (*_STRONG, administers_the_platform))

RULES: Rules = {
    Can.SEE_REGISTER: _REGISTER,
    Can.DOWNLOAD_REGISTER: _REGISTER,
    Can.LIST_VERIFIERS: (
        (*_STRONG, looks_after_verifiers),
        (*_STRONG, administers_the_platform),
    ),
    Can.SAVE_FILTER: ((is_signed_in, is_acting_as_verifier, signed_in_strongly),),
    Can.DROP_FILTER: ((is_signed_in, owns_the_filter),),
}
