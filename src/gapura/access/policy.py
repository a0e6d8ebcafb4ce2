"""Who may do what with requests and grants. `thing` is an AccessRequest or a Grant row."""

from typing import Any

from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.roles import (
    AGENCY_VERIFIER,
    COMPANY_ADMIN,
    DECIDES,
    PLATFORM_ADMIN,
    ROLES,
    Level,
)
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_LETTERS = N_("Perpres 16/2018 as amended by Perpres 46/2025: officers are appointed by letter.")
_SEPARATION = N_("Separation of duties (BSSN 4/2021 art. 27, functions 3 and 10).")


@clause(
    N_("This request is not yours."),
    mend=N_("Only the person who made it can do this."),
)
def is_requester(actor: Actor, thing: Any) -> bool:
    """The request is the actor's own."""
    return actor.person is not None and thing.person_id == actor.person


@clause(
    N_("This access is not yours."),
    mend=N_("Only the person it was approved for can do this."),
)
def is_holder(actor: Actor, thing: Any) -> bool:
    """The grant is the actor's own."""
    return actor.person is not None and thing.person_id == actor.person


@clause(
    N_("Nobody decides on a request or an access of their own."),
    law=_SEPARATION,
    mend=N_("Another verifier of the agency can. If there is none, the request goes one level up."),
)
def is_someone_else(actor: Actor, thing: Any) -> bool:
    """The actor and the person concerned differ."""
    return actor.person is not None and thing.person_id != actor.person


@clause(
    N_("You are not acting as the verifier of this agency, or this request waits one level up."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def verifies_the_agency(actor: Actor, thing: Any) -> bool:
    """The active role verifies the agency, and the request waits at the agency's level."""
    return _decides_for(actor.grant, thing, Level.AGENCY)


@clause(
    N_("You are not acting as the platform's administrator, or the agency decides this request."),
    mend=N_("The verifiers of the agency decide it. It comes one level up when its time is over."),
)
def is_one_level_up(actor: Actor, thing: Any) -> bool:
    """The active role decides what waits above the agencies."""
    return _decides_for(actor.grant, thing, Level.PLATFORM)


def _decides_for(grant: ActiveGrant | None, thing: Any, level: Level) -> bool:
    if grant is None or DECIDES.get(grant.role) is not level or thing.level != level:
        return False
    return level is Level.PLATFORM or (
        thing.agency_id is not None and grant.agency == thing.agency_id
    )


@clause(
    N_("This request belongs to another agency."),
    mend=N_("The verifiers of that agency can open it."),
)
def could_decide(actor: Actor, thing: Any) -> bool:
    """Some grant of the actor, active or not, verifies the agency or stands above all of them."""
    return any(
        g.role == PLATFORM_ADMIN or (g.role == AGENCY_VERIFIER and g.agency == thing.agency_id)
        for g in actor.grants
    )


@clause(N_("This request has not been sent in yet."))
def was_sent_in(actor: Actor, thing: Any) -> bool:
    """A draft is nobody's business but its author's."""
    return thing.submitted_at is not None


@clause(
    N_("You are not acting as a verifier."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
    link="/account",
)
def is_acting_as_verifier(actor: Actor, thing: Any) -> bool:
    """The active role has a queue."""
    return actor.role in DECIDES


@clause(
    N_("You have not taken this request to check it."),
    mend=N_("You can: take the request first, then decide."),
)
def holds_the_claim(actor: Actor, thing: Any) -> bool:
    """The actor took it and nobody took it over since."""
    return actor.person is not None and thing.claimed_by_id == actor.person


@clause(
    N_("Your account type cannot hold this role."),
    law=_LETTERS,
    mend=N_(
        "Roles in public office are for civil servants, contract officers, soldiers and police."
    ),
)
def holds_an_officer_kind(actor: Actor, thing: AccessRequest) -> bool:
    """The person's type is one that the role allows."""
    role = ROLES.get(thing.role)
    return role is not None and thing.person.kind in role.kinds


@clause(
    N_("This role is not open for requests yet."),
    mend=N_("The platform administrator can tell you how this role is given."),
)
def role_is_requestable(actor: Actor, thing: AccessRequest) -> bool:
    """The role's row says that people apply for it."""
    role = ROLES.get(thing.role)
    return role is not None and role.requestable


@clause(
    N_("The applicant's account is suspended, closed or not confirmed."),
    mend=N_("The platform administrator can restore a suspended account."),
)
def person_is_in_good_standing(actor: Actor, thing: Any) -> bool:
    """The person's account is in use."""
    return thing.person.state not in ("registered", "suspended", "closed")


@clause(
    N_("You are not acting as the verifier who approves this role in this agency."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def verifies_the_holders_agency(actor: Actor, thing: Any) -> bool:
    """The active role verifies the grant's agency and approves its role."""
    if actor.role != AGENCY_VERIFIER:
        return False
    role = ROLES.get(thing.role)
    approves = role is not None and AGENCY_VERIFIER in role.approved_by
    return approves and actor.agency == thing.agency_id


@clause(
    N_("You are not acting as the platform's administrator."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def administers_the_platform(actor: Actor, thing: Any) -> bool:
    """The active role is the platform administrator's."""
    return actor.role == PLATFORM_ADMIN


@clause(
    N_("You are not acting as the administrator of this company."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
    link="/company",
)
def administers_the_company(actor: Actor, thing: Any) -> bool:
    """The active role administers the company of the thing; without a thing, any company."""
    company = actor.grant.company if actor.grant and actor.role == COMPANY_ADMIN else ""
    return bool(company) and (thing is None or thing.company_id == company)


@clause(
    N_("You did not register this company."),
    mend=N_("Ask its administrator to admit you."),
    link="/company/join",
)
def founded_the_company(actor: Actor, thing: Any) -> bool:
    """The actor registered it."""
    return actor.person is not None and thing.founder == actor.person


_OWN = (is_signed_in, is_requester)
_APPLY = (*_OWN, person_is_in_good_standing, role_is_requestable, holds_an_officer_kind)
# First the rule of others: with a weak sign-in it is the nearest, so that the way on is told.
_KNOW = ((is_signed_in, could_decide, was_sent_in, signed_in_strongly), _OWN)
_AT_AGENCY = (is_signed_in, verifies_the_agency, is_someone_else)
_ONE_UP = (is_signed_in, is_one_level_up, is_someone_else)
_TAKE = tuple((*who, signed_in_strongly) for who in (_AT_AGENCY, _ONE_UP))
_DECIDE = tuple((*rule, holds_the_claim) for rule in _TAKE)
_ADMITS = (is_signed_in, administers_the_company, signed_in_strongly)
_END = (
    (is_the_system,),
    (is_signed_in, verifies_the_holders_agency, is_someone_else, signed_in_strongly),
    (is_signed_in, administers_the_platform, is_someone_else, signed_in_strongly),
)

RULES: Rules = {
    Can.DRAFT: (_APPLY,),
    Can.SUBMIT: (_APPLY,),
    Can.SEE: _KNOW,
    Can.SEE_LETTER: _KNOW,
    Can.WITHDRAW: (_OWN,),
    Can.SEE_QUEUE: ((is_signed_in, is_acting_as_verifier, signed_in_strongly),),
    Can.CLAIM: _TAKE,
    Can.RELEASE: _DECIDE,
    Can.APPROVE: tuple((*rule, person_is_in_good_standing) for rule in _DECIDE),
    Can.ASK_CORRECTION: _DECIDE,
    Can.REJECT: _DECIDE,
    Can.ESCALATE: ((is_the_system,),),
    Can.SEE_OWN: ((is_signed_in,),),
    Can.SEE_GRANT: (
        (is_the_system,),
        (is_signed_in, is_holder),
        (is_signed_in, could_decide),
        (is_signed_in, administers_the_company),
    ),
    Can.ISSUE: ((is_the_system,),),
    Can.ACTIVATE: ((is_signed_in, is_holder, person_is_in_good_standing, signed_in_strongly),),
    Can.LAPSE: ((is_the_system,),),
    Can.SUSPEND: _END,
    Can.RESUME: _END,
    # The administrator of a company cuts off whoever leaves it, at once.
    Can.REVOKE: (*_END, (*_ADMITS, is_someone_else)),
    Can.FOUND: ((is_signed_in, founded_the_company),),
    Can.SEE_STAFF: ((is_signed_in, administers_the_company),),
    Can.INVITE: (_ADMITS,),
    Can.WITHDRAW_INVITATION: (_ADMITS,),
    Can.ACCEPT: ((is_signed_in,),),
    Can.ASK_TO_JOIN: ((is_signed_in,),),
    Can.ADMIT: ((*_ADMITS, is_someone_else),),
    Can.REFUSE_JOIN: ((*_ADMITS, is_someone_else),),
    Can.WITHDRAW_JOIN: (_OWN,),
}

register(RULES)
