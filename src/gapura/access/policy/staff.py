"""Who changes what a company's people may do, who leaves, and how a new head takes over."""

from typing import Any

from gapura.access.permissions import Can
from gapura.access.policy.clauses import (
    administers_the_company,
    is_holder,
    is_someone_else,
)
from gapura.access.roles import PLATFORM_ADMIN
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_HELPS = frozenset({PLATFORM_ADMIN, "helpdesk"})


@clause(N_("This role is not one at a company."))
def is_at_a_company(actor: Actor, thing: Any) -> bool:
    """Offices end through their letters and their verifiers, not by whoever holds them."""
    return bool(thing.company_id)


@clause(
    N_("Your own identity must be confirmed first."),
    mend=N_("You can: have it checked on your account page."),
    link="/account/identity",
)
def is_verified(actor: Actor, thing: Any) -> bool:
    """The registry is asked about the number of the identity card, so that must be proven."""
    return actor.state == "verified"


@clause(N_("Somebody else takes this company over."))
def is_the_successor(actor: Actor, thing: Any) -> bool:
    """Whoever began it."""
    return actor.person is not None and thing.successor_id == actor.person


@clause(
    N_("You are not acting for the company that is being taken over."),
    mend=N_("If you hold a role there, switch to it at the top of the page."),
)
def works_for_the_company(actor: Actor, thing: Any) -> bool:
    """Administrator or staff of it."""
    return (
        actor.grant is not None
        and bool(actor.grant.company)
        and (actor.grant.company == thing.company_id)
    )


@clause(N_("Nobody objects to what they do themselves."))
def is_not_the_successor(actor: Actor, thing: Any) -> bool:
    """Somebody else than who takes over."""
    return actor.person is not None and thing.successor_id != actor.person


@clause(
    N_("Objections are decided by the helpdesk or the platform's administrator."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def decides_on_objections(actor: Actor, thing: Any) -> bool:
    """Helpdesk or administrator of the platform."""
    return actor.role in _HELPS


@clause(
    N_("You belong to the company, or take part in this, so somebody else decides it."),
    law=N_("Presidential Regulation 16/2018 article 7: conflicts of interest are to be avoided."),
    mend=N_("Another helpdesk officer can."),
)
def takes_no_part_in_it(actor: Actor, thing: Any) -> bool:
    """Neither of the two sides."""
    if actor.person in (thing.successor_id, thing.objected_by_id):
        return False
    return thing.company_id not in {grant.company for grant in actor.grants}


_OWN = (is_signed_in, is_the_successor)
_DECIDE = (is_signed_in, decides_on_objections, takes_no_part_in_it, signed_in_strongly)

RULES: Rules = {
    Can.SET_DUTIES: ((is_signed_in, administers_the_company, signed_in_strongly, is_someone_else),),
    Can.LEAVE: ((is_signed_in, is_holder, is_at_a_company, signed_in_strongly),),
    Can.DOWNLOAD_STAFF: ((is_signed_in, administers_the_company, signed_in_strongly),),
    Can.START_SUCCESSION: ((is_signed_in, is_verified, signed_in_strongly),),
    Can.SEE_SUCCESSION: (
        (is_signed_in, works_for_the_company),
        _OWN,
        (is_signed_in, decides_on_objections, signed_in_strongly),
    ),
    Can.LIST_SUCCESSIONS: ((is_signed_in, decides_on_objections, signed_in_strongly),),
    Can.OBJECT_SUCCESSION: ((is_signed_in, works_for_the_company, is_not_the_successor),),
    Can.ALLOW_SUCCESSION: (_DECIDE,),
    Can.REFUSE_SUCCESSION: (_DECIDE,),
    Can.WITHDRAW_SUCCESSION: (_OWN,),
    Can.TAKE_OVER: ((*_OWN, is_verified, signed_in_strongly),),
    Can.TIDY_SUCCESSIONS: ((is_the_system,),),
}
