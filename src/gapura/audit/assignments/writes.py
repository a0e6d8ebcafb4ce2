"""Writing assignments: registered by the auditor's agency, confirmed by the platform, ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.audit import events
from gapura.audit.assignments.reads import assignment_for, view_of
from gapura.audit.errors import BadAssignment
from gapura.audit.events import Event, Subject
from gapura.audit.models import Assignment
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_

MOST_AGENCIES, MOST_UNITS = 20, 50
_SELF = N_("Nobody registers an assignment for themselves. Ask another administrator.")
_DAYS = N_("The last day must not lie before the first one.")
_PAST = N_("The last day is over already. Choose a later one.")
_NONE = N_("Choose at least one agency, and at most 20.")
_MANY = N_("Choose at most 50 units.")
_CASE = N_("A case is a reference of at most 200 characters, such as SP-2026-000123.")


@dataclass(frozen=True, slots=True)
class AssignmentText:
    """What a letter of assignment says; `since` and `until` are its first and last day.

    No `agencies` means the auditor's own. `number` and `letter` name it in the register.
    """

    number: str
    letter: UUID
    since: date
    until: date
    agencies: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    case: str = ""


def assign(*, actor: Actor, person: UUID, username: str, text: AssignmentText) -> UUID:
    """Register one auditor's assignment; that the letter says so is the caller's to have checked.

    What it opens beyond the own agency counts once the platform has confirmed it.

    :raises Refused: for others than the agency's administrator.
    :raises BadAssignment: oneself, days or places that make no sense, by field.
    """
    require(actor, Can.ASSIGN)
    agencies = tuple(dict.fromkeys(text.agencies)) or (actor.agency,)
    _check(actor, person, text, agencies)
    with transaction.atomic():
        row = Assignment.objects.create(
            number=text.number,
            letter=text.letter,
            agency=actor.agency,
            person=person,
            username=username,
            agencies=list(agencies),
            units=list(dict.fromkeys(text.units)),
            case=text.case.strip(),
            valid=DateRange(text.since, text.until + timedelta(days=1)),
            created_by=actor.who,
            created_at=clock.now(),
        )
        more: dict[str, object] = {"since": text.since, "until": text.until}
        more |= {"units": row.units} if row.units else {}
        more |= {"case": row.case} if row.case else {}
        _note(actor, events.ASSIGNMENT_REGISTERED, row, agencies=row.agencies, **more)
        return row.id


def confirm_assignment(*, actor: Actor, assignment_id: UUID) -> None:
    """Let an assignment open the agencies it names. Doing it twice changes nothing.

    :raises NoSuchAssignment: unknown.
    :raises Refused: for others than the platform's administrator, and for who is part of it.
    """
    with transaction.atomic():
        row = assignment_for(actor, assignment_id)
        require(actor, Can.CONFIRM_ASSIGNMENT, row)
        rows = Assignment.objects.filter(pk=row.pk, confirmed_at=None, ended_at=None)
        if rows.update(confirmed_by=actor.who, confirmed_at=clock.now()):
            _note(actor, events.ASSIGNMENT_CONFIRMED, row, agencies=row.agencies)


def end_assignment(*, actor: Actor, assignment_id: UUID) -> None:
    """End it at this moment. Doing it twice changes nothing.

    :raises NoSuchAssignment: unknown, or another agency's.
    :raises Refused: for others than the agency's or the platform's administrator.
    """
    with transaction.atomic():
        row = assignment_for(actor, assignment_id)
        require(actor, Can.END_ASSIGNMENT, row)
        rows = Assignment.objects.filter(pk=row.pk, ended_at=None)
        if rows.update(ended_by=actor.who, ended_at=clock.now()):
            _note(actor, events.ASSIGNMENT_ENDED, row)


def _check(actor: Actor, person: UUID, text: AssignmentText, agencies: Collection[str]) -> None:
    wrong = (
        ("username", person == actor.person, _SELF),
        ("until", text.until < text.since, _DAYS),
        ("until", text.since <= text.until < clock.today(), _PAST),
        ("agencies", len(agencies) > MOST_AGENCIES, _NONE),
        ("units", len(text.units) > MOST_UNITS, _MANY),
        ("case", len(text.case) > 200 or not text.case.isprintable(), _CASE),
    )
    found: dict[str, Problem | str] = {}
    for field, holds, said in wrong:
        if holds:
            found.setdefault(field, said)
    if found:
        raise BadAssignment(found)


def _note(actor: Actor, event: Event, row: Assignment, **more: object) -> None:
    view = view_of(row)
    facts = {"auditor": view.username, "letter": str(view.letter), **more}
    subject = Subject("assignment", str(view.id), view.number)
    record(actor, event, subject, facts=facts, agency=view.agency, person=view.person)
