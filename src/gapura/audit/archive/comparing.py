"""An archive on the disk held against the tree, the database and what the log tells of it."""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gapura.audit import events, keys
from gapura.audit.archive import files, partitions
from gapura.audit.archive.files import MANIFEST, KeptPart, Leaf
from gapura.audit.archive.months import month_of, said
from gapura.audit.archive.partitions import Size
from gapura.audit.entries import Row
from gapura.audit.errors import BadArchive
from gapura.audit.tree.merkle import leaf_hash

CHUNK = 2000
_PARTS = """
    SELECT event_id, part, person, sealed, address, erased_by FROM {parts} ORDER BY event_id, part
"""
_HASHES = "SELECT index, hash FROM audit_leaf WHERE index = ANY(%s)"
_TOLD = """
    SELECT e.name, e.facts->>'manifest' FROM audit_event e
    LEFT JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = ANY(%s) AND e.subject_kind = 'month' AND e.subject_id = %s
     ORDER BY l.index DESC NULLS FIRST, e.xid DESC LIMIT 1
"""


def compared(leaves: Iterator[Leaf], folder: Path) -> Iterator[list[Leaf]]:
    """The entries of an archive in batches, each held against the hash in the tree.

    :raises BadArchive: for one that is not what was sealed at its index.
    """
    batch: list[Leaf] = []
    last = -1
    for leaf in leaves:
        if leaf.at <= last:
            raise BadArchive(folder=str(folder), why=f"index {leaf.at} is out of order")
        last = leaf.at
        batch.append(leaf)
        if len(batch) == CHUNK:
            yield _held(batch, folder)
            batch = []
    if batch:
        yield _held(batch, folder)


def _held(batch: list[Leaf], folder: Path) -> list[Leaf]:
    known = dict(partitions.rows(_HASHES, [[leaf.at for leaf in batch]]))
    for leaf in batch:
        if leaf_hash(leaf.data) != bytes(known.get(leaf.at, b"")):
            raise BadArchive(
                folder=str(folder), why=f"entry {leaf.at} is not what the tree was made of"
            )
    return batch


def row_of(leaf: Leaf, month: date, folder: Path) -> Row:
    """The entry of a leaf.

    :raises BadArchive: when it cannot be read or is of another month.
    """
    try:
        row = leaf.row()
    except (ValueError, KeyError, TypeError) as error:
        raise BadArchive(folder=str(folder), why=f"entry {leaf.at}: {error}") from error
    if month_of(UUID(row.id)) != month:
        raise BadArchive(folder=str(folder), why=f"entry {leaf.at} is of another month")
    return row


def check_month(folder: Path, values: dict[str, Any], month: date, size: Size) -> None:
    """That a manifest speaks of this month as it is now.

    :raises BadArchive: when it does not.
    """
    wanted = (keys.origin(), said(month), size.entries, size.parts, size.open_parts)
    if tuple(values[k] for k in ("origin", "month", "entries", "parts", "open_parts")) != wanted:
        raise BadArchive(folder=str(folder), why=f"{MANIFEST} tells of other entries")


def check_told(folder: Path, month: date, manifest: str) -> None:
    """That the folder is the one the log tells of, if it tells of any since the month came back.

    :raises BadArchive: when the log names another manifest.
    """
    names = [events.MONTH_ARCHIVED.name, events.MONTH_RESTORED.name]
    told = partitions.rows(_TOLD, [names, said(month)])
    if told and told[0][0] == events.MONTH_ARCHIVED.name and told[0][1] != manifest:
        raise BadArchive(folder=str(folder), why="no entry of the log names its manifest")


def check_content(folder: Path, month: date, entries: int) -> None:
    """Read back what was written: every entry against the tree, every part against its row.

    :raises BadArchive: for the first one that is missing, too many, changed or of another month.
    """
    found = 0
    for batch in compared(files.leaves(folder), folder):
        found += len([row_of(leaf, month, folder) for leaf in batch])
    if found != entries:
        raise BadArchive(folder=str(folder), why=f"{found} entries instead of {entries}")
    with transaction.atomic():
        both = zip_longest(files.parts(folder), parts_of(month))
        for number, (there, here) in enumerate(both, 1):
            if there != here:
                why = f"personal part {number} is not that of the database"
                raise BadArchive(folder=str(folder), why=why)


def parts_of(month: date) -> Iterator[KeptPart]:
    """The personal parts as they lie in the database, always in the same order."""
    for event, part, person, sealed, address, erased_by in stream(
        partitions.said_of(_PARTS, month)
    ):
        yield KeptPart(event, part, person, _bytes(sealed), _bytes(address), erased_by)


def stream(sql: str) -> Iterator[tuple[Any, ...]]:
    """What a statement answers, in portions; inside a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
