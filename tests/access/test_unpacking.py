"""Spreadsheets that are small and become large, or make their reader work: refused, not read."""

import io
import resource
import zipfile
from time import perf_counter

import pytest
from openpyxl import Workbook

from gapura.access.officers import COLUMNS
from gapura.access.rules.sheets import Unreadable, read_lines
from gapura.access.rules.unpacking import LARGEST_OTHER, LARGEST_TEXTS

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MEBIBYTE = 1024 * 1024
_SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_TEXTS_ARE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def book() -> dict[str, bytes]:
    """The parts of a sound spreadsheet with one line."""
    made, out = Workbook(), io.BytesIO()
    assert made.active is not None
    made.active.append(["NIK", "Nama", "Peran"])
    made.active.append(["3273010101800001", "Budi Santoso", "ppk"])
    made.save(out)
    with zipfile.ZipFile(out) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    # Spreadsheets of other programs keep texts in a part of their own.
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", _TEXTS_ARE + b"</Types>")
    return {TEXTS: _SST + b"</sst>", **parts}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as into:
        for name, content in parts.items():
            into.writestr(name, content)
    return out.getvalue()


def repeated(head: bytes, unit: bytes, size: int, tail: bytes) -> bytes:
    return head + unit * (size // len(unit)) + tail


_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
)
_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet/>'
BOMBS = {
    "texts above their bound": (
        TEXTS, repeated(_SST + b"<si><t>", b"abcdefgh", LARGEST_TEXTS + 8, b"</t></si></sst>")
    ),
    "texts without end": (TEXTS, repeated(_SST, b"<si/>", 20 * MEBIBYTE, b"</sst>")),
    "cells without end in one row": (
        SHEET, repeated(_ROW, b"<c/>", 20 * MEBIBYTE, b"</row></sheetData></worksheet>")
    ),
    "one tag without end": (
        SHEET, repeated(b"<worksheet ", b"a%d='' " % 1, 20 * MEBIBYTE, b"/>")
    ),
    "one comment without end": (
        SHEET, repeated(b"<worksheet><!--", b"x" * 64, 20 * MEBIBYTE, b"--></worksheet>")
    ),
    "styles above their bound": (
        "xl/styles.xml", repeated(b"<s>", b"<a>bcdefghi</a>", LARGEST_OTHER + 16, b"</s>")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BOMBS))
def test_what_grows_is_refused_quickly_and_without_much_memory(name: str) -> None:
    """CWE-409, CWE-400: a hundred kilobytes that take gigabytes to hold."""
    part, content = BOMBS[name]
    bomb = packed(book() | {part: content})
    assert len(bomb) < MEBIBYTE
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
    with pytest.raises(Unreadable, match="large"):
        read_lines(bomb, COLUMNS, 10)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (grown < 100 * 1024, perf_counter() - began < 20) == (True, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, TEXTS, "xl/other.bin", "docProps/core.xml"])
@pytest.mark.parametrize("ahead", [0, 4096, 200_000])
def test_a_document_type_is_found_wherever_it_stands(part: str, ahead: int, encoding: str) -> None:
    """CWE-776: behind a comment, in another encoding, in a part that is called otherwise."""
    comment = b"<!--" + b"x" * ahead + b"-->" if ahead else b""
    text = b'<?xml version="1.0"?>' + comment + _DOCTYPE
    content = text.decode().encode(encoding)
    with pytest.raises(Unreadable, match="malformed"):
        read_lines(packed(book() | {part: content}), COLUMNS, 10)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_packing_whose_growth_is_bounded_is_opened(method: int) -> None:
    with pytest.raises(Unreadable, match="malformed"):
        read_lines(packed(book(), method), COLUMNS, 10)


def test_a_part_that_is_there_twice_is_not_read() -> None:
    """Two readers could take another one each."""
    out = io.BytesIO(packed(book()))
    with zipfile.ZipFile(out, "a") as into, pytest.warns(UserWarning, match="Duplicate"):
        into.writestr(SHEET, b"<worksheet/>")
    with pytest.raises(Unreadable, match="malformed"):
        read_lines(out.getvalue(), COLUMNS, 10)


def test_pictures_and_other_parts_do_not_disturb() -> None:
    parts = book() | {"xl/media/logo.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}
    (found,) = read_lines(packed(parts), COLUMNS, 10)
    assert (found.cells["name"], found.faults) == ("Budi Santoso", {})
