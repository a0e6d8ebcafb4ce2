"""Reads of findings: roles of one person that exclude each other, as the sweep found them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.errors import NoSuchFinding
from gapura.access.models import ConflictFinding, Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.roles import PLATFORM_ADMIN
from gapura.access.rules.conflicts import forbids
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, may, require

FINDINGS_PAGE = 40
_LAST_PAGE = 1000
FINDING_TABS: dict[str, Q] = {
    "open": Q(cleared_at__isnull=True, accepted_at__isnull=True),
    "accepted": Q(cleared_at__isnull=True, accepted_at__isnull=False),
    "cleared": Q(cleared_at__isnull=False),
}
_SEALED = (
    *(f"grant__person__{name}" for name in ("nik", "nip", "phone")),
    *(f"accepted_by__{name}" for name in ("nik", "nip", "phone")),
    "grant__unit__npwp",
    "other__unit__npwp",
)
_PARTS = ("agency", "unit", "company", "letter")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two roles: which grant, where, on which letter, until which last day."""

    grant: UUID
    role: str
    place: str
    standing: str
    letter: str
    since: date
    until: date | None
    may_end: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with both sides. `blocks` says that the law does not allow it at all."""

    id: UUID
    name: str
    username: str
    is_own: bool
    rule: str
    basis: str
    blocks: bool
    reach: str
    found_at: datetime
    cleared_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str
    reason: str
    sides: tuple[Side, Side]
    may_accept: bool


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of a tab, newest first, with how many each tab holds."""

    rows: tuple[FindingView, ...]
    counts: dict[str, int]
    page: int
    pages: int


def _rows() -> QuerySet[ConflictFinding]:
    sides = [f"{side}__{part}" for side in ("grant", "other") for part in _PARTS]
    joined = ("rule", "grant__person", "accepted_by", *sides)
    return ConflictFinding.objects.select_related(*joined).defer(*_SEALED)


def scope(actor: Actor) -> Q:
    """Which findings the active role oversees: all, or those with a side where it acts."""
    grant = actor.grant
    if grant is None:
        return Q(pk__in=[])
    if grant.role == PLATFORM_ADMIN:
        return Q()
    found = Q()
    for side in ("grant", "other"):
        here = Q(**{f"{side}__agency": grant.agency})
        if grant.reach:
            here &= Q(**{f"{side}__unit__path__startswith": grant.reach})
        found |= here
    return found


def findings_for(actor: Actor, tab: str = "open", page: int = 1) -> FindingPage:
    """One page of 40 of a tab of FINDING_TABS (six queries at most).

    :raises Refused: not acting as verifier, auditor or platform administrator.
    """
    require(actor, Can.LIST_FINDINGS)
    mine = ConflictFinding.objects.filter(scope(actor))
    counts = {name: mine.filter(where).count() for name, where in FINDING_TABS.items()}
    pages = max(1, -(-counts[tab] // FINDINGS_PAGE))
    page = min(max(page, 1), pages, _LAST_PAGE)
    rows = _rows().filter(scope(actor), FINDING_TABS[tab]).order_by("-found_at", "-id")
    first = (page - 1) * FINDINGS_PAGE
    shown = tuple(_view(actor, row) for row in rows[first : first + FINDINGS_PAGE])
    return FindingPage(shown, counts, page, pages)


def open_findings(actor: Actor) -> int:
    """How many wait for somebody who oversees them; 0 for others. For the home page."""
    if not may(actor, Can.LIST_FINDINGS):
        return 0
    return ConflictFinding.objects.filter(scope(actor), FINDING_TABS["open"]).count()


def finding_for(actor: Actor, finding_id: UUID) -> FindingView:
    """One finding.

    :raises NoSuchFinding: not there, or not the actor's to see.
    """
    return _view(actor, visible_finding(actor, finding_id))


def visible_finding(actor: Actor, finding_id: UUID, *, lock: bool = False) -> ConflictFinding:
    """The row with both sides, for services too.

    :raises NoSuchFinding: not there, or not the actor's to see.
    :raises Refused: only a stronger sign-in is missing.
    """
    if lock:
        ConflictFinding.objects.select_for_update().filter(pk=finding_id).first()
    row = _rows().filter(pk=finding_id).first()
    verdict = decide(actor, Can.SEE_FINDING, row) if row else None
    if verdict is not None and verdict.only_needs_strength:
        raise Refused(verdict)
    if row is None or not verdict:
        raise NoSuchFinding()
    return row


def _view(actor: Actor, row: ConflictFinding) -> FindingView:
    waits = row.cleared_at is None and row.accepted_at is None
    blocks = forbids(row.rule.severity, row.rule.reach)
    return FindingView(
        id=row.id,
        name=row.grant.person.name,
        username=row.grant.person.username,
        is_own=row.grant.person_id == actor.person,
        rule=row.rule.code,
        basis=row.rule.basis,
        blocks=blocks,
        reach=row.rule.reach,
        found_at=row.found_at,
        cleared_at=row.cleared_at,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by.name if row.accepted_by else "",
        reason=row.reason,
        sides=(_side(actor, row, row.grant), _side(actor, row, row.other)),
        may_accept=waits and not blocks and may(actor, Can.ACCEPT_FINDING, row),
    )


def _side(actor: Actor, row: ConflictFinding, grant: Grant) -> Side:
    upper: Any = grant.valid.upper
    live = row.cleared_at is None and grant.state != "revoked"
    return Side(
        grant=grant.id,
        role=grant.role,
        place=place_of(grant).label,
        standing=grant.standing,
        letter=grant.letter.reference if grant.letter else "",
        since=grant.valid.lower,
        until=None if upper is None else upper - timedelta(days=1),
        may_end=live and may(actor, Can.REVOKE, grant),
    )
