"""The only sequencer: places committed entries in the tree, behind the writers, and signs it."""

import logging
from datetime import datetime, timedelta
from threading import Event as Stop
from typing import Any, NamedTuple
from uuid import UUID

from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    close_old_connections,
    connection,
    transaction,
)

from gapura.audit import keys
from gapura.audit.entries import Row, leaf_data, select
from gapura.audit.errors import LogBroken
from gapura.audit.merkle import Frontier, Get, Node, cover, leaf_hash, root
from gapura.audit.notes import Tree, write_checkpoint
from gapura.audit.tree import NodeMissing, Signed, latest_checkpoint, over_stored
from gapura.kernel import clock

BATCH = 1000
PAUSE = 0.5
CHECKPOINT_EVERY = timedelta(seconds=60)
CHECKPOINT_LEAVES = 1000
_LOCK = 0x6761707572610001

_log = logging.getLogger(__name__)

# Whole transactions become visible at once, and none older than xmin is still open. So in the order
# (xid, id) nothing can appear any more before what was already sealed.
_SETTLED = "e.xid < pg_snapshot_xmin(pg_current_snapshot())"
# Numbers from beyond xmax came with a dump from another cluster. Then, or when the last sealed
# entry is gone, there is no place to continue from: every entry is asked whether it has a leaf.
_FOREIGN = "e.xid >= pg_snapshot_xmax(pg_current_snapshot())"
_UNSEALED = "NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.event_id = e.id)"
_AFTER = "(e.xid, e.id) > (%s::xid8, %s::uuid)"
_COLUMNS = select("e")
_EDGE = f"""
    SELECT l.index, e.xid::text, l.event_id, {_FOREIGN}
    FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.index DESC LIMIT 1
"""  # noqa: S608 - constants only
_LEAVES = """
    INSERT INTO audit_leaf (index, event_id, hash)
    SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])
"""
_NODES = """
    INSERT INTO audit_node (level, index, hash)
    SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""
_CHECKPOINT = (
    "INSERT INTO audit_checkpoint (number, size, root, note, at) VALUES (%s, %s, %s, %s, %s)"
)
# The newest by id are looked at too: after a move to another cluster the edge says nothing.
BACKLOG = f"""
    WITH edge AS (
        SELECT CASE WHEN {_FOREIGN} THEN '0' ELSE e.xid END AS xid, e.id
        FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id ORDER BY l.index DESC LIMIT 1),
    late AS (
        SELECT e.id, e.recorded_at FROM audit_event e
        WHERE (e.xid, e.id) > (
            coalesce((SELECT xid FROM edge), '0'),
            coalesce((SELECT id FROM edge), '00000000-0000-0000-0000-000000000000'))
        ORDER BY e.xid, e.id LIMIT 1000),
    newest AS (SELECT e.id, e.recorded_at FROM audit_event e ORDER BY e.id DESC LIMIT 200)
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8
    FROM (SELECT * FROM late UNION SELECT * FROM newest) e WHERE {_UNSEALED}
"""  # noqa: S608 - constants only


class _Edge(NamedTuple):
    """Where the tree ends; `xid` is empty when the order cannot be continued from the last leaf."""

    size: int
    xid: str
    event_id: UUID | None


class Backlog(NamedTuple):
    """Entries that wait for their place (counted to about 1,000), the oldest's age in seconds."""

    waiting: int
    seconds: float


def seal(limit: int = BATCH) -> int:
    """Seal up to `limit` committed entries; answers how many, 0 when another sequencer works."""
    with transaction.atomic():
        return _seal(limit) if _alone() else 0


def seal_all() -> int:
    """Seal until nothing committed waits; answers how many."""
    total = 0
    while done := seal():
        total += done
    return total


def checkpoint(*, now: bool = False) -> int | None:
    """Sign the tree when a minute or 1,000 leaves have passed, or `now`; answers the new number.

    :raises LogBroken: when the stored tree contradicts the last checkpoint.
    """
    with transaction.atomic():
        return _checkpoint(now) if _alone() else None


def run_forever(stop: Stop) -> None:
    """Seal and sign until `stop` is set; database trouble is logged and waited out."""
    while not stop.is_set():
        pause = PAUSE
        try:
            pause = 0.0 if seal() == BATCH else PAUSE
            checkpoint()
        except (DatabaseError, InterfaceError):
            _log.exception("the sealer cannot reach the database; it will try again")
            close_old_connections()
            pause = 2.0
        except LogBroken:
            _log.critical("no checkpoint is signed: run `gapura audit verify`", exc_info=True)
            pause = 30.0
        stop.wait(pause)
    connection.close()


def backlog() -> Backlog:
    """How far the tree is behind the writers; for readiness and metrics."""
    with connection.cursor() as cursor:
        cursor.execute(BACKLOG)
        row = cursor.fetchone()
    return Backlog(*(row or (0, 0.0)))


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _edge() -> _Edge:
    with connection.cursor() as cursor:
        cursor.execute(_EDGE)
        row = cursor.fetchone()
    if row is None:
        return _Edge(0, "", None)
    index, xid, event_id, foreign = row
    return _Edge(index + 1, "" if xid is None or foreign else xid, event_id)


def _after(edge: _Edge) -> tuple[str, list[Any]]:
    return (_AFTER, [edge.xid, edge.event_id]) if edge.xid else ("TRUE", [])


def _next(edge: _Edge, limit: int) -> list[Row]:
    after, params = _after(edge)
    settled = _SETTLED if edge.xid else f"({_SETTLED} OR {_FOREIGN})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM audit_event e WHERE {settled} AND {_UNSEALED} AND {after} "  # noqa: S608
            "ORDER BY e.xid, e.id LIMIT %s",
            [*params, limit],
        )
        return [Row(*values) for values in cursor.fetchall()]


def _frontier(size: int) -> Frontier:
    def edge(get: Get) -> list[bytes]:
        return [get(node) for node in cover(0, size)]

    return Frontier(size, over_stored(edge) if size else ())


def _seal(limit: int) -> int:
    edge = _edge()
    rows = _next(edge, limit)
    if not rows:
        return 0
    try:
        frontier = _frontier(edge.size)
    except NodeMissing as error:
        raise LogBroken(f"a node of the tree is missing: {error}") from error
    hashes = [leaf_hash(leaf_data(row)) for row in rows]
    nodes = [node for leaf in hashes for node in frontier.append(leaf)]
    try:
        _store(edge.size, rows, hashes, nodes)
    except IntegrityError as error:
        raise LogBroken(f"the tree goes on beyond its last leaf: {error}") from error
    return len(rows)


def _store(
    start: int, rows: list[Row], hashes: list[bytes], nodes: list[tuple[Node, bytes]]
) -> None:
    places = list(range(start, start + len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES, [places, [row.id for row in rows], hashes])
        levels = [node.level for node, _ in nodes]
        indexes = [node.position for node, _ in nodes]
        cursor.execute(_NODES, [levels, indexes, [value for _, value in nodes]])


def _checkpoint(now: bool) -> int | None:
    size, last = _edge().size, latest_checkpoint()
    at = clock.now()
    if not _due(size, last, at, now):
        return None
    top = _checked_root(size, last)
    note = write_checkpoint(Tree(keys.origin(), size, top), keys.signing_key())
    number = last.number + 1 if last else 1
    with connection.cursor() as cursor:
        cursor.execute(_CHECKPOINT, [number, size, top, note, at])
    return number


def _due(size: int, last: Signed | None, at: datetime, now: bool) -> bool:
    if last is None:
        return size > 0
    if size == last.size:
        return False
    if size < last.size:
        raise LogBroken(f"the tree has {size} leaves, a checkpoint says {last.size}")
    return now or size - last.size >= CHECKPOINT_LEAVES or at - last.at >= CHECKPOINT_EVERY


def _checked_root(size: int, last: Signed | None) -> bytes:
    """The root to sign, after making sure that the tree still has the root signed last."""

    def both(get: Get) -> tuple[bytes, bytes]:
        return root(size, get), root(last.size if last else 0, get)

    try:
        top, before = over_stored(both)
    except NodeMissing as error:
        raise LogBroken(f"a node of the tree is missing: {error}") from error
    if last and before != last.root:
        raise LogBroken(f"the root of checkpoint {last.number} is no longer the tree's")
    return top
