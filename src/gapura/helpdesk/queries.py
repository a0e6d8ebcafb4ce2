"""Reads of cases, scoped by who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from gapura.helpdesk.errors import NoSuchCase
from gapura.helpdesk.models import Case
from gapura.helpdesk.permissions import Can
from gapura.helpdesk.rules import EVERYWHERE, LEAST, MOST
from gapura.helpdesk.states import ANSWERED, CASE, CLOSED, OPEN
from gapura.helpdesk.topics import TOPICS
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

__all__ = [
    "ANSWERED",
    "CLOSED",
    "LEAST",
    "MOST",
    "OPEN",
    "PAGE",
    "TOPICS",
    "AnswerView",
    "CaseRow",
    "CaseView",
    "case_for",
    "cases_for",
    "counts_for",
    "waiting",
]

PAGE = 40


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list; `topic` is a message id, `agency` a code or empty."""

    id: UUID
    reference: str
    state: str
    topic: str
    name: str
    agency: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer that was sent; `sent_by` is a username."""

    text: str
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case in full. `verbs` are the steps open to who reads it."""

    id: UUID
    reference: str
    state: str
    person: UUID | None
    name: str
    email: str
    language: str
    topic: str
    agency: str
    text: str
    created_at: datetime
    closed_at: datetime | None
    answers: tuple[AnswerView, ...]
    verbs: tuple[str, ...]


def _scoped(actor: Actor) -> QuerySet[Case]:
    require(actor, Can.LIST)
    cases = Case.objects.all()
    return cases if actor.role in EVERYWHERE else cases.filter(agency=actor.agency)


def cases_for(actor: Actor, state: str = "", page: int = 1) -> list[CaseRow]:
    """The cases the actor may answer; 40 a page. Open ones oldest first, others newest first.

    :raises Refused: for anyone who answers no cases.
    """
    rows = _scoped(actor).order_by("created_at" if state == OPEN else "-created_at")
    if state:
        rows = rows.filter(state=state)
    first = (max(page, 1) - 1) * PAGE
    return [
        CaseRow(c.id, c.reference, c.state, TOPICS[c.topic], c.name, c.agency, c.created_at)
        for c in rows[first : first + PAGE]
    ]


def counts_for(actor: Actor) -> dict[str, int]:
    """How many cases the actor may see in each state, also the states without any.

    :raises Refused: for anyone who answers no cases.
    """
    rows = _scoped(actor).values_list("state").annotate(n=Count("id"))
    return {**dict.fromkeys(CASE.states, 0), **dict(rows)}


def case_for(actor: Actor, case: UUID) -> CaseView:
    """One case.

    :raises NoSuchCase: when it is not there or is another agency's.
    """
    row = Case.objects.filter(pk=case).first()
    if row is None or not may(actor, Can.SEE, row):
        raise NoSuchCase()
    answers = [AnswerView(a.text, a.sent_at, a.sent_by) for a in row.answers.order_by("id")]
    steps = [s for s in CASE.verbs_from(row.state) if may(actor, s.permission, row)]
    return CaseView(
        id=row.id,
        reference=row.reference,
        state=row.state,
        person=row.person,
        name=row.name,
        email=row.email,
        language=row.language,
        topic=TOPICS[row.topic],
        agency=row.agency,
        text=row.text,
        created_at=row.created_at,
        closed_at=row.closed_at,
        answers=tuple(answers),
        verbs=tuple(step.verb for step in steps),
    )


def waiting(actor: Actor) -> int:
    """Open cases the actor may answer, for the home page.

    :raises Refused: for anyone who answers no cases.
    """
    return _scoped(actor).filter(state=OPEN).count()
