"""Refusing roles that exclude each other, and standing in that the law does not know."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gapura.access.errors import (
    RolesConflict,
    RolesConflictTold,
)
from gapura.access.kinds import DEFINITIVE
from gapura.access.locks import hold_person
from gapura.access.models import Grant
from gapura.access.queries.conflicts import clashes_with, held_by, may_know
from gapura.access.queries.views import Place
from gapura.access.roles import ROLES
from gapura.access.rules import Clash
from gapura.access.services.standing import Where, check_standing, span_of
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_, said

_UNTIL = N_("until %(day)s")
_OPEN = N_("without a last day")


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """A rule that warns: allowed, but shown and recorded. `other` is the role held at `place`."""

    code: str
    basis: str
    role: str
    other: str
    place: str
    reach: str
    first: date
    last: date | None


def refuse_conflicts(
    actor: Actor,
    person_id: UUID,
    role: str,
    *,
    agency: str | None = None,
    unit: str | None = None,
    company: str | None = None,
    valid: Any,
    standing: str = DEFINITIVE,
    principal: UUID | None = None,
    besides: UUID | None = None,
    leaving: str | None = None,
) -> list[Warning_]:
    """Refuse a role that the law does not let this person hold on the days of `valid` (a range).

    Call it in the transaction that gives the role: until that ends, nobody else decides about the
    same person. `besides` is a grant that does not count: the one itself. Nor do those at the
    agency that the person is `leaving`: they end before the new one works. What only warns is
    answered, for showing and recording. Who stands in is checked by `check_standing`, too.

    :raises RolesConflict: naming the rule; `RolesConflictTold` to those who may know the rest.
    :raises StandingNotAllowed, StandingTooLong, StandingEndless, PrincipalMissing: see there.
    """
    where: Where = {"agency": agency, "unit": unit, "company": company}
    hold_person(person_id)
    if standing != DEFINITIVE:
        check_standing(role, standing, principal, person_id, valid=valid, besides=besides, **where)
    found = warnings_for(person_id, role, valid=valid, besides=besides, leaving=leaving, **where)
    if found and found[0].law.blocks:
        raise _refusal(found[0], told=may_know(actor, person_id, agency or ""))
    return [_warning(clash) for clash in found]


def refuse_conflicts_of(actor: Actor, grant: Grant, valid: Any = None) -> list[Warning_]:
    """The same for a grant that is there, with its own days or with those it is to have."""
    return refuse_conflicts(
        actor,
        grant.person_id,
        grant.role,
        agency=grant.agency_id,
        unit=grant.unit_id,
        company=grant.company_id,
        valid=valid or grant.valid,
        standing=grant.standing,
        principal=grant.principal_id,
        besides=grant.id,
    )


def warnings_for(
    person_id: UUID,
    role: str,
    *,
    agency: str | None = None,
    unit: str | None = None,
    company: str | None = None,
    valid: Any,
    besides: UUID | None = None,
    leaving: str | None = None,
) -> list[Clash]:
    """Every rule that the role would break, without a lock and without a refusal: for showing."""
    held = [one for one in held_by(person_id, besides) if not leaving or one.agency != leaving]
    if not held:
        return []
    place = Place(agency=agency or "", unit=unit or "", company=company or "")
    return clashes_with(held, role, place, span_of(valid))


def _refusal(clash: Clash, *, told: bool) -> RolesConflict:
    names: dict[str, Any] = {"role": said(ROLES[clash.asked.role].name)}
    if not told:
        return RolesConflict(rule=clash.law.code, law=clash.law.basis, **names)
    names |= {
        "other": said(ROLES[clash.held.role].name),
        "place": clash.held.label or said(ROLES[clash.held.role].name),
        "until": _until(clash.held.after),
    }
    return RolesConflictTold(rule=clash.law.code, law=clash.law.basis, **names)


def _until(after: date | None) -> str:
    if after is None:
        return said(_OPEN)
    return said(_UNTIL) % {"day": (after - timedelta(days=1)).isoformat()}


def _warning(clash: Clash) -> Warning_:
    law = clash.law
    last = None if clash.after is None else clash.after - timedelta(days=1)
    other, place = clash.held.role, clash.held.label
    role = clash.asked.role
    return Warning_(law.code, law.basis, role, other, place, law.reach, clash.first, last)
