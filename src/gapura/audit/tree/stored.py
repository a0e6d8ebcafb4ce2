"""The stored tree: reading the nodes that a root or a proof needs, in one statement."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from gapura.audit.tree.merkle import Get, Node

T = TypeVar("T")

_NODES = """
    SELECT n.level, n.index, n.hash FROM audit_node n
    JOIN unnest(%s::smallint[], %s::bigint[]) AS w (level, index)
        ON n.level = w.level AND n.index = w.index
    UNION ALL SELECT 0, index, hash FROM audit_leaf WHERE index = ANY(%s::bigint[])
"""
LATEST = "SELECT number, size, root, note, at FROM audit_checkpoint ORDER BY number DESC LIMIT 1"


class NodeMissing(Exception):
    """The stored tree lacks a node that it must have at this size."""


class Signed(NamedTuple):
    """A checkpoint as stored, with what the note claims repeated in columns."""

    number: int
    size: int
    root: bytes
    note: str
    at: datetime


def read_nodes(wanted: Iterable[Node]) -> Get:
    """A look-up over the wanted nodes.

    :raises NodeMissing: when asked for one that is not stored.
    """
    nodes = set(wanted)
    inner = [node for node in nodes if node.level]
    with connection.cursor() as cursor:
        cursor.execute(
            _NODES,
            [
                _array(level for level, _ in inner),
                _array(position for _, position in inner),
                _array(position for level, position in nodes if not level),
            ],
        )
        # A plain tuple is found by a `Node`, and is made in a third of the time.
        found = {(level, index): bytes(value) for level, index, value in cursor.fetchall()}

    def get(node: Node) -> bytes:
        try:
            return found[node]
        except KeyError:
            raise NodeMissing(f"level {node.level}, index {node.position}") from None

    return get


def _array(numbers: Iterable[int]) -> str:
    """PostgreSQL's own way of writing an array: the driver takes much longer for hundreds."""
    return "{" + ",".join(map(str, numbers)) + "}"


def needed(*computations: Callable[[Get], object]) -> set[Node]:
    """The nodes that the computations will ask for."""
    asked: set[Node] = set()

    def note(node: Node) -> bytes:
        asked.add(node)
        return b""

    for computation in computations:
        computation(note)
    return asked


def over_stored(computation: Callable[[Get], T]) -> T:
    """Run one computation over the stored nodes.

    :raises NodeMissing: when one is not there.
    """
    return computation(read_nodes(needed(computation)))


def latest_checkpoint() -> Signed | None:
    """The newest checkpoint, unchecked."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        row = cursor.fetchone()
    return read_checkpoint_row(row) if row else None


def read_checkpoint_row(values: Sequence[Any]) -> Signed | None:
    """The columns of `LATEST`; None where an outer join found no checkpoint."""
    number, size, root, note, at = values
    return None if number is None else Signed(number, size, bytes(root), note, at)
