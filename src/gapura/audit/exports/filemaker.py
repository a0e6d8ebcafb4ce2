"""The child process that writes files of entries: `-m ...filemaker FORMAT SPOOL FILE`.

It reads lines of JSON (first what the file is, then one list of values an entry) and writes the
file; CSV and JSON are compressed on the way. The answer on standard output is one line of JSON:
size and SHA-256 of the plain file. What makes XLSX and Parquet takes much memory to load, so that
happens here and nowhere else; nothing here may import Django.
"""

import csv
import gzip
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# What a spreadsheet takes for the beginning of a formula (CWE-1236), also in its wide form, which
# some spreadsheets fold, and behind spaces of any width, which others cut off.
_FORMULA = re.compile("^\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# The same behind a semicolon, which parts the cells where a comma parts a number's decimals; marks
# of quotation there are taken away by the reader.
_LATER_FORMULA = re.compile(';(?=[\\s"]*[=+\\-@\uff1d\uff0b\uff0d\uff20])')
# Control characters, line ends and marks of direction: an entry must not look like two, or others.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
# Longer texts are cut by spreadsheets without a word; ours say it.
_LONGEST_CELL = 32_000
_ROWS_A_GROUP = 5_000

Lines = Iterator[list[Any]]
Told = dict[str, Any]


class Plain(io.RawIOBase):
    """A file that is hashed and counted as it is written, and compressed behind that."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._out = gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)
        self.hash, self.size = hashlib.sha256(), 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Some more bytes of the plain file."""
        self.hash.update(data)
        self.size += len(data)
        return self._out.write(data)

    def close(self) -> None:
        """The end of the compressed file too."""
        self._out.close()
        super().close()


def escaped(text: str) -> str:
    """The text with what cannot be seen written as `\\u0000`, so that it cannot deceive."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula; empty for None."""
    if value is None:
        return ""
    raw = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = escaped(raw)
    if len(text) > _LONGEST_CELL:
        text = text[:_LONGEST_CELL] + " […]"
    text = _LATER_FORMULA.sub(";'", text)
    return f"'{text}" if _FORMULA.match(raw) or _FORMULA.match(text) else text


def about(told: Told) -> str:
    """What the file is, in one line."""
    return escaped("; ".join(f"{name}: {value}" for name, value in told["about"].items()))


def write_csv(path: Path, told: Told, lines: Lines) -> Plain:
    """RFC 4180 in UTF-8 with its mark, which spreadsheets want; first what it is, then heads."""
    plain = Plain(path)
    with io.TextIOWrapper(io.BufferedWriter(plain, 1 << 16), "utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([cell("# " + about(told))])
        writer.writerow(told["columns"])
        for values in lines:
            writer.writerow([cell(value) for value in values])
    return plain


def write_json(path: Path, told: Told, lines: Lines) -> Plain:
    """One object: what it is, and the entries, one on a line. Pure ASCII: nothing is unseen."""
    plain, columns = Plain(path), told["columns"]
    with io.TextIOWrapper(io.BufferedWriter(plain, 1 << 16), "ascii", newline="\n") as out:
        out.write('{"about": ' + json.dumps(told["about"]) + ',\n"entries": [')
        for number, values in enumerate(lines):
            entry = json.dumps(dict(zip(columns, values, strict=True)))
            out.write((",\n" if number else "\n") + entry.replace("\x7f", "\\u007f"))
        out.write("\n]}\n")
    return plain


def write_xlsx(path: Path, told: Told, lines: Lines) -> None:
    """One sheet, row by row with constant memory; every value is text, none a formula or link."""
    import xlsxwriter  # noqa: PLC0415 - only this format pays for it

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, **safe})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("log")
    sheet.freeze_panes(2, 0)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, len(told["columns"]), 22)
    sheet.write_string(0, 0, about(told))
    for column, head in enumerate(told["columns"]):
        sheet.write_string(1, column, head, bold)
    for row, values in enumerate(lines, start=2):
        for column, value in enumerate(values):
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(row, column, value)
            elif value is not None:
                sheet.write_string(row, column, cell(value))
    book.set_properties({"comments": about(told)[:250]})
    book.close()


def write_parquet(path: Path, told: Told, lines: Lines) -> None:
    """Groups of 5,000 rows; what the file is stands in its metadata, objects are JSON texts."""
    import pyarrow as pa  # noqa: PLC0415 - only this format pays for it
    import pyarrow.parquet as parquet  # noqa: PLC0415 - the same

    columns = told["columns"]
    kinds = {"leaf": pa.int64(), "occurred_at": pa.timestamp("us", tz="UTC")}
    schema = pa.schema(
        [(name, kinds.get(name, pa.string())) for name in columns],
        metadata={name: str(value) for name, value in told["about"].items()},
    )
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(lines):
            named = {n: [row[place] for row in group] for place, n in enumerate(columns)}
            arrays = [_array(pa, schema.field(name).type, named[name]) for name in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _array(pa: Any, kind: Any, values: list[Any]) -> Any:
    if pa.types.is_timestamp(kind):
        return pa.array([v[:-1] for v in values]).cast(pa.timestamp("us")).cast(kind)
    if pa.types.is_integer(kind):
        return pa.array(values, kind)
    texts = [v if v is None or isinstance(v, str) else json.dumps(v) for v in values]
    return pa.array([None if t is None else escaped(t) for t in texts], kind)


def _groups(lines: Lines) -> Iterator[list[list[Any]]]:
    group: list[list[Any]] = []
    for values in lines:
        group.append(values)
        if len(group) == _ROWS_A_GROUP:
            yield group
            group = []
    if group:
        yield group


WRITERS: dict[str, Callable[[Path, Told, Lines], Plain | None]] = {
    "csv": write_csv,
    "json": write_json,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}


def main(arguments: list[str]) -> None:
    """Write one file and say what it became."""
    kind, spool, target = arguments[0], Path(arguments[1]), Path(arguments[2])
    with spool.open(encoding="utf-8") as source:
        told = json.loads(next(source))
        plain = WRITERS[kind](target, told, (json.loads(text) for text in source))
    if plain is None:
        with target.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256")
        size = target.stat().st_size
    else:
        digest, size = plain.hash, plain.size
    sys.stdout.write(json.dumps({"sha256": digest.hexdigest(), "size": size}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
