"""Who sees and accepts roles that exclude each other, and who delegates a duty."""

from typing import Any

from gapura.access.kinds import DEFINITIVE, DELEGABLE
from gapura.access.permissions import Can
from gapura.access.policy.clauses import (
    administers_the_platform,
    is_someone_else,
)
from gapura.access.roles import AGENCY_VERIFIER
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_SWITCH = N_("If you hold such a role, switch to it at the top of the page.")
# Not the administrator: who holds which roles is weighed by those who verify and audit.
_WEIGH = (AGENCY_VERIFIER, "apip")


@clause(N_("You are not acting as someone who oversees the access of this agency."), mend=_SWITCH)
def oversees_a_side(actor: Actor, thing: Any) -> bool:
    """Verifier or auditor where one of the two roles is held; without a thing, anywhere."""
    grant = actor.grant
    if grant is None or grant.role not in _WEIGH or not grant.agency:
        return False
    return thing is None or any(_oversees(grant, side) for side in (thing.grant, thing.other))


def _oversees(grant: ActiveGrant, side: Any) -> bool:
    if side.agency_id != grant.agency:
        return False
    return not grant.reach or (side.unit is not None and side.unit.path.startswith(grant.reach))


@clause(
    N_("You are not acting as the verifier of an agency where one of the two roles is held."),
    mend=_SWITCH,
)
def verifies_a_side(actor: Actor, thing: Any) -> bool:
    """Verifier, not auditor, where one of the two roles is held."""
    return actor.role == AGENCY_VERIFIER and oversees_a_side.test(actor, thing)


@clause(N_("Nobody accepts a finding about themselves."))
def is_about_someone_else(actor: Actor, thing: Any) -> bool:
    """The finding is about another person, whom the actor does not stand in for either."""
    return actor.person is not None and is_someone_else.test(actor, thing.grant)


@clause(
    N_("You are not acting as someone whose duty can be delegated."),
    mend=_SWITCH,
    link="/account/access",
)
def holds_a_duty_to_delegate(actor: Actor, thing: Any) -> bool:
    """The active role is one that may be delegated, and the grant is marked so."""
    grant = actor.grant
    return grant is not None and grant.role in DELEGABLE and grant.delegable


@clause(N_("Somebody else gave this delegation."))
def gave_the_delegation(actor: Actor, thing: Any) -> bool:
    """The actor delegated it."""
    return actor.person is not None and thing.principal_id == actor.person


@clause(N_("This delegation was given to somebody else."))
def received_the_delegation(actor: Actor, thing: Any) -> bool:
    """The actor holds it and may give it back."""
    return actor.person is not None and thing.person_id == actor.person


@clause(
    N_("You are not acting as a verifier in your own right of the place where it was delegated."),
    mend=_SWITCH,
)
def verifies_the_place(actor: Actor, thing: Any) -> bool:
    """A verifier of the agency or of the part of it, who does not stand in."""
    grant = actor.grant
    if grant is None or grant.role != AGENCY_VERIFIER or grant.standing != DEFINITIVE:
        return False
    return _oversees(grant, thing)


_STRONG = (is_signed_in, signed_in_strongly)
_SEE = ((*_STRONG, oversees_a_side), (*_STRONG, administers_the_platform))

RULES: Rules = {
    Can.SWEEP: ((is_the_system,),),
    Can.LIST_FINDINGS: _SEE,
    Can.SEE_FINDING: _SEE,
    Can.ACCEPT_FINDING: tuple(
        (*_STRONG, who, is_about_someone_else, acts_without_conflict)
        for who in (verifies_a_side, administers_the_platform)
    ),
    Can.SEE_DELEGATIONS: ((is_signed_in,),),
    Can.DELEGATE: ((*_STRONG, holds_a_duty_to_delegate, acts_without_conflict),),
    Can.END_DELEGATION: (
        (*_STRONG, gave_the_delegation),
        (*_STRONG, received_the_delegation),
        (*_STRONG, verifies_the_place, is_someone_else),
        (*_STRONG, administers_the_platform, is_someone_else),
    ),
}
