"""Suspicions as the security desk sees them: the list, and one with the account around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q

from gapura.authentication.errors import NoSuchSuspicion
from gapura.authentication.models import AccountLock, Session, Suspicion
from gapura.authentication.permissions import Can
from gapura.authentication.queries.factors import Factors, factors
from gapura.authentication.rules import SUSPICION_OPEN, device_name
from gapura.authentication.states import SUSPICION
from gapura.kernel.actor import Actor
from gapura.kernel.clauses import Clause
from gapura.kernel.permissions import decide, may, require

if TYPE_CHECKING:
    from gapura.accounts.models import Person

PAGE = 40
SIGN_INS = 15
TABS = {
    "open": SUSPICION_OPEN,
    "settled": ("settled",),
    "dismissed": ("dismissed",),
}


@dataclass(frozen=True, slots=True)
class SuspicionRow:
    """One line of the list."""

    id: UUID
    name: str
    username: str
    agency: str
    kind: str
    state: str
    seen_at: datetime
    action: str
    proposer: str


@dataclass(frozen=True, slots=True)
class SuspicionPage:
    """Up to 40 lines, the newest first, and how many lie under each tab."""

    rows: tuple[SuspicionRow, ...]
    counts: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SignInView:
    """One sign-in of the account, open or over; `ended` is empty while it is open."""

    device: str
    ip: str
    place: str
    acr: int
    methods: tuple[str, ...]
    signed_in_at: datetime | None
    last_seen_at: datetime
    ended: str


@dataclass(frozen=True, slots=True)
class SuspicionView:
    """One suspicion. `entries` are ids of the log; `verbs` what the actor may do now.

    `obstacles` are why the actor cannot agree to what is proposed; `lock` is the lock of the
    account, if it has one.
    """

    id: UUID
    person: UUID
    name: str
    username: str
    agency: str
    standing: str
    kind: str
    state: str
    found_at: datetime
    seen_at: datetime
    entries: tuple[UUID, ...]
    action: str
    reason: str
    proposer: str
    proposed_at: datetime | None
    decider: str
    decided_at: datetime | None
    factors: Factors
    sign_ins: tuple[SignInView, ...]
    lock: UUID | None
    verbs: tuple[str, ...]
    may_cut: bool
    obstacles: tuple[Clause, ...]


def suspicions_for(actor: Actor, tab: str = "open", page: int = 1) -> SuspicionPage:
    """What the actor's desk watches, except about the actor; 40 a page.

    :raises Refused: for others than administrators.
    """
    require(actor, Can.LIST_SUSPICIONS)
    rows = Suspicion.objects.filter(scope(actor))
    counts = rows.aggregate(**{name: Count("id", Q(state__in=s)) for name, s in TABS.items()})
    pages = max(1, -(-counts[tab] // PAGE))
    page = min(max(page, 1), pages)
    found = rows.filter(state__in=TABS[tab]).select_related("person", "proposed_by")
    start = (page - 1) * PAGE
    shown = found.order_by("-seen_at", "id")[start : start + PAGE]
    return SuspicionPage(tuple(_row(row) for row in shown), counts, page, pages)


def scope(actor: Actor) -> Q:
    """Accounts that the active role watches, never one's own."""
    others = ~Q(person=actor.who)
    return others if actor.role == "admin_platform" else others & Q(person__agency=actor.agency)


def suspicion_for(actor: Actor, suspicion_id: UUID) -> SuspicionView:
    """One suspicion with the person's factors and sign-ins; no secrets.

    :raises NoSuchSuspicion: not there, another agency's, or about oneself.
    """
    row = visible_suspicion(actor, suspicion_id)
    steps = SUSPICION.verbs_from(row.state)
    locks = AccountLock.objects.filter(person=row.person_id, lifted_at__isnull=True)
    proposed = row.state == "proposed"
    return SuspicionView(
        **{name: getattr(row, name) for name in _AS_KEPT},
        **_about(row.person),
        entries=tuple(UUID(one) for one in row.evidence.get("entries", ())),
        proposer=row.proposed_by.name if row.proposed_by else "",
        decider=row.decided_by.name if row.decided_by else "",
        lock=locks.values_list("id", flat=True).first(),
        verbs=tuple(step.verb for step in steps if may(actor, step.permission, row)),
        may_cut=row.state in SUSPICION_OPEN and may(actor, Can.CUT_SESSIONS, row),
        obstacles=tuple(decide(actor, Can.AGREE_ACTION, row).missing) if proposed else (),
    )


_AS_KEPT = (
    "id",
    "kind",
    "state",
    "found_at",
    "seen_at",
    "action",
    "reason",
    "proposed_at",
    "decided_at",
)


def _about(person: Person) -> dict[str, Any]:
    return {
        "person": person.id,
        "name": person.name,
        "username": person.username,
        "agency": person.agency,
        "standing": person.state,
        "factors": factors(person.id),
        "sign_ins": _sign_ins(person.id),
    }


def visible_suspicion(actor: Actor, suspicion_id: UUID, *, lock: bool = False) -> Suspicion:
    """The row, once the actor may see it; locked to the end of the transaction if asked.

    :raises NoSuchSuspicion: not there, another agency's, or about oneself.
    """
    rows = Suspicion.objects.select_related("person", "proposed_by", "decided_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=suspicion_id).first()
    if row is None or not may(actor, Can.SEE_SUSPICION, row):
        raise NoSuchSuspicion()
    return row


def _row(row: Suspicion) -> SuspicionRow:
    return SuspicionRow(
        id=row.id,
        name=row.person.name,
        username=row.person.username,
        agency=row.person.agency,
        kind=row.kind,
        state=row.state,
        seen_at=row.seen_at,
        action=row.action,
        proposer=row.proposed_by.name if row.proposed_by else "",
    )


def _sign_ins(person: UUID) -> tuple[SignInView, ...]:
    rows = Session.objects.filter(person=person, acr__gt=0).order_by("-signed_in_at")[:SIGN_INS]
    return tuple(
        SignInView(
            device=device_name(row.user_agent),
            ip=row.ip or "",
            place=row.place,
            acr=row.acr,
            methods=tuple(row.methods.split()),
            signed_in_at=row.signed_in_at,
            last_seen_at=row.last_seen_at,
            ended=row.end_reason if row.ended_at else "",
        )
        for row in rows
    )
