"""Reads of agencies, units and letters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.prepared import Prepared, PreparedRow
from gapura.organizations.errors import NoSuchAgency, NoSuchLetter, NoSuchUnit
from gapura.organizations.models import Agency, AppointmentLetter, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.rules import is_code, search_rank, search_words

_ALL_AGENCIES = Prepared(
    lambda day: (
        Agency.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
        .order_by("code")
        .values_list("code", "name", "short", "kind")
    ),
    date(1945, 8, 17),
)


@dataclass(frozen=True, slots=True)
class AgencyView:
    """A buying body; `short` are other names, divided by commas; closed from `closed_on`."""

    code: str
    name: str
    short: str
    kind: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A working unit; `agency` and `parent` are codes, `zone` an IANA name.

    `path` are the codes from the top of the tree down to it, each closed by a slash.
    """

    code: str
    name: str
    agency: str
    parent: str
    zone: str
    closed_on: date | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """An appointment letter; `valid_until` is the last day on which it counts."""

    id: UUID
    reference: str
    number: str
    signed_on: date
    signer_name: str
    signer_position: str
    agency: str
    agency_name: str
    unit: str
    unit_name: str
    valid_from: date
    valid_until: date
    document: UUID
    created_by: UUID
    created_at: datetime
    revoked_at: datetime | None
    revoke_reason: str

    def counts_on(self, day: date) -> bool:
        """Valid on this legal day and not revoked."""
        return self.revoked_at is None and self.valid_from <= day <= self.valid_until


def find_agencies(text: str, limit: int = 10) -> tuple[AgencyView, ...]:
    """Open agencies that hold every word of `text` in their name or short names, best first.

    At most `limit`, never more than 50. An empty text finds nothing.
    """
    words = search_words(text)
    if not words:
        return ()
    found = []
    for code, name, short, kind in _ALL_AGENCIES.rows(clock.today()):
        rank = search_rank(words, name, short)
        if rank is not None:
            found.append((rank, len(name), code, AgencyView(code, name, short, kind)))
    return tuple(view for *_, view in sorted(found)[: max(0, min(limit, 50))])


def open_agencies() -> tuple[AgencyView, ...]:
    """All that are not closed, by code; some hundreds. One query."""
    return tuple(AgencyView(*row) for row in _ALL_AGENCIES.rows(clock.today()))


def agency(code: str) -> AgencyView:
    """One agency, closed or not.

    :raises NoSuchAgency: unknown code.
    """
    row = Agency.objects.filter(pk=code).first() if is_code(code) else None
    if row is None:
        raise NoSuchAgency()
    return AgencyView(row.code, row.name, row.short, row.kind, row.closed_on)


def agencies_by_code(codes: set[str]) -> dict[str, AgencyView]:
    """Several at once, for lists; unknown codes are left out."""
    rows = Agency.objects.filter(pk__in=codes)
    return {r.code: AgencyView(r.code, r.name, r.short, r.kind, r.closed_on) for r in rows}


def units_of(agency: str) -> tuple[UnitView, ...]:
    """The open units of an agency in the order of the tree, parts behind what they are part of."""
    if not is_code(agency):
        return ()
    today = clock.today()
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    rows = list(Unit.objects.filter(still_open, agency=agency).order_by("code"))
    parts: dict[str, list[Unit]] = {}
    codes = {row.code for row in rows}
    for row in rows:
        parent = row.parent_id if row.parent_id in codes else ""
        parts.setdefault(parent or "", []).append(row)
    ordered: list[Unit] = []
    waiting = list(reversed(parts.get("", [])))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += reversed(parts.get(row.code, []))
    return tuple(_unit_view(row) for row in ordered)


def unit(code: str) -> UnitView:
    """One unit, closed or not.

    :raises NoSuchUnit: unknown code.
    """
    row = Unit.objects.filter(pk=code).first() if is_code(code) else None
    if row is None:
        raise NoSuchUnit()
    return _unit_view(row)


def units_by_code(codes: set[str]) -> dict[str, UnitView]:
    """Several at once, for lists; unknown codes are left out."""
    return {row.code: _unit_view(row) for row in Unit.objects.filter(pk__in=codes)}


def _unit_view(row: Unit) -> UnitView:
    top = row.parent_id or ""
    return UnitView(row.code, row.name, row.agency_id, top, row.zone, row.closed_on, row.path)


_LETTER = PreparedRow(
    lambda letter: AppointmentLetter.objects.select_related("agency", "unit").filter(pk=letter),
    UUID(int=1),
)


def letter_for(actor: Actor, letter_id: UUID) -> LetterView:
    """A letter as its owner, its agency's reviewers or the platform see it.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    row = _LETTER.one(letter_id)
    if row is None or not may(actor, Can.SEE_LETTER, row):
        raise NoSuchLetter()
    return letter_view(row)


def own_letters(actor: Actor) -> tuple[LetterView, ...]:
    """The letters the actor entered, newest first; at most 100."""
    rows = AppointmentLetter.objects.select_related("agency", "unit").filter(created_by=actor.who)
    return tuple(letter_view(row) for row in rows.order_by("-created_at")[:100])


def letter_view(row: AppointmentLetter) -> LetterView:
    """What a letter says; its agency and unit are loaded with it."""
    return LetterView(
        id=row.id,
        reference=row.reference,
        number=row.number,
        signed_on=row.signed_on,
        signer_name=row.signer_name,
        signer_position=row.signer_position,
        agency=row.agency_id,
        agency_name=row.agency.name,
        unit=row.unit_id or "",
        unit_name=row.unit.name if row.unit else "",
        valid_from=row.valid.lower,
        valid_until=row.valid.upper - timedelta(days=1),
        document=row.document_id,
        created_by=row.created_by,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        revoke_reason=row.revoke_reason,
    )


@dataclass(frozen=True, slots=True)
class UnitPath:
    """Where a unit stands in the tree: its `path` begins with that of all it is part of."""

    code: str
    name: str
    path: str
    zone: str
    closed_on: date | None


def unit_paths(agency: str) -> dict[str, UnitPath]:
    """All units of an agency by code, closed ones too."""
    rows = Unit.objects.filter(agency=agency).order_by("path")
    columns = rows.values_list("code", "name", "path", "zone", "closed_on")
    return {row[0]: UnitPath(*row) for row in columns}
