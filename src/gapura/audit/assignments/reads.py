"""Reads of assignments: an auditor's own, an agency's, those that wait for the platform."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gapura.audit.assignments.mandates import ASSIGNED_ROLES, Mandate
from gapura.audit.errors import NoSuchAssignment
from gapura.audit.models import Assignment
from gapura.audit.permissions import Can
from gapura.audit.rules import WHOLE_LOG
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

_MOST = 200


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """One assignment; `until` is the last day on which it counts."""

    id: UUID
    number: str
    letter: UUID
    agency: str
    person: UUID
    username: str
    agencies: tuple[str, ...]
    units: tuple[str, ...]
    case: str
    since: date
    until: date
    created_by: UUID
    created_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None

    @property
    def opens_others(self) -> bool:
        """Whether it reaches beyond the agency that registered it."""
        return set(self.agencies) != {self.agency}

    def state(self, day: date) -> str:
        """`ended`, `over`, `waiting`, `coming` or `in_force` on a legal day."""
        steps = (
            (self.ended_at is not None, "ended"),
            (day > self.until, "over"),
            (self.opens_others and self.confirmed_at is None, "waiting"),
            (day < self.since, "coming"),
        )
        return next((state for holds, state in steps if holds), "in_force")

    @property
    def mandate(self) -> Mandate:
        """What it opens while it is in force."""
        return Mandate(self.id, self.number, self.agencies, self.units, self.case)


def assignments_for(actor: Actor) -> tuple[AssignmentView, ...]:
    """Newest first: an auditor's own, an administrator's agency's, the platform's all. One query.

    :raises Refused: without a role that has to do with them.
    """
    require(actor, Can.LIST_ASSIGNMENTS)
    rows = Assignment.objects.filter(_reach(actor)).order_by("-created_at", "-id")
    return tuple(view_of(row) for row in rows[:_MOST])


def assignment_for(actor: Actor, assignment_id: UUID) -> Assignment:
    """One that the actor may know of, for services.

    :raises NoSuchAssignment: unknown, or not the actor's to know of.
    """
    knows = may(actor, Can.LIST_ASSIGNMENTS)
    row = Assignment.objects.filter(_reach(actor), pk=assignment_id).first() if knows else None
    if row is None:
        raise NoSuchAssignment()
    return row


def own_assignment(actor: Actor, assignment_id: UUID) -> AssignmentView:
    """The actor's own, in force today; that its letter still counts is the caller's to ask.

    :raises NoSuchAssignment: unknown, another's, not confirmed, over, or of another role's.
    """
    mine = Assignment.objects.filter(pk=assignment_id, person=actor.who, agency=actor.agency)
    row = mine.first() if actor.role in ASSIGNED_ROLES else None
    found = view_of(row) if row else None
    if found is None or found.state(clock.today()) != "in_force":
        raise NoSuchAssignment()
    return found


def view_of(row: Assignment) -> AssignmentView:
    """A row as others see it."""
    return AssignmentView(
        id=row.id,
        number=row.number,
        letter=row.letter,
        agency=row.agency,
        person=row.person,
        username=row.username,
        agencies=tuple(row.agencies),
        units=tuple(row.units),
        case=row.case,
        since=row.valid.lower,
        until=row.valid.upper - timedelta(days=1),
        created_by=row.created_by,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
    )


def _reach(actor: Actor) -> Q:
    if actor.role in WHOLE_LOG:
        return Q()
    if actor.role in ASSIGNED_ROLES:
        return Q(person=actor.who, agency=actor.agency)
    return Q(agency=actor.agency)
