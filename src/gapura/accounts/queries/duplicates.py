"""Pairs of accounts that may be one human: for the desk, and for the two themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.accounts.choices import ANNOUNCED, ASKED, OBJECTED, OPEN_DUPLICATE, UPHELD
from gapura.accounts.errors import NoSuchDuplicate
from gapura.accounts.models import Duplicate, Person
from gapura.accounts.permissions import Can
from gapura.accounts.rules import KINDS, Kind, masked
from gapura.accounts.states import DUPLICATE
from gapura.kernel.actor import Actor
from gapura.kernel.clauses import Clause
from gapura.kernel.permissions import decide, may, require

DUPLICATES_PAGE = 40
_AS_KEPT = (
    "id",
    "state",
    "score",
    "found_at",
    "asked_at",
    "verdict_at",
    "reason",
    "object_until",
    "objected_at",
    "objection",
    "upheld_at",
    "upheld_reason",
    "ended_at",
)
_BOTH = ("first", "second", "closing", "verdict_by", "upheld_by", "objected_by")


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """One line of the list."""

    id: UUID
    first: str
    second: str
    state: str
    score: int
    evidence: tuple[str, ...]
    found_at: datetime
    object_until: datetime | None


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two accounts as the desk sees it; numbers masked. `says` is a key of ANSWERS."""

    id: UUID
    username: str
    name: str
    kind: Kind
    agency: str
    state: str
    nik: str
    nip: str
    phone: str
    phone_verified: bool
    email: str
    created_at: datetime
    verified_at: datetime | None
    says: str
    closes: bool


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """One pair for the desk. `verbs` are open to who reads it, `obstacles` why closing is not."""

    id: UUID
    state: str
    score: int
    evidence: tuple[str, ...]
    found_at: datetime
    asked_at: datetime | None
    halves: tuple[Half, Half]
    verdict_by: str
    verdict_at: datetime | None
    reason: str
    object_until: datetime | None
    objected_by: str
    objected_at: datetime | None
    objection: str
    upheld_by: str
    upheld_at: datetime | None
    upheld_reason: str
    ended_at: datetime | None
    verbs: tuple[str, ...]
    obstacles: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class OwnDuplicate:
    """What one of the two sees: of the other account only the beginning of its name.

    `closes` says whether it is the account the person is signed in with that would end; `says` is
    the own answer.
    """

    id: UUID
    state: str
    other: str
    evidence: tuple[str, ...]
    says: str
    closes: bool
    reason: str
    object_until: datetime | None
    objected: bool
    may_answer: bool
    may_object: bool


def duplicates_for(actor: Actor, page: int = 1) -> list[DuplicateRow]:
    """Open pairs, the strongest evidence first; 40 a page.

    :raises Refused: no such role.
    """
    require(actor, Can.LIST_DUPLICATES)
    rows = Duplicate.objects.filter(state__in=OPEN_DUPLICATE).select_related("first", "second")
    start = (max(page, 1) - 1) * DUPLICATES_PAGE
    found = rows.order_by("-score", "found_at", "id")[start : start + DUPLICATES_PAGE]
    return [
        DuplicateRow(
            row.id,
            row.first.username,
            row.second.username,
            row.state,
            row.score,
            tuple(row.evidence),
            row.found_at,
            row.object_until,
        )
        for row in found
    ]


def duplicate_for(actor: Actor, duplicate_id: UUID) -> DuplicateView:
    """One pair, for whoever may decide on it.

    :raises NoSuchDuplicate: not there, or not this actor's to see.
    """
    row = Duplicate.objects.select_related(*_BOTH).filter(pk=duplicate_id).first()
    if row is None or not may(actor, Can.SEE_DUPLICATE, row):
        raise NoSuchDuplicate()
    return _view(actor, row)


def own_duplicate(actor: Actor, duplicate_id: UUID) -> OwnDuplicate:
    """A pair that the actor's account is part of, once its owner was asked or told.

    :raises NoSuchDuplicate: not there, not the actor's, or nobody was told of it.
    """
    row = Duplicate.objects.select_related("first", "second").filter(pk=duplicate_id).first()
    told = row is not None and (row.asked_at is not None or row.verdict_at is not None)
    if row is None or not told or not may(actor, Can.SEE_OWN_DUPLICATE, row):
        raise NoSuchDuplicate()
    is_first = row.first_id == actor.person
    other = row.second if is_first else row.first
    return OwnDuplicate(
        id=row.id,
        state=row.state,
        other=masked_username(other.username),
        evidence=tuple(row.evidence),
        says=row.first_says if is_first else row.second_says,
        closes=row.closing_id == actor.person,
        reason=row.reason,
        object_until=row.object_until,
        objected=row.objected_at is not None,
        may_answer=row.state == ASKED and may(actor, Can.ANSWER_DUPLICATE, row),
        may_object=row.state == ANNOUNCED and may(actor, Can.OBJECT_DUPLICATE, row),
    )


def masked_username(username: str) -> str:
    """The other account may be a stranger's: enough to recognize one's own, no more."""
    return f"{username[:2]}•••"


def _view(actor: Actor, row: Duplicate) -> DuplicateView:
    steps = DUPLICATE.verbs_from(row.state)
    closing = decide(actor, Can.CLOSE_DUPLICATE, row) if row.state in (ANNOUNCED, UPHELD) else None
    if row.state == OBJECTED:
        closing = decide(actor, Can.UPHOLD_DUPLICATE, row)
    return DuplicateView(
        **{name: getattr(row, name) for name in _AS_KEPT},
        evidence=tuple(row.evidence),
        halves=(
            _half(row, row.first, row.first_says),
            _half(row, row.second, row.second_says),
        ),
        verdict_by=_name(row.verdict_by),
        objected_by=row.objected_by.username if row.objected_by else "",
        upheld_by=_name(row.upheld_by),
        verbs=tuple(step.verb for step in steps if may(actor, step.permission, row)),
        obstacles=closing.missing if closing is not None else (),
    )


def _half(row: Duplicate, person: Person, says: str) -> Half:
    return Half(
        id=person.id,
        username=person.username,
        name=person.name,
        kind=KINDS[person.kind],
        agency=person.agency,
        state=person.state,
        nik=masked(person.nik),
        nip=masked(person.nip),
        phone=masked(person.phone),
        phone_verified=person.phone_verified_at is not None,
        email=person.email,
        created_at=person.created_at,
        verified_at=person.verified_at,
        says=says,
        closes=row.closing_id == person.id,
    )


def _name(person: Person | None) -> str:
    return person.name if person else ""
