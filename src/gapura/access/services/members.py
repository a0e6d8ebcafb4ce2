"""A company's people once they are in: what they may do, another role, leaving by themselves."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.duties import DUTY_NAMES
from gapura.access.errors import NoSuchGrant, NotACompanyRole
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF, ROLES, Scope, codes_of
from gapura.access.services.conflicts import refuse_conflicts_of
from gapura.access.services.entries import facts_of, given_by, note, note_begun
from gapura.access.services.grants import end, keep_administered
from gapura.access.services.notices import tell, tell_all
from gapura.access.services.staff import checked_duties, checked_reason, held_colleague, held_staff
from gapura.access.states import GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

CHANGED = N_("The company gave you another role in its place.")
LEFT = N_("Given up by whoever held it.")


def change_staff(*, actor: Actor, grant_id: UUID, role: str, duties: Collection[str] = ()) -> UUID:
    """An administrator sets what somebody of the own company may do; it counts at once.

    Another role ends the present one in the same moment and needs no second activation: the
    person proved a second factor when the present one was activated. Answers the grant that
    holds now. The same as before changes and tells nothing.

    :raises NotACompanyRole, NoSuchDuty: not one of ours.
    :raises NoSuchGrant: not there, of another company, or ended.
    :raises Refused: not the company's administrator, not strongly signed in, or the own role.
    :raises NoSuchMove: another role for somebody who has not activated the present one.
    :raises RolesConflict: the law forbids the new role beside another one of the person.
    """
    require(actor, Can.SEE_STAFF)
    if role not in codes_of(Scope.COMPANY):
        raise NotACompanyRole()
    wanted = checked_duties(role, duties)
    with transaction.atomic():
        row = held_colleague(actor, grant_id)
        require(actor, Can.SET_DUTIES, row)
        if (row.role, row.duties) == (role, wanted):
            return row.id
        if row.role == role:
            return _set(actor, row, wanted)
        if row.state != "active":
            raise NoSuchMove()
        keep_administered([row])
        new = exchange(actor, row, role, wanted)
        _tell(new)
        return new.id


def _set(actor: Actor, row: Grant, duties: list[str]) -> UUID:
    was, row.duties = row.duties, duties
    Grant.objects.filter(pk=row.pk).update(duties=duties)
    told: dict[str, Any] = {"role": row.role, "company": row.company_id, "was": ",".join(was)}
    event = note(actor, events.STAFF_CHANGED, row, **told, duties=",".join(duties))
    _tell(row, event)
    return row.id


def _tell(row: Grant, event: UUID | None = None) -> None:
    named = [DUTY_NAMES[code] for code in row.duties]
    staff = row.role == COMPANY_STAFF
    tell(row.person, "staff_changed", row, event=event, duties=named, staff=staff)


def exchange(actor: Actor, row: Grant, role: str, duties: Sequence[str]) -> Grant:
    """End a locked, active grant and give its holder another role there that works at once."""
    end(actor, [row], "revoke", events.REVOKED, CHANGED)
    return give_working(actor, row.person_id, role, row.company_id or "", duties)


def give_working(
    actor: Actor, person: UUID, role: str, company: str, duties: Sequence[str]
) -> Grant:
    """A role at a company for somebody whose second factor was seen for it already."""
    now = clock.now()
    grant = Grant.objects.create(
        person_id=person,
        role=role,
        company_id=company,
        duties=list(duties),
        state="active",
        valid=DateRange(clock.today(), None),
        approved_at=now,
        activated_at=now,
        recorded_at=now,
    )
    refuse_conflicts_of(actor, grant)
    note_begun(actor, events.ISSUED, grant, **facts_of(grant), **given_by(grant))
    return grant


def leave_company(*, actor: Actor, grant_id: UUID, reason: str = "") -> None:
    """Give the own role at a company up; it stops at once and its administrators are told.

    Two administrators who leave at the same moment wait here for each other: the second stays.

    :raises NoSuchGrant: not there, not the actor's, or ended already.
    :raises Refused: an office, or not strongly signed in.
    :raises LastAdministrator: nobody else administers the company.
    :raises StaffReasonMissing, TextUnsafe: a reason that is not 10 to 300 characters.
    """
    require(actor, Can.SEE_OWN)
    reason = checked_reason(reason) if reason.strip() else ""
    with transaction.atomic():
        known = Grant.objects.filter(pk=grant_id, person=actor.who, company__isnull=False)
        company = known.values_list("company_id", flat=True).first() or ""
        row = next((one for one in held_staff(company) if one.id == grant_id), None)
        if row is None or row.person_id != actor.person:
            raise NoSuchGrant()
        require(actor, Can.LEAVE, row)
        keep_administered([row])
        _leave(actor, row, reason)
        told = {"name": actor.name, "company": row.company.name if row.company else ""}
        admins = holders(COMPANY_ADMIN, company=company)
        role = ROLES[row.role].name
        link = f"/company/people/left/{row.id}"
        tell_all(admins, "staff_left", link, role=role, reason=reason, **told)


def _leave(actor: Actor, row: Grant, reason: str) -> None:
    step = move(GRANT, row, "leave", ended_at=clock.now(), end_reason=reason or LEFT)
    said = {"reason": reason} if reason else {}
    note(actor, events.LEFT, row, step, **facts_of(row), **said)
