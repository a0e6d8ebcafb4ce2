"""Files of officers as who handed them in sees them: how far they are, and what is wrong."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.access.errors import NoSuchImport
from gapura.access.models import Import, ImportLine
from gapura.access.officers import COLUMNS, FAULTS, FIELD_NAMES
from gapura.access.permissions import Can
from gapura.access.rules.officers import safe_cell
from gapura.access.rules.sheets import LARGEST_FILE as LARGEST_FILE
from gapura.accounts.queries import masked
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import said
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.queries import register_letter_for

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ImportView:
    """One file. `done` counts judged lines, then those taken over; `reason` a refused file's code.

    `faulty` lines are those with something wrong.
    """

    id: UUID
    letter: UUID
    letter_number: str
    file_name: str
    file_hash: str
    state: str
    lines: int
    faulty: int
    done: int
    reason: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        """How much of the present step is done."""
        return 100 * self.done // self.lines if self.lines else 0

    @property
    def works(self) -> bool:
        """A job is at it, or will be in a moment."""
        return self.state in ("judging", "running")


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """One faulty line: its number, the name and the masked NIK it holds, field and fault codes."""

    number: int
    name: str
    nik: str
    faults: dict[str, str]


def imports_of(actor: Actor, letter_id: UUID) -> tuple[ImportView, ...]:
    """The newest ten files of a letter; none for those who only read letters.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    letter = register_letter_for(actor, letter_id)
    if not may(actor, Can.IMPORT, letter.row):
        return ()
    rows = Import.objects.select_related("letter").defer("content").filter(letter=letter_id)
    return tuple(_view(row) for row in rows.order_by("-created_at")[:10])


def import_for(actor: Actor, import_id: UUID) -> ImportView:
    """One file.

    :raises NoSuchImport: unknown, or not this actor's to see.
    """
    return _view(visible_import(actor, import_id))


def faulty_lines(actor: Actor, import_id: UUID) -> tuple[FaultyLine, ...]:
    """The first SHOWN faulty lines of a file.

    :raises NoSuchImport: unknown, or not this actor's to see.
    """
    rows = _faulty(visible_import(actor, import_id))
    return tuple(_faulty_line(row) for row in rows[:SHOWN])


def error_file(actor: Actor, import_id: UUID) -> bytes:
    """Every faulty line as it was, with what is wrong: a CSV file in UTF-8 that is safe to open.

    :raises NoSuchImport: unknown, or not this actor's to see.
    """
    run = visible_import(actor, import_id)
    headings = [names[0].title() for names in COLUMNS.values()]
    rows = (_error_row(row) for row in _faulty(run).iterator(chunk_size=2000))
    return _csv([said("Line"), said("What is wrong"), *headings], rows)


def template_file() -> bytes:
    """An empty file with the headings and one line that shows how to fill it."""
    headings = [names[0].title() for names in COLUMNS.values()]
    sample = ["3273014107900001", "Nama Lengkap", "nama@contoh.go.id", "ppk", "", "", "", "", ""]
    return _csv(headings, iter([sample]))


def _csv(headings: list[str], rows: Iterator[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    # The mark lets spreadsheets see that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _error_row(row: ImportLine) -> list[str]:
    cells = json.loads(row.said)
    why = "; ".join(f"{said(FIELD_NAMES[key])}: {said(FAULTS[c])}" for key, c in _faults(row))
    return [str(row.number), why, *(cells.get(key, "") for key in COLUMNS)]


def _faults(row: ImportLine) -> list[tuple[str, str]]:
    found: dict[str, str] = row.problems
    return [(key, code) for key, code in found.items() if code in FAULTS and key in FIELD_NAMES]


def _faulty_line(row: ImportLine) -> FaultyLine:
    cells = json.loads(row.said)
    nik = masked(cells.get("nik", "").strip())
    return FaultyLine(row.number, cells.get("name", ""), nik, dict(_faults(row)))


def name_of(row: ImportLine) -> str:
    """The name that a line holds."""
    return str(json.loads(row.said).get("name", ""))


def _faulty(run: Import) -> Any:
    return ImportLine.objects.filter(run=run).exclude(problems={}).order_by("number")


def visible_import(actor: Actor, import_id: UUID) -> Import:
    """The row, for whoever hands in files of its letter.

    :raises NoSuchImport: unknown, or not this actor's to see.
    """
    rows = Import.objects.select_related("letter").defer("content")
    run = rows.filter(pk=import_id).first()
    if run is None:
        raise NoSuchImport()
    try:
        letter = register_letter_for(actor, run.letter_id)
    except NoSuchLetter as error:
        raise NoSuchImport() from error
    if not may(actor, Can.IMPORT, letter.row):
        raise NoSuchImport()
    return run


def _view(row: Import) -> ImportView:
    letter: Any = row.letter
    return ImportView(
        id=row.id,
        letter=letter.pk,
        letter_number=letter.number,
        file_name=row.file_name,
        file_hash=row.file_hash,
        state=row.state,
        lines=row.lines,
        faulty=row.faulty,
        done=row.done,
        reason=row.reason,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
