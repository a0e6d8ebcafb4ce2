"""Reads of requests about one's own data: the person's own, and the queue of who answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.documents.queries import Download, preview
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.privacy.errors import NoSuchRequest
from gapura.privacy.models import Copy, DataRequest, Restriction
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import AGENCY, KINDS, OFFICER, is_late
from gapura.privacy.states.requests import OPEN, REQUEST
from gapura.privacy.topics import FIELDS

PAGE = 40


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request. `kind` and `field` are message ids, `verbs` the steps open to who reads it.

    `late` holds when it was, or is, not answered within its hours. `copy` is what an access
    request is answered by.
    """

    id: UUID
    reference: str
    code: str
    kind: str
    law: str
    field: str
    state: str
    desk: str
    agency: str
    zone: str
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None
    late: bool
    escalated: bool
    wanted: str
    text: str
    answer: str
    evidence: bool
    digest: str
    person_id: UUID
    name: str
    username: str
    taken_by: str
    verbs: tuple[str, ...]
    copy: UUID | None = None


def own_requests(actor: Actor) -> list[RequestView]:
    """The actor's own, newest first; 40 at most. One query.

    :raises Refused: for nobody.
    """
    require(actor, Can.SEE_OWN)
    rows = _with_people(DataRequest.objects.filter(person=actor.who)).order_by("-asked_at")
    return [_view(row) for row in rows[:PAGE]]


def request_for(actor: Actor, request_id: UUID) -> RequestView:
    """One request, to its person and to who answers it. Two queries.

    :raises NoSuchRequest: not there, or not for this actor.
    """
    row = _with_people(DataRequest.objects.filter(pk=request_id)).first()
    if row is None or not may(actor, Can.SEE, row):
        raise NoSuchRequest()
    steps = [s for s in REQUEST.verbs_from(row.state) if may(actor, s.permission, row)]
    copy = Copy.objects.filter(request=row).values_list("pk", flat=True).first()
    return _view(row, tuple(step.verb for step in steps), copy)


def queue(actor: Actor, *, ended: bool = False, page: int = 1) -> list[RequestView]:
    """What waits at the actor's desk, by deadline; or what was answered, newest first. One query.

    The actor's own requests are left out: somebody else answers them.

    :raises Refused: for anyone who answers none.
    """
    first = (max(page, 1) - 1) * PAGE
    rows = _with_people(_scoped(actor, ended=ended))
    ordered = rows.order_by("-ended_at") if ended else rows.order_by("due_at", "id")
    return [_view(row) for row in ordered[first : first + PAGE]]


def queue_size(actor: Actor, *, ended: bool = False) -> int:
    """How many that are.

    :raises Refused: for anyone who answers none.
    """
    return _scoped(actor, ended=ended).count()


def evidence_page(actor: Actor, request_id: UUID, number: int) -> Download:
    """The picture of one page of the evidence, while the request is open.

    :raises NoSuchRequest: not there, not for this actor, or decided.
    :raises NoSuchDocument: no such page.
    """
    row = DataRequest.objects.select_related("person").filter(pk=request_id).first()
    if row is None or row.evidence_id is None or not may(actor, Can.SEE, row):
        raise NoSuchRequest()
    return preview(row.evidence_id, number)


def restricted_since(actor: Actor) -> datetime | None:
    """Since when the processing of the actor's data is restricted; None when it is not."""
    rows = Restriction.objects.filter(person=actor.who, ended_at=None)
    return rows.values_list("since", flat=True).first()


def _scoped(actor: Actor, *, ended: bool) -> QuerySet[DataRequest]:
    require(actor, Can.LIST)
    rows = DataRequest.objects.exclude(person=actor.who)
    rows = rows.exclude(state__in=OPEN) if ended else rows.filter(state__in=OPEN)
    if actor.role == OFFICER:
        return rows
    return rows.filter(Q(desk=AGENCY), agency=actor.agency)


def _with_people(rows: QuerySet[DataRequest]) -> QuerySet[DataRequest]:
    return rows.select_related("person", "taken_by")


def _view(row: DataRequest, verbs: tuple[str, ...] = (), copy: UUID | None = None) -> RequestView:
    kind = KINDS[row.kind]
    return RequestView(
        id=row.id, reference=row.reference, code=row.kind, kind=kind.name, law=kind.law,
        field=FIELDS.get(row.field, ""), state=row.state, desk=row.desk, agency=row.agency,
        zone=row.zone, asked_at=row.asked_at, due_at=row.due_at, ended_at=row.ended_at,
        late=is_late(row.due_at, row.ended_at or clock.now()),
        escalated=row.escalated_at is not None, wanted=row.wanted or "", text=row.text or "",
        answer=row.answer or "", evidence=row.evidence_id is not None, digest=row.digest,
        person_id=row.person_id, name=row.person.name, username=row.person.username,
        taken_by=row.taken_by.name if row.taken_by else "", verbs=verbs, copy=copy,
    )  # fmt: skip
