"""Opening an XLSX file sparingly: what it may unpack to, looked at before a library reads it."""

import io
import zipfile
from typing import Any
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader

from gapura.access.rules.unreadable import MEBIBYTE, Unreadable

# A hundred thousand lines take about 60 MiB of the sheet, and at most 20 MiB of its texts.
LARGEST_PART, LARGEST_TEXTS, LARGEST_OTHER = 96 * MEBIBYTE, 32 * MEBIBYTE, 8 * MEBIBYTE
LARGEST_UNPACKED, MOST_PARTS = 128 * MEBIBYTE, 500
# A sheet has 1,048,576 rows of 16,384 cells, and a cell at most three elements.
MOST_SHALLOW, MOST_IN_A_ROW, ROW_DEPTH = 1_200_000, 50_000, 3
# One tag, or one text without an end; a cell holds 32,767 characters.
LONGEST_TOKEN = 2 * MEBIBYTE
_CHUNK = 65_536
# Of the others the standard library does not bound how much one bite becomes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML = (".xml", ".rels")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


def first_sheet(content: bytes) -> Any:
    """The first sheet, whose rows are read one by one; nothing large is held in memory.

    :raises Unreadable: it is no spreadsheet, or would grow too large (CWE-409, CWE-776).
    """
    _look_through(content)
    reader = _Reader(content)
    reader.read()
    reader.archive.most = LARGEST_PART
    return reader.wb.worksheets[0]


class _Archive(zipfile.ZipFile):
    """Opens no part above `most` bytes."""

    most = LARGEST_OTHER

    def open(self, name: Any, *args: Any, **options: Any) -> Any:
        """A part, as the base class opens it; what is read of it never exceeds its entry."""
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.file_size > self.most:
            raise Unreadable("large")
        return super().open(name, *args, **options)


class _Reader(ExcelReader):  # type: ignore[misc] # the library has no types
    """Reads all but the sheets at once, so all of that is small; the texts may be larger."""

    archive: Any

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), read_only=True, keep_links=False)
        self.archive.close()
        self.archive = _Archive(io.BytesIO(content))

    def read_strings(self) -> None:
        """The texts that cells share."""
        self.archive.most = LARGEST_TEXTS
        super().read_strings()
        self.archive.most = LARGEST_OTHER


def _look_through(content: bytes) -> None:
    """Every part is unpacked once and forgotten: what the library will meet is known then."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            _judge_directory(parts)
            for part in parts:
                with packed.open(part) as opened:
                    _Look(part.filename).read(opened)
    except _BROKEN as error:
        raise Unreadable("malformed") from error


def _judge_directory(parts: list[zipfile.ZipInfo]) -> None:
    sizes = [part.file_size for part in parts]
    if len(parts) > MOST_PARTS or sum(sizes) > LARGEST_UNPACKED or max(sizes) > LARGEST_PART:
        raise Unreadable("large")
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise Unreadable("kind")
    if len(set(names)) < len(names) or any(p.compress_type not in _METHODS for p in parts):
        raise Unreadable("malformed")


class _Look:
    """One part read as XML without keeping anything but counts.

    A part can be called anything and be XML: where a name does not say so, the look ends at what
    is none, as the library's would.
    """

    def __init__(self, name: str) -> None:
        self._must_be = name.endswith(_XML)
        self._depth = self._shallow = self._in_row = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, opened: Any) -> None:
        """To the end of the part.

        :raises Unreadable: it declares a document type, holds too much, or is damaged.
        """
        seen = 0
        while chunk := opened.read(_CHUNK):
            seen += len(chunk)
            if not self._parse(chunk, last=False):
                return
            if seen - self._parser.CurrentByteIndex > LONGEST_TOKEN:
                raise Unreadable("large")
        self._parse(b"", last=True)

    def _parse(self, chunk: bytes, *, last: bool) -> bool:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            if self._must_be:
                raise Unreadable("malformed") from error
            return False
        return True

    def _doctype(self, *_said: Any) -> None:
        """No spreadsheet declares a document type; an entity bomb needs one."""
        raise Unreadable("malformed")

    def _start(self, _name: str, _attributes: Any) -> None:
        self._depth += 1
        if self._depth <= ROW_DEPTH:
            self._shallow, self._in_row = self._shallow + 1, 0
        else:
            self._in_row += 1
        if self._shallow > MOST_SHALLOW or self._in_row > MOST_IN_A_ROW:
            raise Unreadable("large")

    def _end(self, _name: str) -> None:
        self._depth -= 1
