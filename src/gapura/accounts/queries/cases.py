"""Identity documents: the checkers' queue, one of them in full, and the person's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.accounts.choices import AT_AGENCY
from gapura.accounts.errors import NoSuchCase
from gapura.accounts.models import IdentityCase
from gapura.accounts.permissions import Can
from gapura.accounts.queries.campaigns import reverification_waits
from gapura.accounts.queries.people import person_by_id
from gapura.accounts.queries.proofs import registry_proof
from gapura.accounts.queries.views import IdentityView, seen_as
from gapura.accounts.rules.cases import CHECKERS, Correction
from gapura.accounts.states import (
    CASE,
    CONTACT_VERIFIED,
    IDENTITY_PENDING,
    NEEDS_CORRECTION,
    NEEDS_REVERIFICATION,
    OPEN_CASE,
    VERIFIED,
)
from gapura.documents.queries import DocumentView, get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.claims import claim_is_free
from gapura.kernel.permissions import Clause, decide, may, require

PAGE = 40
# Of these the registry's word is enough, where it has confirmed the person.
_AT_FIRST = (CONTACT_VERIFIED, IDENTITY_PENDING)
_SENDS = (*_AT_FIRST, NEEDS_CORRECTION, NEEDS_REVERIFICATION)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the queue; `late` from the moment the time is over."""

    id: UUID
    name: str
    username: str
    kind: str
    agency: str
    state: str
    sent_at: datetime
    due_at: datetime
    late: bool
    escalated: bool
    claimed_by: UUID | None
    claimed_by_name: str
    claim_is_free: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """One document beside the data: for its checker. `file` is None once it was erased.

    `verbs` are the steps open to who reads it, `obstacles` what keeps this person from taking it.
    """

    id: UUID
    kind: str
    state: str
    level: str
    agency: str
    sha256: str
    sent_at: datetime
    due_at: datetime
    late: bool
    escalated_at: datetime | None
    claimed_by: UUID | None
    claimed_by_name: str
    claimed_at: datetime | None
    claim_is_free: bool
    decided_by: UUID | None
    decided_by_name: str
    ended_at: datetime | None
    reason_code: str
    reason: str
    corrections: tuple[Correction, ...]
    identity: IdentityView
    file: DocumentView | None
    verbs: tuple[str, ...]
    obstacles: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The person's last document: how it stands, and what was said of it."""

    id: UUID
    kind: str
    state: str
    level: str
    sent_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    ended_at: datetime | None
    reason_code: str
    reason: str
    corrections: tuple[Correction, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """The last one, and whether another may be sent in now."""

    last: OwnCase | None
    may_send: bool


def waiting_cases(actor: Actor) -> QuerySet[IdentityCase]:
    """What waits for the active role, its agency's or the platform's, that the actor may decide."""
    rows = IdentityCase.objects.filter(level=CHECKERS[actor.role], state__in=OPEN_CASE)
    rows = rows.exclude(person=actor.person)
    if actor.grant and actor.grant.principal:
        rows = rows.exclude(person__username=actor.grant.principal)
    return rows.filter(agency=actor.agency) if CHECKERS[actor.role] == AT_AGENCY else rows


def cases_to_check(actor: Actor, page: int = 1) -> list[CaseRow]:
    """The queue, 40 a page, the nearest deadline first.

    :raises Refused: for whoever checks no identities.
    """
    require(actor, Can.LIST_CASES)
    rows = waiting_cases(actor).select_related("person", "claimed_by").order_by("due_at", "id")
    first, now = (max(page, 1) - 1) * PAGE, clock.now()
    return [_row(row, now) for row in rows[first : first + PAGE]]


def count_to_check(actor: Actor) -> tuple[int, datetime | None]:
    """How many wait, and the nearest deadline, for the home page. One query.

    :raises Refused: for whoever checks no identities.
    """
    require(actor, Can.LIST_CASES)
    due = list(waiting_cases(actor).order_by("due_at").values_list("due_at", flat=True)[:1000])
    return len(due), due[0] if due else None


def _row(row: IdentityCase, now: datetime) -> CaseRow:
    return CaseRow(
        id=row.id,
        name=row.person.name,
        username=row.person.username,
        kind=row.kind,
        agency=row.agency,
        state=row.state,
        sent_at=row.sent_at,
        due_at=row.due_at,
        late=now >= row.due_at,
        escalated=row.escalated_at is not None,
        claimed_by=row.claimed_by_id,
        claimed_by_name=row.claimed_by.name if row.claimed_by else "",
        claim_is_free=claim_is_free(row.claimed_by_id, row.claimed_at, now),
    )


def visible_case(actor: Actor, case_id: UUID, *, lock: bool = False) -> IdentityCase:
    """The row, for whoever may know of it.

    :raises NoSuchCase: not there, or not for this actor.
    """
    rows = IdentityCase.objects.select_related("person", "claimed_by", "decided_by")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(pk=case_id).first()
    if row is None or not may(actor, Can.SEE_CASE, row):
        raise NoSuchCase()
    return row


def case_for(actor: Actor, case_id: UUID) -> CaseView:
    """One document with the person's data and the registry's word.

    :raises NoSuchCase: not there, or not for this actor.
    """
    row, now = visible_case(actor, case_id), clock.now()
    steps = CASE.verbs_from(row.state)
    return CaseView(
        **_plain(row),
        agency=row.agency,
        sha256=row.sha256,
        late=now >= row.due_at,
        claimed_by=row.claimed_by_id,
        claimed_by_name=row.claimed_by.name if row.claimed_by else "",
        claimed_at=row.claimed_at,
        claim_is_free=claim_is_free(row.claimed_by_id, row.claimed_at, now),
        decided_by=row.decided_by_id,
        decided_by_name=row.decided_by.name if row.decided_by else "",
        identity=seen_as(row.person, registry_proof(row.person_id)),
        file=get_document(row.document_id) if row.document_id else None,
        verbs=tuple(dict.fromkeys(s.verb for s in steps if may(actor, s.permission, row))),
        obstacles=() if row.state not in OPEN_CASE else decide(actor, Can.CLAIM_CASE, row).missing,
    )


def own_document(actor: Actor) -> OwnDocument:
    """The actor's last document, and whether another may be sent in now."""
    require(actor, Can.SEE_OWN)
    row = IdentityCase.objects.filter(person=actor.who).order_by("-sent_at", "-id").first()
    last = None if row is None else OwnCase(**_plain(row), open=row.state in OPEN_CASE)
    waits = last is not None and last.open
    return OwnDocument(last, may_send=not waits and needs_document(actor.who, actor.state))


def needs_document(person_id: UUID, state: str) -> bool:
    """A document can settle what the registry has not: it is taken for nothing else.

    Who is verified sends one where the account must be verified again; who was confirmed only when
    a human being has to look at it, or after a correction.
    """
    if state == VERIFIED:
        return reverification_waits(person_id)
    if state not in _SENDS:
        return False
    if state not in _AT_FIRST:
        return True
    return person_by_id(person_id).must_be_seen or not registry_proof(person_id).confirmed


def _plain(row: IdentityCase) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "level": row.level,
        "sent_at": row.sent_at,
        "due_at": row.due_at,
        "escalated_at": row.escalated_at,
        "ended_at": row.ended_at,
        "reason_code": row.reason_code,
        "reason": row.reason,
        "corrections": tuple(Correction(**each) for each in row.corrections),
    }
