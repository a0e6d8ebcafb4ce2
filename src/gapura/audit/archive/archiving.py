"""Writing a month of the log into files, and only then taking it out of the database."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction

from gapura.audit import events, keys
from gapura.audit.archive import files, partitions
from gapura.audit.archive.comparing import (
    CHUNK,
    check_content,
    check_month,
    check_told,
    parts_of,
    stream,
)
from gapura.audit.archive.files import ENTRIES, PARTS, Leaf, Sheet
from gapura.audit.archive.months import month_of, said
from gapura.audit.archive.numbers import absent_numbers
from gapura.audit.archive.partitions import Size
from gapura.audit.archive.register import ArchivedMonth, archived_now
from gapura.audit.archive.retention import may_leave
from gapura.audit.archive.turns import try_turn
from gapura.audit.entries import COLUMNS, Row, leaf_data, select
from gapura.audit.errors import BadArchive, BadMonth
from gapura.audit.events import Subject
from gapura.audit.offline.absent import places
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.audit.tree.merkle import leaf_hash
from gapura.audit.tree.stored import latest_checkpoint
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

Progress = Callable[[int, int], None]

PARTIAL = ".partial"
_LEAVES = f"""
    SELECT l.index, l.hash, {select("e")} FROM {{events}} e
    JOIN audit_leaf l ON l.event_id = e.id ORDER BY l.index
"""  # noqa: S608 - constants only
_LAST_LEAF = "SELECT event_id FROM audit_leaf ORDER BY index DESC LIMIT 1"


class Archived(NamedTuple):
    """What was written: entries, personal parts, the manifest's SHA-256, whether it was dropped."""

    entries: int
    parts: int
    manifest: str
    dropped: bool


def archive_month(
    *, actor: Actor, month: date, folder: Path, drop: bool, progress: Progress | None = None
) -> Archived:
    """Write a whole month into a new folder, read it back, record it; `drop` it from the database.

    A folder that holds the same month already, unchanged, is not written again: so a run that was
    broken off can be finished. When the log tells of an archive of this month, it has to be this
    one. Entries are held against the tree, personal parts against the database. Leaves and tree
    stay in the database in any case.

    :raises BadMonth: when it is not over, not sealed, not whole, or has to stay for now.
    :raises BadArchive: when the folder holds something else or could not be read back.
    """
    require(actor, Can.ARCHIVE)
    size = _checked(month, drop=drop)
    manifest = _written(month, folder, size, progress or (lambda done, total: None))
    with transaction.atomic():
        if not try_turn():
            raise BadMonth(month=said(month), why="another command is archiving or erasing")
        if drop:
            _drop(month, size)
        # The tree keeps the numbers; a bundle may leave out just these, and no others.
        numbers = places(absent_numbers(connection, month))
        _record(actor, ArchivedMonth(month, size.entries, manifest, numbers), dropped=drop)
    return Archived(size.entries, size.parts, manifest, drop)


def _drop(month: date, size: Size) -> None:
    partitions.hold(month)
    if partitions.size_of(month) != size:
        raise BadMonth(month=said(month), why="it changed while it was written")
    partitions.drop(month)


def _written(month: date, folder: Path, size: Size, tell: Progress) -> str:
    """The SHA-256 of the manifest, once the folder is there and was read back."""
    is_new = not folder.exists()
    if is_new:
        _write(month, folder, size, tell)
    values, manifest = files.read_manifest(folder)
    check_month(folder, values, month, size)
    if not is_new:
        check_told(folder, month, manifest)
    check_content(folder, month, size.entries)
    return manifest


def _checked(month: date, *, drop: bool) -> Size:
    """The month's size, when it may be archived."""
    today = clock.now().date()
    if month >= today.replace(day=1):
        raise BadMonth(month=said(month), why="it is not over")
    here = partitions.months_here()
    if month not in here:
        raise BadMonth(month=said(month), why="it is not in the database")
    if drop and (why := may_leave(month, today, here) or _still_needed(month)):
        raise BadMonth(month=said(month), why=why)
    return partitions.size_of(month)


def _still_needed(month: date) -> str:
    """Why the log itself needs the month: new entries are placed behind the last one."""
    last = partitions.rows(_LAST_LEAF)
    if last and month_of(last[0][0]) == month:
        return "the newest entry of the tree lies in it"
    told_by = archived_now().told_by
    if told_by and month_of(told_by) == month:
        return "the newest record of archived months lies in it"
    return ""


def _write(month: date, folder: Path, size: Size, tell: Progress) -> None:
    """Into a folder beside it, which gets the name when all is on the disk."""
    partial = folder.with_name(folder.name + PARTIAL)
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True, mode=0o700)
        with transaction.atomic(), Sheet(partial / ENTRIES) as entries:
            _write_entries(month, entries, size.entries, tell)
        with transaction.atomic(), Sheet(partial / PARTS) as parts:
            _write_parts(month, parts)
        files.write_manifest(partial, _described(month, size, entries, parts))
        os.replace(partial, folder)
        files.sync(folder.parent)
    except OSError as error:
        raise BadArchive(folder=str(folder), why=str(error)) from error


def _described(month: date, size: Size, entries: Sheet, parts: Sheet) -> dict[str, Any]:
    newest = latest_checkpoint()
    if newest is None or (entries.lines, parts.lines) != (size.entries, size.parts):
        raise BadMonth(month=said(month), why="some entries have no place in the tree yet")
    return {
        "origin": keys.origin(),
        "month": said(month),
        "entries": size.entries,
        "parts": size.parts,
        "open_parts": size.open_parts,
        "checkpoint": newest.note,
        "files": {ENTRIES: entries.described(), PARTS: parts.described()},
    }


def _write_entries(month: date, sheet: Sheet, total: int, tell: Progress) -> None:
    for values in stream(partitions.said_of(_LEAVES, month)):
        index, digest, row = values[0], bytes(values[1]), Row(*values[-len(COLUMNS) :])
        data = leaf_data(row)
        if leaf_hash(data) != digest:
            raise BadMonth(month=said(month), why=f"entry {index} was altered: run audit verify")
        sheet.add(files.leaf_line(Leaf(index, data)))
        if sheet.lines % CHUNK == 0:
            tell(sheet.lines, total)


def _write_parts(month: date, sheet: Sheet) -> None:
    for kept in parts_of(month):
        sheet.add(files.part_line(kept))


def _record(actor: Actor, done: ArchivedMonth, *, dropped: bool) -> None:
    months = dict(archived_now().months)
    if dropped:
        months[done.month] = done
    facts = {
        "entries": done.entries,
        "manifest": done.manifest,
        "dropped": dropped,
        "archived": [months[month].as_fact() for month in sorted(months)],
    }
    subject = Subject("month", said(done.month), said(done.month))
    record(actor, events.MONTH_ARCHIVED, subject, facts=facts)
