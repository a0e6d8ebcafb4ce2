"""Reads of files of entries: how far they are, whose they are, what they hold."""

import gzip
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gapura.audit.errors import NoSuchExport
from gapura.audit.exports.packing import unpack
from gapura.audit.models import Export
from gapura.audit.permissions import Can
from gapura.audit.search.explorer import Filters, Whose, count_found
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

# Law 27/2022 article 16 (2) c: no more personal data than the purpose needs; and one file is made
# within a minute.
MOST_ROWS = 100_000
LEAST_REASON, LONGEST_REASON = 10, 300
KEPT_DAYS = 7
COMPRESSED = frozenset({"csv", "json"})
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ExportView:
    """One file, or how far it is: `done` of `expected` rows; `size` in bytes as it is unpacked."""

    id: UUID
    number: str
    format: str
    reason: str
    filters: dict[str, str]
    assignment: UUID | None
    asked_at: datetime
    expected: int
    done: int
    finished_at: datetime | None
    problem: str
    rows: int | None
    size: int | None
    sha256: str
    gone_at: datetime | None

    @property
    def works(self) -> bool:
        """Still being made."""
        return self.finished_at is None

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        return min(100, 100 * self.done // max(1, self.expected))

    @property
    def can_be_fetched(self) -> bool:
        """Made, and not deleted yet."""
        return bool(self.sha256) and self.gone_at is None

    @property
    def went_early(self) -> bool:
        """Deleted before its week was over: personal values in the log were erased."""
        if self.gone_at is None or self.finished_at is None:
            return False
        return self.gone_at < self.finished_at + timedelta(days=KEPT_DAYS)


@dataclass(frozen=True, slots=True)
class ExportFile:
    """The bytes; `packed` when they are compressed by gzip."""

    name: str
    media_type: str
    content: bytes
    packed: bool

    def unpacked(self) -> bytes:
        """The plain bytes, whose SHA-256 the log holds."""
        return gzip.decompress(self.content) if self.packed else self.content


def rows_to_export(actor: Actor, filters: Filters) -> int:
    """How many entries a file of this search would hold; never counts beyond one over the limit.

    :raises Refused: without a role that oversees a log.
    """
    require(actor, Can.EXPORT)
    return count_found(actor, filters, Whose.OVERSEEN, MOST_ROWS + 1)


def exports_of(actor: Actor) -> tuple[ExportView, ...]:
    """The actor's last files in this role, newest first. One query."""
    require(actor, Can.EXPORT)
    rows = Export.objects.filter(person=actor.who, role=actor.role, agency=actor.agency)
    return tuple(view_of(row) for row in rows.order_by("-asked_at", "-id")[:_SHOWN])


def export_for(actor: Actor, export_id: UUID) -> ExportView:
    """One of the actor's own.

    :raises NoSuchExport: unknown, another person's, or asked for in another role.
    """
    return view_of(own_export(actor, export_id))


def own_export(actor: Actor, export_id: UUID) -> Export:
    """The row of one of the actor's own, for services.

    :raises NoSuchExport: as `export_for`.
    """
    row = Export.objects.filter(pk=export_id).first()
    if row is None or not may(actor, Can.FETCH, row):
        raise NoSuchExport()
    return row


def part_context(export_id: UUID, place: int) -> str:
    """What a piece is sealed for: so that none can be put into another file."""
    return f"audit_export_part.sealed/{export_id}/{place}"


def view_of(row: Export) -> ExportView:
    """A row as its owner sees it."""
    return ExportView(
        id=row.id,
        number=row.number,
        format=row.format,
        reason=row.reason,
        filters=unpack(row.filters).given(),
        assignment=row.assignment,
        asked_at=row.asked_at,
        expected=row.expected,
        done=row.done,
        finished_at=row.finished_at,
        problem=row.problem,
        rows=row.rows,
        size=row.size,
        sha256=row.sha256,
        gone_at=row.gone_at,
    )
