"""Files of entries: no cell is a formula, nothing deceives the eye, each format reads back."""

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gapura.audit.exports import filemaker
from gapura.audit.exports.filemaker import cell, escaped, write_csv

COLUMNS = ("leaf", "occurred_at", "sentence", "facts")
ABOUT = {"number": "EKS-2026-000001", "reason": "=cmd|' /C calc'!A1"}
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1", "\n=1")
WIDE = ("\u2003=1", "\u3000=1", "\u202f+1", "\u00a0\u2003-1", "\u1680@1")


def made(folder: Path, form: str, texts: tuple[str, ...] = EVIL) -> tuple[bytes, dict[str, Any]]:
    """The plain bytes of a file and what the child process said about it."""
    spool, target = folder / "spool", folder / "file"
    rows = [[n, "2026-11-23T01:02:03.000004Z", t, {"typed": t}] for n, t in enumerate(texts)]
    head = {"about": ABOUT, "columns": COLUMNS}
    spool.write_text("\n".join(json.dumps(one) for one in (head, *rows)) + "\n", "utf-8")
    command = [
        sys.executable,
        "-m",
        "gapura.audit.exports.filemaker",
        form,
        str(spool),
        str(target),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )
    content = target.read_bytes()
    plain = gzip.decompress(content) if form in ("csv", "json") else content
    return plain, json.loads(done.stdout)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_the_fingerprint_is_that_of_the_file_a_person_holds(tmp_path: Path, form: str) -> None:
    plain, said = made(tmp_path, form)
    assert said == {"sha256": hashlib.sha256(plain).hexdigest(), "size": len(plain)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('Mozilla/5.0;=HYPERLINK("//x")', 'Mozilla/5.0;\'=HYPERLINK("//x")'),
        ("a; +1;\u00a0@x", "a;' +1;'\u00a0@x"),
        ("a;\uff1d1", "a;'\uff1d1"),
        ('a;"=1+1', "a;'\"=1+1"),
        ("a;\u2003=1", "a;'\u2003=1"),
        ("Mozilla/5.0 (X11; Linux; rv:1)", "Mozilla/5.0 (X11; Linux; rv:1)"),
    ],
)
def test_no_cell_becomes_a_formula_where_semicolons_part_cells(text: str, shown: str) -> None:
    """Attack: a device name that a spreadsheet of another country splits into a formula."""
    assert cell(text) == shown


@pytest.mark.parametrize("text", [*EVIL[:-1], *WIDE])
def test_no_cell_begins_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


@given(st.text(max_size=40))
def test_no_text_whatever_begins_a_formula_or_hides_a_character(text: str) -> None:
    found = cell(text)
    assert not found.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff20"))
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or 0x202A <= ord(c) <= 0x202E for c in found)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_a_csv_has_exactly_one_line_for_each_entry(tmp_path_factory: Any, texts: list[str]) -> None:
    """Log forging (CWE-117): a line end in a value would look like another entry."""
    target = tmp_path_factory.mktemp("csv") / "file"
    told = {"about": ABOUT, "columns": ["sentence"]}
    write_csv(target, told, iter([text] for text in texts))
    lines = gzip.decompress(target.read_bytes()).decode("utf-8-sig").split("\r\n")
    rows = list(csv.reader(io.StringIO("\r\n".join(lines), newline="")))
    assert len(lines) - 1 == len(rows) == len(texts) + 2
    assert rows[0][0].startswith("# number: EKS-2026-000001")


def test_marks_that_turn_the_direction_of_text_are_written_out() -> None:
    """CVE-2021-42574."""
    assert escaped("a\u202eb\u0007") == "a\\u202eb\\u0007"


def test_a_json_file_holds_the_values_as_they_are(tmp_path: Path) -> None:
    plain, _said = made(tmp_path, "json")
    found = json.loads(plain)
    assert found["about"] == ABOUT
    assert [one["sentence"] for one in found["entries"]] == list(EVIL)
    assert plain.isascii()
    assert b"\x00" not in plain


def test_a_spreadsheet_holds_texts_only(tmp_path: Path) -> None:
    plain, _said = made(tmp_path, "xlsx")
    sheet = load_workbook(io.BytesIO(plain)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert str(rows[0][0].value).startswith("number: EKS-2026-000001")
    assert [c.value for c in rows[1]] == list(COLUMNS)
    assert {c.data_type for row in rows[2:] for c in row[1:]} == {"s"}
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_parquet_holds_types_and_what_it_is(tmp_path: Path) -> None:
    plain, _said = made(tmp_path, "parquet")
    found = parquet.read_table(io.BytesIO(plain))
    assert found.column("leaf").to_pylist() == list(range(len(EVIL)))
    assert found.column("occurred_at")[0].as_py().isoformat() == "2026-11-23T01:02:03.000004+00:00"
    assert found.schema.metadata[b"number"] == b"EKS-2026-000001"


def test_the_process_that_serves_pages_loads_no_format() -> None:
    """Memory: Parquet alone takes more than a worker may have."""
    look = (
        "import sys, gapura.audit.exports.filemaker; "
        "print([n for n in ('pyarrow', 'xlsxwriter', 'django') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True,
                          check=True, env={"PYTHONPATH": "src"})  # fmt: skip
    assert done.stdout.strip() == "[]"
    assert set(filemaker.WRITERS) == {"csv", "json", "xlsx", "parquet"}
