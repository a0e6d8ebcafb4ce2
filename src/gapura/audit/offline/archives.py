"""Archived months that the auditor hands over: their files fill what a bundle leaves empty."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from heapq import merge
from pathlib import Path
from typing import Any, NamedTuple

from gapura.audit.offline.absent import SealedMonth, Span
from gapura.audit.offline.findings import Report, Unreadable
from gapura.audit.offline.folder import LONGEST_LINE, MANIFEST, parsed

ARCHIVE_FORMAT = "gapura-archive/1"
_ENTRIES, _PARTS = "entries.jsonl", "parts.jsonl"
_LARGEST_TOLD = 64 * 1024
_HEAD, _BODY = b'{"index":', b',"leaf":'
_PIECE = 1024 * 1024


class Handed(NamedTuple):
    """One folder: where it lies, the SHA-256 of its manifest, what that says of its files."""

    path: Path
    digest: str
    files: dict[str, Any]


class Archives:
    """Reads the folders of archived months once, in the order of the numbers."""

    def __init__(self, folders: Sequence[Path], span: Span, report: Report) -> None:
        self._span, self._report = span, report
        self._months: dict[str, Handed] = {}
        for folder in folders:
            self._open(folder)
        span.hand_over(frozenset(self._months))
        self._stream = merge(*(self._entries(one) for one in self._months.values()))
        self._next = next(self._stream, None)
        self._filled = 0

    def fill(self, start: int, lines: list[bytes]) -> None:
        """Put archived entries where the bundle has empty lines; `start` is the first's number."""
        past = start + len(lines)
        while self._next is not None and self._next[0] < past:
            index, line = self._next
            if index < start or lines[index - start] or not self._span.fills(index):
                self._report.add("archive_beside", index=index)
            else:
                lines[index - start] = line
                self._filled += 1
            self._next = next(self._stream, None)

    def finish(self, sealed: Mapping[str, SealedMonth]) -> None:
        """Each folder has to be the one that the log names, to its last byte."""
        while self._next is not None:
            self._report.add("archive_beside", index=self._next[0])
            self._next = next(self._stream, None)
        for month, one in sorted(self._months.items()):
            told = sealed.get(month)
            if told is None or told.manifest != one.digest:
                self._report.add("archive_other", month=month, folder=one.path.name)
            self._hash_parts(one)
        if self._filled:
            self._report.remark("archive_read", count=self._filled)

    def _open(self, folder: Path) -> None:
        raw = _read(folder / MANIFEST)
        try:
            told = parsed(raw)
            month, files = told["month"], told["files"]
            if told["format"] != ARCHIVE_FORMAT or type(month) is not str:
                raise ValueError("format")
            for name in (_ENTRIES, _PARTS):
                _promise(files[name])
        except (ValueError, KeyError, TypeError) as error:
            said = f"{type(error).__name__} {error}"
            self._report.add("archive_file", file=f"{folder.name}/{MANIFEST}", reason=said)
            return
        if month in self._span.months and month not in self._months:
            self._months[month] = Handed(folder, sha256(raw).hexdigest(), files)
        else:
            self._report.remark("archive_needless", month=month, folder=folder.name)

    def _entries(self, one: Handed) -> Iterator[tuple[int, bytes]]:
        """The entries of a folder, by rising number; what is wrong with the file ends them."""
        digest, size, last = sha256(), 0, -1
        try:
            with (one.path / _ENTRIES).open("rb") as file:
                while line := file.readline(LONGEST_LINE):
                    digest.update(line)
                    size += len(line)
                    index = _number_in(line)
                    if index <= last:
                        self._wrong(one, _ENTRIES, f"{size} bytes")
                        return
                    last = index
                    yield index, line[line.index(_BODY) + len(_BODY) : -2]
        except OSError as error:
            raise Unreadable(f"{one.path / _ENTRIES}: {error.strerror}") from error
        if _promise(one.files[_ENTRIES]) != (size, digest.hexdigest()):
            self._wrong(one, _ENTRIES, "SHA-256")

    def _hash_parts(self, one: Handed) -> None:
        """Sealed personal parts: nobody can open them here, but no byte of them may differ."""
        digest, size = sha256(), 0
        try:
            with (one.path / _PARTS).open("rb") as file:
                while block := file.read(_PIECE):
                    digest.update(block)
                    size += len(block)
        except OSError as error:
            raise Unreadable(f"{one.path / _PARTS}: {error.strerror}") from error
        if _promise(one.files[_PARTS]) != (size, digest.hexdigest()):
            self._wrong(one, _PARTS, "SHA-256")

    def _wrong(self, one: Handed, name: str, reason: str) -> None:
        self._report.add("archive_file", file=f"{one.path.name}/{name}", reason=reason)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_TOLD + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error


def _promise(said: Any) -> tuple[int, str]:
    """Size and SHA-256 as the manifest of an archive says them.

    :raises TypeError, KeyError: for anything else.
    """
    if type(said["bytes"]) is not int or type(said["sha256"]) is not str:
        raise TypeError("files")
    return said["bytes"], said["sha256"]


def _number_in(line: bytes) -> int:
    """The number of an entry in the file of an archive; -1 where the line is none."""
    head, body, rest = line.partition(_BODY)
    digits = head[len(_HEAD) :]
    good = head.startswith(_HEAD) and digits.isdigit() and len(digits) < 20
    return int(digits) if good and body and rest.endswith(b"}\n") else -1
