"""Who opens an access review, sees it and answers in it; nobody for themselves."""

from typing import Any

from gapura.access.permissions import Can
from gapura.access.policy.clauses import administers_the_platform, is_someone_else
from gapura.access.roles import AGENCY_ADMIN, PLATFORM_ADMIN, UNIT_HEAD
from gapura.access.rules.reviews import AGENCY, PLATFORM, UNIT
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

# Who sees all of an agency's review, and who sees what waits at the own desk.
READS = (AGENCY_ADMIN, "apip")
_SWITCH = N_("If you hold such a role, switch to it at the top of the page.")


@clause(N_("You are not acting as the administrator of this agency."), mend=_SWITCH)
def administers_the_agency(actor: Actor, thing: Any) -> bool:
    """The agency's administrator; without a thing, of any agency."""
    if actor.role != AGENCY_ADMIN or not actor.agency:
        return False
    return thing is None or thing.agency_id == actor.agency


@clause(N_("You are not acting in a role that takes part in this access review."), mend=_SWITCH)
def takes_part_in_the_review(actor: Actor, thing: Any) -> bool:
    """Administrator, auditor or a head of unit of the agency; without a thing, of any."""
    if actor.role not in (*READS, UNIT_HEAD) or not actor.agency:
        return False
    return thing is None or thing.agency_id == actor.agency


@clause(
    N_("You are not acting as the one who answers for this access in the review."),
    mend=N_(
        "The head of the unit answers first, then the agency's administrator, then the platform's."
    ),
)
def answers_for_it(actor: Actor, thing: Any) -> bool:
    """The active role is the one at whose level the line waits; without a thing, any level."""
    grant = actor.grant
    if grant is None:
        return False
    if thing is None:
        return grant.role in (UNIT_HEAD, AGENCY_ADMIN, PLATFORM_ADMIN)
    if grant.role == PLATFORM_ADMIN:
        # What is late at the agency can be answered one level up as well.
        return thing.level == PLATFORM or (thing.level == AGENCY and thing.escalated_at is not None)
    if grant.role == AGENCY_ADMIN:
        return bool(thing.level == AGENCY and grant.agency and grant.agency == thing.agency_id)
    at_desk = bool(grant.unit) and grant.unit == thing.desk_id
    return bool(grant.role == UNIT_HEAD and thing.level == UNIT and at_desk)


@clause(N_("You are not acting as someone who reads the whole review of this agency."))
def reads_the_whole_review(actor: Actor, thing: Any) -> bool:
    """Administrator or auditor of the agency; without a thing, of any."""
    if actor.role not in READS or not actor.agency:
        return False
    return thing is None or thing.agency_id == actor.agency


_STRONG = (is_signed_in, signed_in_strongly)
_AGENCY = (is_signed_in, administers_the_agency, signed_in_strongly, acts_without_conflict)
_PLATFORM = (is_signed_in, administers_the_platform, signed_in_strongly, acts_without_conflict)
_ANSWER = (
    is_signed_in,
    answers_for_it,
    is_someone_else,
    signed_in_strongly,
    acts_without_conflict,
)
_SYSTEM = (is_the_system,)

RULES: Rules = {
    Can.LIST_REVIEWS: (
        (*_STRONG, takes_part_in_the_review),
        (*_STRONG, administers_the_platform),
    ),
    Can.SEE_REVIEW: (
        (*_STRONG, takes_part_in_the_review),
        (*_STRONG, administers_the_platform),
    ),
    Can.OPEN_REVIEW: (_AGENCY, _PLATFORM, _SYSTEM),
    Can.EXTEND_REVIEW: (_AGENCY, _PLATFORM),
    Can.CANCEL_REVIEW: (_AGENCY, _PLATFORM),
    Can.DOWNLOAD_REVIEW: (
        (*_STRONG, reads_the_whole_review),
        (*_STRONG, administers_the_platform),
    ),
    Can.CONFIRM_LINE: (_ANSWER,),
    Can.REMOVE_LINE: (_ANSWER,),
    Can.TEND_REVIEW: (_SYSTEM,),
    Can.TEND_LINE: (_SYSTEM,),
}
