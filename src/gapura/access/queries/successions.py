"""Takeovers of companies, as the successor, the people of the company and the helpdesk see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gapura.access.errors import NoSuchSuccession
from gapura.access.models import Succession
from gapura.access.permissions import Can
from gapura.access.states import OPEN_SUCCESSION
from gapura.documents.queries import Download, original_bytes
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

_SEALED = ("successor__nik", "successor__nip", "successor__phone", "company__npwp")
_MOST = 100


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """One takeover. Who objected is not told: the objection is the company's, not a person's.

    `mine`: the reader is who takes over. `ready`: they can do so now. `can_object`: there is time
    left for it.
    """

    id: UUID
    company: str
    company_name: str
    successor: str
    username: str
    state: str
    deed_number: str
    deed_date: date
    document: UUID
    former: str
    reference: str
    started_at: datetime
    cools_until: datetime
    lapses_at: datetime
    objection: str
    objected_at: datetime | None
    reason: str
    ended_at: datetime | None
    mine: bool
    ready: bool
    can_object: bool
    can_decide: bool


def known_succession(actor: Actor, succession_id: UUID, *, lock: bool = False) -> Succession:
    """The row, with its company and its successor; what is not theirs to see is not there.

    :raises NoSuchSuccession: that.
    """
    rows = Succession.objects.select_related("company", "successor").defer(*_SEALED)
    if lock:
        # Keyed alone: what it is joined with must not be read as it was before the wait.
        held = Succession.objects.filter(pk=succession_id).select_for_update()
        list(held.values_list("pk", flat=True))
    row = rows.filter(pk=succession_id).first()
    if row is None or not may(actor, Can.SEE_SUCCESSION, row):
        raise NoSuchSuccession()
    return row


def succession(actor: Actor, succession_id: UUID) -> SuccessionView:
    """One takeover.

    :raises NoSuchSuccession: not there, or not for this actor to see.
    """
    return _view(actor, known_succession(actor, succession_id))


def running_succession(actor: Actor) -> SuccessionView | None:
    """The takeover of the actor's company that has not ended, for a banner there. One query."""
    company = actor.grant.company if actor.grant else ""
    if not company:
        return None
    rows = Succession.objects.select_related("company", "successor").defer(*_SEALED)
    row = rows.filter(company=company, state__in=OPEN_SUCCESSION).first()
    return _view(actor, row) if row and may(actor, Can.SEE_SUCCESSION, row) else None


def succession_paper(actor: Actor, succession_id: UUID) -> Download:
    """The deed as it was handed in, for both sides and whoever decides.

    :raises NoSuchSuccession: not there, or not for this actor to see.
    """
    return original_bytes(known_succession(actor, succession_id).document_id)


def own_successions(actor: Actor) -> tuple[SuccessionView, ...]:
    """What the actor takes over and has not ended. One query."""
    require(actor, Can.SEE_OWN)
    rows = Succession.objects.select_related("company", "successor").defer(*_SEALED)
    found = rows.filter(successor=actor.who, state__in=OPEN_SUCCESSION).order_by("-started_at")
    return tuple(_view(actor, row) for row in found[:20])


def successions(actor: Actor) -> tuple[SuccessionView, ...]:
    """What the helpdesk has to decide, the longest waiting first. One query.

    :raises Refused: not the helpdesk's or the platform administrator's.
    """
    require(actor, Can.LIST_SUCCESSIONS)
    rows = Succession.objects.select_related("company", "successor").defer(*_SEALED)
    found = rows.filter(state="objected").order_by("objected_at", "id")
    return tuple(_view(actor, row) for row in found[:_MOST])


def _view(actor: Actor, row: Succession) -> SuccessionView:
    now, mine = clock.now(), row.successor_id == actor.person
    cooled = row.state == "allowed" or (row.state == "cooling" and now >= row.cools_until)
    open_ = row.state == "cooling" and now < row.cools_until
    kept: dict[str, Any] = {name: getattr(row, name) for name in _KEPT}
    return SuccessionView(
        **kept,
        company=row.company_id,
        company_name=row.company.name,
        successor=row.successor.name,
        username=row.successor.username,
        document=row.document_id,
        mine=mine,
        ready=mine and cooled and now < row.lapses_at,
        can_object=open_ and may(actor, Can.OBJECT_SUCCESSION, row),
        can_decide=row.state == "objected" and may(actor, Can.ALLOW_SUCCESSION, row),
    )


_KEPT = (
    "id",
    "state",
    "deed_number",
    "deed_date",
    "former",
    "reference",
    "started_at",
    "cools_until",
    "lapses_at",
    "objection",
    "objected_at",
    "reason",
    "ended_at",
)


def last_successor(company: str) -> UUID | None:
    """Who took the company over last: the registry is asked about that one, not the founder."""
    rows = Succession.objects.filter(company=company, state="taken_over").order_by("-ended_at")
    return rows.values_list("successor_id", flat=True).first()
