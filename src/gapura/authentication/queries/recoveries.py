"""Ways back: what waits for whom, and one of them for its helpers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from gapura.accounts.queries import masked
from gapura.authentication.errors import NoSuchRecovery
from gapura.authentication.models import Recovery, SignInRule
from gapura.authentication.permissions import Can
from gapura.authentication.rules import (
    RECOVERY_OPEN,
    SECONDS,
    VOUCH_CHECKLIST,
    VOUCHERS,
    network,
)
from gapura.authentication.states import RECOVERY
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.clauses import Clause
from gapura.kernel.permissions import decide, may, require

if TYPE_CHECKING:
    from gapura.accounts.models import Person

PAGE = 40
_DESK_KINDS = ("vouched", "operator")


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a way back is open for asking (days), waits (hours), and may then be used (days)."""

    ask_days: int
    wait_hours: int
    life_days: int


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One line of the list."""

    id: UUID
    reference: str
    name: str
    username: str
    kind: str
    state: str
    agency: str
    asked_at: datetime
    ends_at: datetime
    voucher: str


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """One way back as its helpers see it; numbers masked, `near` the network it was asked from.

    `verbs` are the steps open to the actor, `obstacles` why the next one is not.
    """

    id: UUID
    person: UUID
    reference: str
    kind: str
    state: str
    agency: str
    name: str
    username: str
    nik: str
    nip: str
    email: str
    phone: str
    phone_proven: bool
    mailbox: bool
    story: str
    near: str
    asked_at: datetime
    ends_at: datetime
    voucher: str
    vouched_at: datetime | None
    evidence: Mapping[str, Any]
    new_email: str
    seconder: str
    seconded_at: datetime | None
    ready_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    checklist: Mapping[str, str]
    verbs: tuple[str, ...]
    obstacles: tuple[Clause, ...]


def waits_for(kind: str, day: date | None = None) -> Waits:
    """The dated rule `recovery` for one kind of way back."""
    return Waits(**SignInRule.value_at("recovery", day or clock.today(), kind))


def recoveries_for(actor: Actor, page: int = 1) -> list[RecoveryRow]:
    """What the active role helps with and is still open, the oldest first; 40 a page.

    :raises Refused: no such role.
    """
    require(actor, Can.LIST_RECOVERIES)
    rows = Recovery.objects.filter(
        _mine(actor), state__in=RECOVERY_OPEN, ends_at__gt=clock.now()
    ).select_related("person", "vouched_by")
    start = (max(page, 1) - 1) * PAGE
    return [_row(row) for row in rows.order_by("asked_at", "id")[start : start + PAGE]]


def recovery_for(actor: Actor, recovery_id: UUID) -> RecoveryView:
    """One way back, for those who can vouch for it or agree to it.

    :raises NoSuchRecovery: not there, or another agency's.
    """
    return _view(actor, visible_recovery(actor, recovery_id))


def visible_recovery(actor: Actor, recovery_id: UUID, *, lock: bool = False) -> Recovery:
    """The row, once the actor may see it; locked to the end of the transaction if asked.

    :raises NoSuchRecovery: not there, or another agency's.
    """
    rows = Recovery.objects.select_related("person", "vouched_by", "seconded_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=recovery_id, kind__in=_DESK_KINDS).first()
    if row is None or not may(actor, Can.SEE_RECOVERY, row):
        raise NoSuchRecovery()
    return row


def coming_back(person: UUID) -> Recovery | None:
    """The way back that two people stand for and that runs now; for the services of this room."""
    rows = Recovery.objects.filter(
        person=person, kind__in=_DESK_KINDS, state="waiting", ends_at__gt=clock.now()
    )
    return rows.select_related("person").first()


def _mine(actor: Actor) -> Q:
    """What the active role can vouch for or agree to."""
    found = Q(pk__in=())
    for kind in _DESK_KINDS:
        if actor.role in VOUCHERS[kind] | SECONDS[kind]:
            found |= Q(kind=kind, agency=actor.agency) if kind == "vouched" else Q(kind=kind)
    return found


def _row(row: Recovery) -> RecoveryRow:
    return RecoveryRow(
        id=row.id,
        reference=row.reference,
        name=row.person.name,
        username=row.person.username,
        kind=row.kind,
        state=row.state,
        agency=row.agency,
        asked_at=row.asked_at,
        ends_at=row.ends_at,
        voucher=row.vouched_by.name if row.vouched_by else "",
    )


_AS_KEPT = (
    "id",
    "reference",
    "kind",
    "agency",
    "story",
    "asked_at",
    "ends_at",
    "vouched_at",
    "evidence",
    "new_email",
    "seconded_at",
    "ready_at",
    "ended_at",
    "end_reason",
)
_NEXT = {"asked": Can.VOUCH_RECOVERY, "vouched": Can.SECOND_RECOVERY}


def _view(actor: Actor, row: Recovery) -> RecoveryView:
    live = row.ends_at > clock.now()
    steps = RECOVERY.verbs_from(row.state) if live else ()
    following = _NEXT.get(row.state) if live else None
    told = {name: getattr(row, name) for name in _AS_KEPT}
    return RecoveryView(
        **told,
        **_about(row.person),
        state=row.state if live or row.ended_at else "lapsed",
        mailbox=bool(row.evidence.get("mailbox")),
        near=network(row.evidence.get("ip")),
        voucher=row.vouched_by.name if row.vouched_by else "",
        seconder=row.seconded_by.name if row.seconded_by else "",
        checklist=VOUCH_CHECKLIST[row.kind],
        verbs=tuple(step.verb for step in steps if may(actor, step.permission, row)),
        obstacles=tuple(decide(actor, following, row).missing) if following else (),
    )


def _about(person: Person) -> dict[str, Any]:
    """What a helper compares with the card; the NIK in full is read from the card alone."""
    return {
        "person": person.id,
        "name": person.name,
        "username": person.username,
        "nik": masked(person.nik),
        "nip": masked(person.nip),
        "email": person.email,
        "phone": masked(person.phone),
        "phone_proven": person.phone_verified_at is not None,
    }
