"""The full check of the log: entries against leaves, leaves against the tree and its signatures."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit import keys
from gapura.audit.archive.absences import Absences
from gapura.audit.bundle.reconciling import reconcile
from gapura.audit.entries import COLUMNS, Row, leaf_data, select
from gapura.audit.errors import BadArchive
from gapura.audit.findings import Finding, Report
from gapura.audit.personal import Erasures, Parts, check_parts
from gapura.audit.tree.growth import Growth, Statement
from gapura.audit.tree.merkle import Node, leaf_hash
from gapura.audit.tree.notes import BadNote, read_checkpoint

__all__ = ["Finding", "Report", "verify_log"]

Progress = Callable[[int, int], None]

CHUNK = 2000
_ALTERED_KEPT = 10_000

_ENTRIES = f"""
    SELECT l.index, l.event_id, l.hash, a.sealed, a.erased_by, s.sealed, s.erased_by, a.address,
           {select("e")}
    FROM audit_leaf l
    LEFT JOIN audit_event e ON e.id = l.event_id
    LEFT JOIN audit_personal a ON a.event_id = l.event_id AND a.part = 'actor'
    LEFT JOIN audit_personal s ON s.event_id = l.event_id AND s.part = 'subject'
    ORDER BY l.index
"""  # noqa: S608 - constants only
_NODES = "SELECT level, index, hash FROM audit_node ORDER BY (index + 1) << level, level"
_CHECKPOINTS = "SELECT number, size, root, note FROM audit_checkpoint ORDER BY number"
_COUNT = "SELECT count(*) FROM audit_leaf"
# By the clock of the snapshot: a check of a large log takes longer than sealing may. What stands
# where the sealer never looks, behind its last entry or beyond all transactions there have been,
# waits for good, whatever it says of its time. After a move from another cluster it does look.
_UNSEALED = """
    SELECT e.id, coalesce(
        e.xid < pg_snapshot_xmin(pg_current_snapshot())
            AND e.recorded_at < now() - interval '60 seconds'
        OR last.xid < pg_snapshot_xmax(pg_current_snapshot())
            AND (e.xid >= pg_snapshot_xmax(pg_current_snapshot())
                 OR (e.xid, e.id) < (last.xid, last.id)), false)
    FROM audit_event e LEFT JOIN (
        SELECT s.xid, s.id FROM audit_leaf l JOIN audit_event s ON s.id = l.event_id
         WHERE l.index = (SELECT max(index) FROM audit_leaf)) last ON true
    WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.event_id = e.id)
    ORDER BY e.xid, e.id
"""
# What answers a check, which only reads, otherwise than a page: the tables have nothing of it.
_DISGUISED = """
    SELECT name FROM unnest(%s::text[]) AS name
    LEFT JOIN pg_class c ON c.oid = to_regclass(quote_ident(name))
    WHERE c.relkind NOT IN ('r', 'p') OR c.relrowsecurity OR c.relforcerowsecurity
       OR EXISTS (SELECT FROM pg_rewrite WHERE ev_class = c.oid)
    ORDER BY name
"""


class _Leaf(NamedTuple):
    at: int
    event_id: UUID
    hash: bytes
    parts: Parts
    address: bytes | None
    row: Row | None


class _Suspect(NamedTuple):
    """A leaf whose entry hashes to something else."""

    at: int
    event: UUID
    sealed: bytes
    computed: bytes


def verify_log(
    progress: Progress | None = None,
    kept: Sequence[str] = (),
    *,
    tables: bool = False,
    archives: Sequence[Path] = (),
) -> Report:
    """Check the whole log in one snapshot, reading only; `progress` is told (done, total).

    `kept` are signed checkpoints that an auditor kept: the log must still have those roots.
    `tables`: the business tables must agree with the log too. What archived months tell of them is
    read from `archives`, their folders; while one of those is missing the log is not whole.
    """
    report = Report()
    reader = connection.copy()
    try:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _Check(reader, report, progress or (lambda done, total: None)).run(
            kept, archives if tables else None
        )
    except (DatabaseError, InterfaceError, BadArchive) as error:
        report.unreadable = str(error).strip()
    finally:
        reader.close()
    return report


class _Check:
    """One pass over the log."""

    def __init__(self, reader: BaseDatabaseWrapper, report: Report, progress: Progress) -> None:
        self._reader, self._report, self._progress = reader, report, progress
        self._suspects: list[_Suspect] = []
        self._inversions: list[tuple[int, UUID]] = []
        self._previous: tuple[int, UUID] | None = None
        self._absent = Absences(reader)

    def run(self, kept: Sequence[str], archives: Sequence[Path] | None) -> None:
        """All checks, in the order of the leaves; the tables too when `archives` is not None."""
        self._disguised()
        erasures = Erasures(self._reader, self._absent.months)
        growth = Growth(self._nodes(), self._statements(kept), self._report)
        total = self._rows(_COUNT)[0][0]
        for leaf in self._leaves():
            if not growth.add(leaf.at, leaf.hash):
                self._report.add(Finding("gap", growth.broken_at))
            self._content(leaf)
            if leaf.row is not None:
                self._report.erased += check_parts(
                    leaf.at, leaf.row, leaf.parts, erasures, self._report, leaf.address
                )
            self._report.entries += 1
            if self._report.entries % CHUNK == 0:
                self._progress(self._report.entries, total)
        growth.finish()
        self._absent.judge(self._report)
        self._report.root = growth.root
        self._explain(growth)
        self._unsealed()
        if archives is not None:
            reconcile(self._reader, self._report, self._absent.lawful, archives)
        self._progress(total, total)

    def _disguised(self) -> None:
        tables = [model._meta.db_table for model in apps.get_models()]
        for (table,) in self._rows(_DISGUISED, tables):
            self._report.add(Finding("disguised", values={"table": table}))

    def _content(self, leaf: _Leaf) -> None:
        """The entry against its sealed hash."""
        if leaf.row is None:
            self._absent.add(leaf.at, leaf.event_id)
            return
        computed = leaf_hash(leaf_data(leaf.row))
        if computed != leaf.hash:
            self._suspects.append(_Suspect(leaf.at, leaf.event_id, leaf.hash, computed))
            if len(self._suspects) > _ALTERED_KEPT:
                self._report.add(Finding("altered", leaf.at, leaf.event_id))
        place = (int(leaf.row.xid), leaf.event_id)
        if self._previous and place < self._previous and len(self._inversions) < _ALTERED_KEPT:
            self._inversions.append((leaf.at, leaf.event_id))
        self._previous = place

    def _explain(self, growth: Growth) -> None:
        """Tell an altered entry from one that stands in another's place.

        An entry that comes before an older one is only suspicious where the tree is wrong too: a
        database that was moved to another cluster counts its transactions anew.
        """
        suspects = self._suspects[:_ALTERED_KEPT]
        sealed = {suspect.sealed for suspect in suspects}
        for suspect in suspects:
            kind = "reordered" if suspect.computed in sealed else "altered"
            self._report.add(Finding(kind, suspect.at, suspect.event))
        told = {suspect.at for suspect in suspects}
        for index, event in self._inversions:
            if index not in told and growth.wrong_at(index):
                self._report.add(Finding("reordered", index, event))

    def _unsealed(self) -> None:
        for event, overdue in self._stream(_UNSEALED):
            self._report.waiting += 1
            if overdue:
                self._report.add(Finding("unsealed", None, event))

    def _leaves(self) -> Iterator[_Leaf]:
        width = len(COLUMNS)
        for values in self._stream(_ENTRIES):
            index, event_id, digest, *parts, address = values[:-width]
            row = Row(*values[-width:]) if values[-width] is not None else None
            pairs = {"actor": (parts[0], parts[1]), "subject": (parts[2], parts[3])}
            found_by = None if address is None else bytes(address)
            yield _Leaf(index, event_id, bytes(digest), pairs, found_by, row)

    def _nodes(self) -> Iterator[tuple[Node, bytes]]:
        for level, index, digest in self._stream(_NODES):
            yield Node(level, index), bytes(digest)

    def _statements(self, kept: Sequence[str]) -> list[Statement]:
        """Every root that was signed, in the order of sizes; bad notes are reported here."""
        found, last = [], (0, 0)
        for number, size, root, note in self._rows(_CHECKPOINTS):
            if number != last[0] + 1 or size <= last[1]:
                self._report.add(Finding("number", values={"number": number}))
            last = (number, size)
            tree = self._signed(note, str(number))
            if tree and (tree.size, tree.root) != (size, bytes(root)):
                self._report.add(Finding("statement", values={"number": number}))
            found.append(tree or Statement(str(number), size, bytes(root)))
            self._report.checkpoints, self._report.number = self._report.checkpoints + 1, number
        found += filter(
            None, (self._signed(note, f"({n})") for n, note in enumerate(kept, start=1))
        )
        return sorted(found, key=lambda statement: statement.size)

    def _signed(self, note: str, number: str) -> Statement | None:
        try:
            tree = read_checkpoint(note, keys.public_key())
        except BadNote as error:
            values = {"number": number, "reason": str(error)}
            self._report.add(Finding("signature", values=values))
            return None
        return Statement(number, tree.size, tree.root)

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
