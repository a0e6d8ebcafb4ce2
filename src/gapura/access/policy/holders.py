"""Who may look at what a person may do, and end it when they leave."""

from typing import Any

from gapura.access.kinds import LOOK_AFTER, OVERSEERS
from gapura.access.permissions import Can
from gapura.access.policy.clauses import administers_the_platform, is_someone_else
from gapura.access.roles import AGENCY_VERIFIER, ROLES
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    clause,
    is_signed_in,
    signed_in_strongly,
)
from gapura.kernel.texts import N_


@clause(N_("This is about somebody else's access."))
def is_oneself(actor: Actor, thing: Any) -> bool:
    """The actor and the person looked at are one."""
    return actor.person is not None and actor.person == thing.person


@clause(
    N_("You are not acting as someone who oversees the access of this person's agency."),
    mend=N_("If you hold such a role, switch to it at the top of the page."),
)
def oversees_the_person(actor: Actor, thing: Any) -> bool:
    """Verifier, administrator or auditor of an agency that the person belongs to or acts at."""
    grant = actor.grant
    if grant is None or grant.role not in OVERSEERS or grant.agency not in thing.agencies:
        return False
    return not grant.reach or any(path.startswith(grant.reach) for path in thing.paths)


@clause(
    N_("You are not acting as a verifier or administrator of all that this person holds there."),
    mend=N_("A verifier or administrator of the whole agency can."),
)
def looks_after_all_of_it(actor: Actor, thing: Any) -> bool:
    """Verifier or administrator of the agency; of a part of it, when nothing lies outside.

    Roles that only the platform gives are the platform's to end.
    """
    grant = actor.grant
    if grant is None or grant.role not in LOOK_AFTER or grant.agency != thing.agency:
        return False
    if any(AGENCY_VERIFIER not in ROLES[role].approved_by for role in thing.roles):
        return False
    return not grant.reach or all(path.startswith(grant.reach) for path in thing.paths)


_STRONG = (is_someone_else, signed_in_strongly, acts_without_conflict)

RULES: Rules = {
    # First the rule of others: with a weak sign-in it is the nearest, so that the way on is told.
    Can.SEE_HOLDER: (
        (is_signed_in, oversees_the_person, signed_in_strongly),
        (is_signed_in, administers_the_platform, signed_in_strongly),
        (is_signed_in, is_oneself),
    ),
    Can.OFFBOARD: (
        (is_signed_in, looks_after_all_of_it, *_STRONG),
        (is_signed_in, administers_the_platform, *_STRONG),
    ),
}
