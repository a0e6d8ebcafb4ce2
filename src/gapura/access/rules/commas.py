"""Writing a CSV file in which every text stays a text. No Django."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_CONTROL = dict.fromkeys((*range(32), 127), " ")


def comma_separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file, UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula, in one line."""
    plain = text.translate(_CONTROL)
    return (
        f"'{plain}" if text.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA) else plain
    )
