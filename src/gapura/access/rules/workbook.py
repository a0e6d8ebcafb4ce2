"""Writing an XLSX file in which every text stays a text. No Django."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Cell = str | int | float | datetime | None
# What a spreadsheet takes for the beginning of a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Besides, what the library takes for an error such as #N/A.
_TAKEN = (*_FORMULA, "#")
_BOLD = Font(bold=True)
# XML holds none of these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDEST, _NARROWEST = 60, 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, headings and rows. `above` are lines of text over the headings."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file. Moments lose their zone: give them as they are to be read."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(_CONTROL.sub("", sheet.name)[:31])
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(row[column] or "")) for row in sheet.rows[:500]), default=0)
        width = min(max(longest, len(heading), _NARROWEST), _WIDEST) + 2
        page.column_dimensions[chr(ord("A") + column)].width = width
    page.freeze_panes = f"A{len(sheet.above) + 2}"
    for line in sheet.above:
        page.append([_cell(page, line, bold=True)])
    page.append([_cell(page, heading, bold=True) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    """A value as it is where that is safe, else a cell that says what it is."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)
    if not bold and not text.startswith(_TAKEN):
        return text
    cell = WriteOnlyCell(page, value=text)
    # Typed by people: a text that begins like a formula is kept as text, also when edited.
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    if bold:
        cell.font = _BOLD
    return cell
