"""A month of the log as files: written through to the disk, read back line by line, checked."""

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import UUID

from gapura.audit.canonical import canonical
from gapura.audit.entries import COLUMNS, JSON, Row, leaf_data
from gapura.audit.errors import BadArchive

FORMAT = "gapura-archive/1"
MANIFEST, ENTRIES, PARTS = "manifest.json", "entries.jsonl", "parts.jsonl"
_LARGEST_MANIFEST, _LARGEST_LINE = 64 * 1024, 1024 * 1024
_KEYS = {"format", "origin", "month", "entries", "parts", "open_parts", "checkpoint", "files"}


class Leaf(NamedTuple):
    """An entry as it lies in the file: its place in the tree and the bytes of its leaf."""

    at: int
    data: bytes

    def row(self) -> Row:
        """The entry's columns.

        :raises ValueError: when these are not the bytes of an entry.
        """
        values = json.loads(self.data)
        texts = [_text(name, values[name]) for name in COLUMNS]
        row = Row(*texts)
        if leaf_data(row) != self.data:
            raise ValueError("not in canonical form")
        return row


class KeptPart(NamedTuple):
    """A personal part as it lies in the file, still sealed."""

    event_id: UUID
    part: str
    person: UUID | None
    sealed: bytes | None
    address: bytes | None
    erased_by: UUID | None


class Sheet:
    """A file being written: its lines are counted and hashed, and on the disk when it closes."""

    def __init__(self, path: Path) -> None:
        self._file, self._hash = path.open("xb"), hashlib.sha256()
        self.bytes = self.lines = 0

    def add(self, line: bytes) -> None:
        """One line; it gets its end here."""
        self._file.write(line + b"\n")
        self._hash.update(line + b"\n")
        self.bytes += len(line) + 1
        self.lines += 1

    def described(self) -> dict[str, Any]:
        """For the manifest."""
        return {"bytes": self.bytes, "sha256": self._hash.hexdigest()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())


def leaf_line(leaf: Leaf) -> bytes:
    """An entry as a line: an object of its index and the very bytes that were hashed."""
    return b'{"index":%d,"leaf":%b}' % leaf


def part_line(part: KeptPart) -> bytes:
    """A personal part as a line."""
    values = part._asdict() | {"sealed": _base64(part.sealed), "address": _base64(part.address)}
    return canonical({k: str(v) if isinstance(v, UUID) else v for k, v in values.items()})


def write_manifest(folder: Path, values: dict[str, Any]) -> str:
    """Write the manifest through to the disk; answers its SHA-256 in hex."""
    data = canonical({"format": FORMAT, **values})
    with Sheet(folder / MANIFEST) as sheet:
        sheet.add(data)
    sync(folder)
    return hashlib.sha256(data + b"\n").hexdigest()


def read_manifest(folder: Path) -> tuple[dict[str, Any], str]:
    """The manifest and its SHA-256 in hex, after all files were held against it.

    :raises BadArchive: when a file is missing, longer, shorter or changed.
    """
    try:
        data = (folder / MANIFEST).read_bytes()[: _LARGEST_MANIFEST + 1]
        values = json.loads(data)
        good = isinstance(values, dict) and values.keys() == _KEYS and values["format"] == FORMAT
        good = good and data == canonical(values) + b"\n"
        if not good or set(values["files"]) != {ENTRIES, PARTS}:
            raise BadArchive(folder=str(folder), why=f"{MANIFEST} is of another kind")
        for name, said in values["files"].items():
            if _described(folder / name) != said:
                raise BadArchive(folder=str(folder), why=f"{name} differs from its manifest")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadArchive(folder=str(folder), why=str(error)) from error
    return values, hashlib.sha256(data).hexdigest()


def leaves(folder: Path) -> Iterator[Leaf]:
    """The entries of an archive, in the order of the tree.

    :raises BadArchive: for a line that is none.
    """
    for number, line in _lines(folder / ENTRIES):
        head, comma, rest = line.partition(b',"leaf":')
        index = head.removeprefix(b'{"index":')
        if not comma or not index.isdigit() or not rest.endswith(b"}"):
            raise BadArchive(folder=str(folder), why=f"{ENTRIES}, line {number}")
        yield Leaf(int(index), rest[:-1])


def parts(folder: Path) -> Iterator[KeptPart]:
    """The personal parts of an archive.

    :raises BadArchive: for a line that is none.
    """
    for number, line in _lines(folder / PARTS):
        try:
            v = json.loads(line)
            yield KeptPart(
                UUID(v["event_id"]), v["part"], _id(v["person"]), _bytes(v["sealed"]),
                _bytes(v["address"]), _id(v["erased_by"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise BadArchive(folder=str(folder), why=f"{PARTS}, line {number}") from error


def sync(folder: Path) -> None:
    """Make the names in a folder as lasting as the files."""
    with suppress(OSError):  # some file systems do not offer it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LARGEST_LINE):
            number += 1
            yield number, line.rstrip(b"\n")


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"bytes": file.tell(), "sha256": digest}


def _text(name: str, value: Any) -> Any:
    if name in JSON and value is not None:
        return canonical(value).decode()
    return value


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
