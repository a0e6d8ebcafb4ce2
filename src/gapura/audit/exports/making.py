"""Making a file of entries: read page by page into a spool, written by a child process, sealed.

Neither the web process nor the worker loads what makes XLSX and Parquet, and none of them ever
holds more than a page of entries.
"""

import base64
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import override

from gapura.audit import events
from gapura.audit.archive.months import said
from gapura.audit.archive.register import archived_now
from gapura.audit.archive.turns import share_turn
from gapura.audit.assignments.letters import counting_assignment
from gapura.audit.assignments.mandates import mandate_of, with_mandate
from gapura.audit.errors import NoSuchAssignment
from gapura.audit.exports.asking import note_export
from gapura.audit.exports.packing import unpack
from gapura.audit.exports.reads import KEPT_DAYS, MOST_ROWS, part_context
from gapura.audit.exports.sheet import COLUMNS, line
from gapura.audit.keys import origin
from gapura.audit.models import Export, ExportPart
from gapura.audit.permissions import Can
from gapura.audit.proof.standing import standings
from gapura.audit.proof.watch import VerifiedUpTo, verified_up_to
from gapura.audit.rules import Viewer
from gapura.audit.search.explorer import Filters, Found, Whose, find
from gapura.audit.search.looks import note_people, people_of, whom
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.encryption import seal
from gapura.kernel.permissions import require

LARGEST_FILE = 24 * 1024 * 1024
_PIECE = 1024 * 1024
_PAGE = 200
_SECONDS = 300
_TRIES = 3
_MOVING = (events.ERASED, events.MONTH_ARCHIVED, events.MONTH_RESTORED)
_CHANGES = """
    SELECT md5(coalesce(string_agg(id::text, ',' ORDER BY id), '')) FROM audit_event
     WHERE name = ANY(%s)
"""


class NotMade(Exception):
    """The file cannot be made; the argument is the code of why."""


def make_export(*, actor: Actor, export_id: UUID) -> None:
    """Make a file that somebody asked for. Begun again after an interruption, it begins anew.

    For the system; what goes wrong for a reason is kept at the row, for whoever asked.
    """
    require(actor, Can.MAKE_EXPORT)
    row = Export.objects.filter(pk=export_id, finished_at=None).first()
    if row is None:
        return
    try:
        with TemporaryDirectory(prefix="gapura-export-") as folder, override(row.language):
            if not any(_is_made(row, Path(folder)) for _ in range(_TRIES)):
                raise RuntimeError("months came, went or were erased during each try")
    except NotMade as error:
        _fail(actor, row, str(error))


def drop_old_exports(*, actor: Actor, now: datetime) -> int:
    """Delete the contents of files a week after they were made; answers how many."""
    require(actor, Can.MAKE_EXPORT)
    with transaction.atomic():
        old = Export.objects.filter(gone_at=None, finished_at__lt=now - timedelta(days=KEPT_DAYS))
        keys = list(old.values_list("pk", flat=True)[:500])
        ExportPart.objects.filter(export_id__in=keys).delete()
        return Export.objects.filter(pk__in=keys).update(gone_at=now)


def _is_made(row: Export, folder: Path) -> bool:
    """Whether the file is made; false when it has to begin anew.

    A file is of one log: a month that leaves for an archive in between would be missing from some
    of its pages, and what was erased in between would still stand in it.
    """
    reader, changes = _reader(row), _changes()
    upto, filters = verified_up_to(), unpack(row.filters, size=_PAGE)
    spool, target = folder / "spool", folder / "file"
    with spool.open("w", encoding="utf-8") as out:
        about = _about(row, reader, filters, upto)
        out.write(json.dumps({"about": about, "columns": COLUMNS}) + "\n")
        people: Counter[str | None] = Counter()
        rows = _spool(row, reader, filters, upto, out, people)
    made = _written(row.format, spool, target)
    if target.stat().st_size > LARGEST_FILE:
        raise NotMade("size")
    if _changes() != changes:
        return False
    # First, and a batch a transaction: no file without its looks, and sealing waits for none.
    note_people(reader, people, besides=whom(reader, filters))
    with transaction.atomic():
        share_turn()
        if _changes() != changes:
            return False
        _keep(row, reader, target, rows, made, upto)
    return True


def _changes() -> str:
    """Changes with every month that leaves or comes back, and with every erasure."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [[each.name for each in _MOVING]])
        return str((cursor.fetchone() or ("",))[0])


def _reader(row: Export) -> Actor:
    """Who asked, as they were then; an assignment or a letter that has ended opens nothing."""
    told = json.loads(row.actor)
    grant = told.pop("grant")
    days = {n: date.fromisoformat(grant[n]) for n in ("valid_until",) if n in grant}
    active = ActiveGrant(**{**grant, "id": UUID(grant["id"]), **days}) if grant else None
    reader = Actor(person=row.person, grant=active, language=row.language, **told)
    if row.assignment is None:
        return reader
    try:
        return with_mandate(reader, counting_assignment(reader, row.assignment).mandate)
    except NoSuchAssignment as error:
        raise NotMade("scope") from error


def _about(row: Export, reader: Actor, filters: Filters, upto: VerifiedUpTo) -> dict[str, str]:
    mandate = mandate_of(reader)
    given = filters.given()
    return {
        "number": row.number,
        "exported_by": f"{reader.name} ({reader.username}), {row.role} {row.agency}".strip(),
        "assignment": mandate.number if mandate else "-",
        "asked_at": row.asked_at.isoformat(),
        "reason": row.reason,
        "filter": ", ".join(f"{name}={value}" for name, value in given.items()) or "-",
        "log": origin(),
        # What lies in files only is not in this one, whatever was searched for.
        "months_in_archive": ", ".join(map(said, sorted(archived_now().months))) or "-",
        "checkpoint": str(upto.number),
        "entries": str(upto.size),
        "root": base64.b64encode(upto.root).decode(),
    }


def _spool(
    row: Export,
    reader: Actor,
    filters: Filters,
    upto: VerifiedUpTo,
    out: TextIO,
    people: Counter[str | None],
) -> int:
    """Write every entry that existed when the file was asked for, newest first.

    Whom they are about and who acted is counted into `people`.
    """
    rows, viewer = 0, Viewer(str(row.person), row.role)
    for page in _pages(reader, filters, row.id):
        stand = standings(page, upto)
        lines = (json.dumps(line(viewer, found, stand[found.row.id])) for found in page)
        out.writelines(f"{text}\n" for text in lines)
        rows += len(page)
        people.update(people_of(reader, page).either)
        if rows > MOST_ROWS:
            raise NotMade("rows")
        Export.objects.filter(pk=row.pk, finished_at=None).update(done=rows)
    return rows


def _pages(reader: Actor, filters: Filters, first: UUID) -> Iterator[list[Found]]:
    after: UUID | None = first
    while after is not None:
        page = find(reader, replace(filters, after=after), Whose.OVERSEEN)
        yield page.found
        after = UUID(page.found[-1].row.id) if page.goes_on and page.found else None


def _written(form: str, spool: Path, target: Path) -> dict[str, Any]:
    """Size and SHA-256 of the plain file, as the child process has counted them."""
    command = [
        sys.executable,
        "-m",
        "gapura.audit.exports.filemaker",
        form,
        str(spool),
        str(target),
    ]
    # Nothing of our settings: the child needs no secret, and what it loads gets to see none.
    needed = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        command, capture_output=True, timeout=_SECONDS, check=False, env=needed, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the file was not written: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _keep(
    row: Export, reader: Actor, target: Path, rows: int, made: dict[str, Any], upto: VerifiedUpTo
) -> None:
    """The sealed pieces, the end of the row and its event, at once; a second run keeps nothing."""
    facts = {
        "rows": rows,
        "format": row.format,
        "filters": unpack(row.filters).given(),
        "reason": row.reason,
        "digest": made["sha256"],
        "bytes": made["size"],
        "checkpoint": upto.number,
    }
    ended = {"finished_at": clock.now(), "done": rows, "rows": rows}
    ended |= {"size": made["size"], "sha256": made["sha256"]}
    if Export.objects.filter(pk=row.pk, finished_at=None).update(**ended):
        _seal_pieces(row, target)
        note_export(reader, events.EXPORT_MADE, row, **facts)


def _seal_pieces(row: Export, target: Path) -> None:
    with target.open("rb") as source:
        for place, piece in enumerate(iter(lambda: source.read(_PIECE), b"")):
            sealed = seal(piece, part_context(row.id, place))
            ExportPart.objects.create(export_id=row.id, place=place, sealed=sealed)


def _fail(actor: Actor, row: Export, why: str) -> None:
    with transaction.atomic():
        open_rows = Export.objects.filter(pk=row.pk, finished_at=None)
        if open_rows.update(finished_at=clock.now(), problem=why):
            note_export(actor, events.EXPORT_FAILED, row, why=why, format=row.format)
