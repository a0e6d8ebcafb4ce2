"""Reading a CSV or XLSX file of officers into lines of text, within bounds. No Django."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from gapura.access.rules.unpacking import first_sheet
from gapura.access.rules.unreadable import MEBIBYTE as MEBIBYTE
from gapura.access.rules.unreadable import Unreadable as Unreadable

# 100,000 lines of a hundred characters, with room.
LARGEST_FILE = 12 * MEBIBYTE
LONGEST_CELL, MOST_CELLS = 300, 30
BLANK_LINES = 10_000
_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class Line:
    """One line: its number in the file (the headings are line 1), cells by field, faults by field.

    Faults are codes of officers.FAULTS; `warnings` of rules of conflict that only warn.
    """

    number: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)


def read_lines(content: bytes, columns: dict[str, tuple[str, ...]], most: int) -> list[Line]:
    """Every line that is not blank, in order; `columns` are the headings by field.

    :raises Unreadable: with the code of what is wrong with the file.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable("large")
    is_sheet = content.startswith(_ZIP)
    rows = iter(_xlsx_rows(content) if is_sheet else _csv_rows(content))
    try:
        fields = _fields(next(rows, ()), columns)
        lines = list(islice(_lines(rows, fields, most), most + 1))
    except csv.Error as error:
        raise Unreadable("malformed") from error
    if len(lines) > most:
        raise Unreadable("lines")
    if not lines:
        raise Unreadable("empty")
    return lines


def _fields(headings: Sequence[Any], columns: dict[str, tuple[str, ...]]) -> list[str]:
    """The field of each column; columns with a heading we do not know are passed over."""
    by_heading = {name: key for key, names in columns.items() for name in names}
    said = [str(cell or "").strip().casefold() for cell in headings[:MOST_CELLS]]
    found = [by_heading.get(heading, "") for heading in said]
    known = [key for key in found if key]
    if len(known) != len(set(known)) or not {"nik", "name", "role"} <= set(known):
        raise Unreadable("headings")
    return found


def _lines(rows: Iterable[Sequence[Any]], fields: list[str], most: int) -> Iterator[Line]:
    blank = 0
    for number, row in enumerate(rows, start=2):
        if number > most + BLANK_LINES + 2:
            raise Unreadable("lines")
        if not any(cell not in (None, "") for cell in row):
            blank += 1
            continue
        yield _line(number, row, fields)


def _line(number: int, row: Sequence[Any], fields: list[str]) -> Line:
    line = Line(number, {key: "" for key in fields if key})
    for key, cell in zip(fields, row, strict=False):
        if key:
            text, fault = cell_text(key, cell)
            line.cells[key] = text
            if fault:
                line.faults[key] = fault
    if any(cell not in (None, "") for cell in row[len(fields) :]):
        line.faults["line"] = "columns"
    return line


def cell_text(key: str, cell: Any) -> tuple[str, str]:
    """A cell as text, and what is wrong with it as a cell."""
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat(), ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # A spreadsheet keeps fifteen digits of a number; a NIK has sixteen.
        return f"{cell:.0f}", "nik_number" if key == "nik" else ""
    text = str(cell if cell is not None else "").strip()
    if any("\udc80" <= c <= "\udcff" for c in text):
        return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace"), "encoding"
    if len(text) > LONGEST_CELL:
        return text[:LONGEST_CELL], "long"
    if key == "nik" and "e+" in text.casefold():
        return text, "nik_number"
    return text, "formula" if text.startswith(_FORMULA) else ""


def _csv_rows(content: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Unreadable("kind")
    head = text[:_HEAD].splitlines()[:1]
    counts = {sign: head[0].count(sign) for sign in _SEPARATORS} if head else {",": 0}
    separator = max(counts, key=lambda sign: counts[sign])
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 or Windows-1252.

    Where most of a file is UTF-8 and single lines are not, those keep their odd bytes as lone
    surrogates, so that each of them is told apart.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    head = content[:_HEAD]
    if not encoding and b"\x00" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        return content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise Unreadable("encoding") from error
    escaped = content.decode("utf-8-sig", "surrogateescape")
    if any(ord(c) > 0x7F and not "\udc80" <= c <= "\udcff" for c in escaped):
        return escaped
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error


def _xlsx_rows(content: bytes) -> Iterator[Sequence[Any]]:
    # The format is XML in a zip: a damaged one fails in more ways than openpyxl names.
    sheet = _unless_damaged(lambda: first_sheet(content))
    rows = sheet.iter_rows(max_col=MOST_CELLS, values_only=True)
    while True:
        row = _unless_damaged(lambda: next(rows, None))
        if row is None:
            return
        yield _trimmed(row)


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    """Without the empty cells that only fill the width."""
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row[:end]


def _unless_damaged(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("malformed") from error
