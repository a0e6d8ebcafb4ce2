"""Bringing an archived month back into the database, byte for byte, after every check."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from gapura.audit import events, keys
from gapura.audit.archive import files, partitions
from gapura.audit.archive.archiving import Archived, Progress
from gapura.audit.archive.comparing import CHUNK, compared, row_of
from gapura.audit.archive.files import KeptPart
from gapura.audit.archive.months import read, said
from gapura.audit.archive.register import archived_now
from gapura.audit.archive.turns import take_turn
from gapura.audit.entries import COLUMNS, Row, leaf_data, select
from gapura.audit.errors import BadArchive, BadMonth
from gapura.audit.events import Subject
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.audit.tree.merkle import leaf_hash
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# Tables that are being filled; what a broken run left is removed by the next one.
_MARK = "_coming"
_RECORDED = """
    SELECT e.id FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = %s AND e.subject_id = %s AND e.facts->>'manifest' = %s
     ORDER BY l.index DESC LIMIT 1
"""
_BACK = f"""
    SELECT l.index, l.hash, {select("e")} FROM {{events}} e
    LEFT JOIN audit_leaf l ON l.event_id = e.id
"""  # noqa: S608 - constants only
# What was erased after the archive was written does not come back with it. The tree tells the
# order: the clock of the ids may have been ahead, transactions count anew in another cluster. Of
# two that have no place yet the later transaction is meant.
_ERASE = """
    UPDATE {parts} p SET sealed = NULL, address = NULL, erased_by = r.id
      FROM (SELECT DISTINCT ON (e.name, e.subject_id) e.id, e.name, e.subject_id
              FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id,
                   (SELECT a.xid, k.index FROM audit_event a
                      LEFT JOIN audit_leaf k ON k.event_id = a.id WHERE a.id = %s) told
             WHERE e.name IN ('audit.person.erased', 'audit.month.forgotten')
               AND CASE WHEN l.index IS NULL AND told.index IS NULL THEN e.xid > told.xid
                        ELSE told.index IS NOT NULL AND coalesce(l.index > told.index, true) END
             ORDER BY e.name, e.subject_id, l.index DESC NULLS FIRST, e.xid DESC) r
     WHERE p.sealed IS NOT NULL
       AND (r.name, r.subject_id) IN (
           ('audit.person.erased', coalesce(p.person::text, CASE WHEN p.part = 'actor' THEN (
                SELECT o.person::text FROM {events} o WHERE o.id = p.event_id) END)),
           ('audit.month.forgotten', %s))
"""


def restore_month(*, actor: Actor, folder: Path, progress: Progress | None = None) -> Archived:
    """Bring a month back that is only in files.

    Its manifest has to be the one that an entry of the log names, and every entry has to be what
    the tree was made of. Personal values that were erased since then stay erased.

    :raises BadArchive: when one byte differs from what was archived.
    :raises BadMonth: when the month is in the database.
    """
    require(actor, Can.ARCHIVE)
    values, manifest = files.read_manifest(folder)
    month = _month(folder, values)
    recorded_by = _recorded(folder, month, manifest)
    partitions.drop(month, _MARK)
    partitions.make_beside(month, _MARK)
    try:
        _fill(month, folder, values, progress or (lambda done, total: None))
        _check(month, folder, values)
        with transaction.atomic():
            _take_in(actor, month, recorded_by, values["entries"], manifest)
    except BaseException:
        if not connection.needs_rollback:
            partitions.drop(month, _MARK)
        raise
    return Archived(values["entries"], values["parts"], manifest, dropped=False)


def _month(folder: Path, values: dict[str, Any]) -> date:
    month = read(str(values["month"]))
    if month is None or values["origin"] != keys.origin():
        raise BadArchive(folder=str(folder), why="it is of another log")
    if month in partitions.months_here():
        raise BadMonth(month=said(month), why="it is in the database")
    return month


def _recorded(folder: Path, month: date, manifest: str) -> Any:
    """The entry that names this archive. Who could forge it would have to change the tree."""
    found = partitions.rows(_RECORDED, [events.MONTH_ARCHIVED.name, said(month), manifest])
    if found:
        return found[0][0]
    known = archived_now()
    if month in known.months and known.months[month].manifest == manifest:
        return known.told_by
    raise BadArchive(folder=str(folder), why="no entry of the log names its manifest")


def _fill(month: date, folder: Path, values: dict[str, Any], tell: Progress) -> None:
    done = 0
    for batch in compared(files.leaves(folder), folder):
        _copy(partitions.EVENTS, month, COLUMNS, [row_of(leaf, month, folder) for leaf in batch])
        done += len(batch)
        tell(done, values["entries"])
    waiting: list[KeptPart] = []
    for part in files.parts(folder):
        waiting.append(part)
        if len(waiting) == CHUNK:
            _copy(partitions.PERSONAL, month, KeptPart._fields, waiting)
            waiting = []
    _copy(partitions.PERSONAL, month, KeptPart._fields, waiting)


def _copy(parent: str, month: date, columns: Sequence[str], rows: Sequence[Any]) -> None:
    if not rows:
        return
    sql = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(partitions.table(parent, month, _MARK)),
        SQL(", ").join(map(Identifier, columns)),
    )
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _check(month: date, folder: Path, values: dict[str, Any]) -> None:
    """What lies in the tables now, as everybody will read it, against the tree."""
    entries = 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(partitions.said_of(_BACK, month, _MARK))
        while rows := cursor.fetchmany(CHUNK):
            for index, digest, *columns in rows:
                if digest is None or leaf_hash(leaf_data(Row(*columns))) != bytes(digest):
                    raise BadArchive(folder=str(folder), why=f"entry {index} came back changed")
            entries += len(rows)
    size = partitions.size_of(month, _MARK)
    wanted = (values["entries"], values["entries"], values["parts"], values["open_parts"])
    if (entries, *size[:3]) != wanted:
        raise BadArchive(folder=str(folder), why="entries or personal parts are missing")


def _take_in(actor: Actor, month: date, recorded_by: Any, entries: int, manifest: str) -> None:
    # An erasure that has begun ends first: else it would not see these parts, nor we its receipt.
    take_turn()
    with connection.cursor() as cursor:
        sql = partitions.said_of(_ERASE, month, _MARK)
        cursor.execute(sql, [recorded_by, said(month)])
    partitions.take_in(month, _MARK)
    left = [one for one in archived_now().months.values() if one.month != month]
    facts = {
        "entries": entries,
        "manifest": manifest,
        "archived": [one.as_fact() for one in sorted(left)],
    }
    subject = Subject("month", said(month), said(month))
    record(actor, events.MONTH_RESTORED, subject, facts=facts)
