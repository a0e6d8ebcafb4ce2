"""What a bundle holds, read from one snapshot of the database, in pieces of bounded size."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import said
from gapura.audit.archive.numbers import absent_numbers
from gapura.audit.archive.register import archived
from gapura.audit.claims import Claim, all_claims
from gapura.audit.commitments import context, open_values
from gapura.audit.entries import ACTOR, COLUMNS, SUBJECT, Row, leaf_data, select
from gapura.audit.events import ERASED, MONTH_ARCHIVED, MONTH_FORGOTTEN, MONTH_RESTORED
from gapura.audit.offline.absent import Ranges
from gapura.kernel.encryption import Unsealable

CHUNK = 2000
_WIDTH = len(COLUMNS)
_MOMENT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""
_LEAVES = f"""
    SELECT l.index, l.hash, l.event_id, a.sealed, a.erased_by, s.sealed, s.erased_by, {select("e")}
    FROM audit_leaf l
    LEFT JOIN audit_event e ON e.id = l.event_id
    LEFT JOIN audit_personal a ON a.event_id = l.event_id AND a.part = 'actor'
    LEFT JOIN audit_personal s ON s.event_id = l.event_id AND s.part = 'subject'
    WHERE l.index >= %s AND l.index < %s ORDER BY l.index
"""  # noqa: S608 - constants only
_HASHES = "SELECT index, hash FROM audit_leaf WHERE index >= %s AND index < %s ORDER BY index"
_SIZE = "SELECT coalesce(max(index) + 1, 0) FROM audit_leaf"
_SPAN = """
    SELECT coalesce(min(l.index), 0), coalesce(max(l.index) + 1, 0)
    FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
    WHERE e.recorded_at >= coalesce(%s::timestamptz, '-infinity')
      AND e.recorded_at < coalesce(%s::timestamptz, 'infinity')
"""
# Without these nothing could be checked: which months are archived, what was lawfully erased.
_TOLD = [MONTH_ARCHIVED.name, MONTH_RESTORED.name, ERASED.name, MONTH_FORGOTTEN.name]
_SIGNED = "(SELECT coalesce(max(size), 0) FROM audit_checkpoint)"
_UNSIGNED = f"""
    SELECT EXISTS (
        SELECT FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
         WHERE e.name = ANY(%s) AND coalesce(l.index >= {_SIGNED}, true))
      OR EXISTS (
        SELECT FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
         WHERE e.xid = ANY(%s::xid8[]) AND coalesce(l.index >= {_SIGNED}, true))
      OR EXISTS (
        SELECT FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id
         WHERE l.index >= {_SIGNED} AND l.index < %s AND e.name = ANY(%s))
"""  # noqa: S608 - constants only
# Done and not numbered yet: what the tables show of them has to get its numbers first.
_UNNUMBERED = """
    SELECT DISTINCT e.xid::text FROM audit_event e
     WHERE e.name = ANY(%s) AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)
     ORDER BY 1
"""
_RECEIPTS = """
    SELECT l.index FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
     WHERE (e.name = ANY(%s) OR e.id = %s) AND NOT (l.index >= %s AND l.index < %s) ORDER BY 1
"""
_CHECKPOINTS = f"""
    SELECT c.number, to_char(c.at AT TIME ZONE 'UTC', {_MOMENT}), c.note || coalesce((
        SELECT string_agg(s.line, '' ORDER BY s.witness)
        FROM audit_cosignature s WHERE s.number = c.number), '')
    FROM audit_checkpoint c ORDER BY c.number
"""  # noqa: S608 - constants only
_WAITING = f"""
    SELECT {select("e")} FROM audit_event e
    WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id) ORDER BY e.xid, e.id
"""  # noqa: S608 - constants only
_NOW = f"SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', {_MOMENT})"


class Leaf(NamedTuple):
    """One number of the log: its sealed hash, its bytes (empty when gone), its personal parts."""

    at: int
    hash: bytes
    data: bytes
    parts: dict[str, Any]


class Behind(NamedTuple):
    """Which entries the tables of a moment show: all below `size`, and those of transactions."""

    size: int
    xids: list[str]


class Snapshot:
    """Reads of one moment; `reader` is in a transaction that sees only that moment."""

    def __init__(self, reader: BaseDatabaseWrapper) -> None:
        self._reader = reader
        self.made_at = str(self._one(_NOW)[0])
        self.size = int(self._one(_SIZE)[0])
        self._archived = archived(reader)

    @cached_property
    def behind(self) -> Behind:
        """Which entries the tables show at this moment."""
        return Behind(self.size, [xid for (xid,) in self._rows(_UNNUMBERED, _telling())])

    def is_signed(self, behind: Behind) -> bool:
        """Whether a checkpoint covers what tells of archives, erasures, and the tables of then."""
        xids = "{" + ",".join(behind.xids) + "}"
        return not self._one(_UNSIGNED, _TOLD, xids, behind.size, _telling())[0]

    def span(self, since: datetime | None, until: datetime | None) -> tuple[int, int]:
        """The numbers that hold all entries recorded from `since` to before `until`."""
        if since is None and until is None:
            return 0, self.size
        first, end = self._one(_SPAN, since, until)
        return first, end

    def leaves(self, first: int, end: int, *, personal: bool) -> Iterator[Leaf]:
        """Leaves in order; `personal` opens the values, else only erasures are told."""
        for start in range(first, end, CHUNK):
            for values in self._rows(_LEAVES, start, min(start + CHUNK, end)):
                index, digest, event, *parts = values[:-_WIDTH]
                row = Row(*values[-_WIDTH:]) if values[-_WIDTH] is not None else None
                told = _parts(event, parts, personal=personal) if row else {}
                data = leaf_data(row) if row else b""
                yield Leaf(index, bytes(digest), data, told)

    def hashes(self, first: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Numbers with their sealed hashes only."""
        for start in range(first, end, CHUNK):
            for index, digest in self._rows(_HASHES, start, min(start + CHUNK, end)):
                yield index, bytes(digest)

    def archived(self) -> dict[str, Ranges]:
        """The numbers of each month that lies in files and not in the database any more."""
        months = sorted(self._archived.months)
        found = {said(month): absent_numbers(self._reader, month) for month in months}
        return {month: ranges for month, ranges in found.items() if ranges}

    def receipts(self, first: int, end: int) -> list[int]:
        """Entries outside of these numbers by which the others are checked."""
        names = [ERASED.name, MONTH_FORGOTTEN.name]
        told = self._rows(_RECEIPTS, names, self._archived.told_by, first, end)
        return [index for (index,) in told]

    def checkpoints(self) -> Iterator[dict[str, Any]]:
        """Every checkpoint, with the lines of its witnesses below the log's own."""
        for number, at, note in self._stream(_CHECKPOINTS):
            yield {"number": number, "at": at, "note": note}

    def waiting(self) -> Iterator[bytes]:
        """Entries without a number yet."""
        for values in self._stream(_WAITING):
            yield leaf_data(Row(*values))

    def table(self, claim: Claim) -> Iterator[dict[str, str]]:
        """The rows that a claim is about."""
        for values in self._stream(claim.rows):
            yield claim.row(values)

    def _one(self, sql: str, *params: Any) -> tuple[Any, ...]:
        (row,) = self._rows(sql, *params)
        return row

    def _rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        with self._reader.cursor() as cursor:
            cursor.execute(sql, list(params))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with self._reader.chunked_cursor() as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(CHUNK):
                yield from rows


def _telling() -> list[str]:
    """The names of all entries that tell of rows."""
    return sorted({telling.event for claim in all_claims() for telling in claim.tellings})


def _parts(event: UUID, values: list[Any], *, personal: bool) -> dict[str, Any]:
    """What the bundle tells of the personal parts of an entry."""
    told: dict[str, Any] = {}
    for part, sealed, erased_by in ((ACTOR, *values[:2]), (SUBJECT, *values[2:])):
        if erased_by is not None:
            told[part] = {"erased_by": str(erased_by)}
        elif personal and sealed is not None:
            told[part] = {"opened": _opened(bytes(sealed), context(event, part))}
    return told


def _opened(sealed: bytes, place: str) -> dict[str, Any]:
    """Salts and values; none when they cannot be opened, which the check then tells."""
    try:
        return {field: list(pair) for field, pair in open_values(sealed, place).items()}
    except Unsealable:
        return {}
