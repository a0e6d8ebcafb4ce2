"""The clauses of this room. `thing` is an AccessRequest, a Grant or another row of it."""

from typing import Any

from gapura.access.forms import may_be_at_a_company
from gapura.access.models import AccessRequest
from gapura.access.roles import (
    AGENCY_VERIFIER,
    COMPANY_ADMIN,
    DECIDES,
    PLATFORM_ADMIN,
    ROLES,
    Level,
)
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import clause
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
    """The actor and the person concerned differ, and so does whom the actor stands in for."""
    if actor.person is None or thing.person_id == actor.person:
        return False
    principal = actor.grant.principal if actor.grant else ""
    # The name is in another table: nearly nobody stands in, so it is nearly never asked for.
    whose = getattr(thing, "person", None) if principal else None
    return whose is None or not actor.speaks_for(thing.person_id, whose.username)


@clause(
    N_("Nobody decides on who is to stand in for them."),
    law=_SEPARATION,
    mend=N_("Another verifier of the agency can. If there is none, the request goes one level up."),
)
def is_not_its_principal(actor: Actor, thing: Any) -> bool:
    """Whoever is to act in an officer's place is not decided on by that one or another deputy."""
    if thing.principal_id is None:
        return True
    if thing.principal_id == actor.person:
        return False
    principal = actor.grant.principal if actor.grant else ""
    return not principal or thing.principal.username != principal


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
    return level is Level.PLATFORM or verifies(grant, thing)


def verifies(grant: ActiveGrant, thing: Any) -> bool:
    """The grant is a verifier's, for the agency of the thing, or for a unit above the thing's."""
    if grant.role != AGENCY_VERIFIER or not grant.agency or grant.agency != thing.agency_id:
        return False
    return not grant.reach or (
        thing.unit_id is not None and thing.unit.path.startswith(grant.reach)
    )


@clause(
    N_("This request belongs to another agency."),
    mend=N_("The verifiers of that agency can open it."),
)
def could_decide(actor: Actor, thing: Any) -> bool:
    """Some grant of the actor, active or not, verifies the agency or stands above all of them."""
    return any(g.role == PLATFORM_ADMIN or verifies(g, thing) for g in actor.grants)


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
    """The person's type is one that the role allows; at companies all types of people buy."""
    role = ROLES.get(thing.role)
    if role is None:
        return False
    outside = may_be_at_a_company(role.code) and thing.agency_id is None
    return outside or thing.person.kind in role.kinds


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
    grant = actor.grant
    if grant is None or grant.role != AGENCY_VERIFIER:
        return False
    role = ROLES.get(thing.role)
    approves = role is not None and AGENCY_VERIFIER in role.approved_by
    return approves and verifies(grant, thing)


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
