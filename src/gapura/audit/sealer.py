"""The only sequencer: places committed entries in the tree, behind the writers."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from gapura.audit.entries import Row, leaf_data, select
from gapura.audit.errors import LogBroken
from gapura.audit.tree.merkle import Frontier, Get, Node, cover, leaf_hash
from gapura.audit.tree.stored import NodeMissing, over_stored

BATCH = 1000
_LOCK = 0x6761707572610001

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
        return _seal(limit) if alone() else 0


def seal_all() -> int:
    """Seal until nothing committed waits; answers how many."""
    total = 0
    while done := seal():
        total += done
    return total


def backlog() -> Backlog:
    """How far the tree is behind the writers; for readiness and metrics."""
    with connection.cursor() as cursor:
        cursor.execute(BACKLOG)
        row = cursor.fetchone()
    return Backlog(*(row or (0, 0.0)))


def alone() -> bool:
    """Take the sequencer's place for the running transaction; False when another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def tree_size() -> int:
    """How many leaves there are."""
    return _edge().size


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
