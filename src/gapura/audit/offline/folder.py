"""The folder of a bundle: its manifest, and its files read once, hashed while they are read."""

import json
import os
import re
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gapura.audit.offline.findings import Report, Unreadable

FORMAT = "gapura-audit-bundle/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
LEAVES_A_FILE = 65536
LONGEST_LINE = 1024 * 1024
_BLOCK = 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024 * 1024
_PATH = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)
_LONGEST_PATH = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_FILE = 2**62


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


_decode = json.JSONDecoder(parse_constant=_refuse).decode


def digest_line(manifest: bytes) -> str:
    """What stands in the file beside the manifest; `sha256sum -c` reads it too."""
    return f"{sha256(manifest).hexdigest()}  {MANIFEST}\n"


def parsed(text: bytes) -> dict[str, Any]:
    """A JSON object.

    :raises ValueError: for anything else, also for what is nested too deeply.
    """
    try:
        value = _decode(text.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


class Folder:
    """A bundle on disk. What differs from the manifest is reported as it is read."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path, self._report = path, report
        self._files: dict[str, tuple[int, str]] = {}
        self._seen: set[str] = set()
        self.manifest: dict[str, Any] = {}

    def open(self) -> bool:
        """Read the manifest, to its last byte; False when it is not what was written.

        :raises Unreadable: when it is not there.
        """
        raw = self._whole(MANIFEST, _LARGEST_MANIFEST)
        beside = self._whole(MANIFEST_HASH, 1024)
        if len(raw) > _LARGEST_MANIFEST or beside != digest_line(raw).encode():
            self._report.add("manifest", reason="SHA-256")
            return False
        try:
            self.manifest = parsed(raw)
            if self.manifest["format"] != FORMAT:
                raise ValueError("format")
            self._files = _promised(self.manifest["files"])
        except (ValueError, KeyError, TypeError) as error:
            self._report.add("manifest", reason=f"{type(error).__name__} {error}")
            return False
        self._strangers()
        return True

    def names(self, start: str) -> list[str]:
        """The files of the manifest whose path begins so, in order."""
        return sorted(name for name in self._files if name.startswith(start))

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file; a wrong size or hash is reported at its end.

        :raises Unreadable: when it is not there, no file, or cannot be read.
        """
        size, expected = self._files[name]
        digest, found = sha256(), 0
        try:
            with self._opened(name) as file:
                # Not a byte further than one that shows that there are too many.
                while found <= size and (block := file.read(min(_BLOCK, size + 1 - found))):
                    digest.update(block)
                    found += len(block)
                    yield block
        except OSError as error:
            raise Unreadable(f"{name}: {error.strerror}") from error
        if name in self._seen:
            return
        self._seen.add(name)
        if found != size:
            more = "> " if found > size else ""
            self._report.add("file", file=name, reason=f"{more}{min(found, size)} / {size} bytes")
        elif digest.hexdigest() != expected:
            self._report.add("file", file=name, reason="SHA-256")

    def lines(self, name: str) -> Iterator[list[bytes]]:
        """The lines of a file, many at a time, without their ends."""
        rest = b""
        for block in self.blocks(name):
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            if len(rest) > LONGEST_LINE:
                self._report.add("line", file=name, line="?", reason="too long")
                rest = b""
            if lines:
                yield lines
        if rest:
            self._report.add("line", file=name, line="?", reason="no end of line")
            yield [rest]

    def objects(self, name: str) -> Iterator[dict[str, Any]]:
        """The JSON objects of a file, one a line; what is none is reported."""
        number = 0
        for lines in self.lines(name) if name in self._files else ():
            for line in lines:
                number += 1
                try:
                    found = parsed(line)
                except ValueError:
                    self._report.add("line", file=name, line=number, reason="JSON")
                    continue
                yield found

    def whole(self, name: str, largest: int) -> bytes:
        """A small file in one piece; one that promises more bytes is reported, and left unread.

        :raises KeyError: for one that the manifest does not name.
        """
        if self._files[name][0] > largest:
            self._seen.add(name)
            self._report.add("file", file=name, reason=f"> {largest} bytes")
            return b""
        return b"".join(self.blocks(name))

    def has(self, name: str) -> bool:
        """Whether the manifest names the file."""
        return name in self._files

    def finish(self) -> None:
        """Read what nobody asked for, so that every byte was compared."""
        for name in self._files.keys() - self._seen:
            for _ in self.blocks(name):
                pass

    def _whole(self, name: str, largest: int) -> bytes:
        try:
            with self._opened(name) as file:
                return file.read(largest + 1)
        except OSError as error:
            raise Unreadable(f"{self._path / name}: {error.strerror}") from error

    def _opened(self, name: str) -> IO[bytes]:
        *folders, last = name.split("/")
        place = self._path
        for part in folders:
            place /= part
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                raise Unreadable(f"{name}: {part} is no folder")
        if not stat.S_ISREG(os.lstat(place / last).st_mode):
            raise Unreadable(f"{name}: no file")
        return (place / last).open("rb")

    def _strangers(self) -> None:
        """What lies there besides; into a folder that nobody announced no look is taken."""
        known = {*self._files, MANIFEST, MANIFEST_HASH}
        folders = {name.rpartition("/")[0] for name in self._files} - {""}
        folders |= {str(up) for name in folders for up in PurePosixPath(name).parents}
        for place, inside, names in os.walk(self._path, onerror=_unreadable):
            here = Path(place).relative_to(self._path)
            for name in sorted(inside):
                path = (here / name).as_posix()
                if path not in folders or Path(place, name).is_symlink():
                    inside.remove(name)
                    self._report.add("stranger", file=path)
            for name in sorted(names):
                if (path := (here / name).as_posix()) not in known:
                    self._report.add("stranger", file=path)


def _unreadable(error: OSError) -> None:
    raise Unreadable(f"{error.filename}: {error.strerror}") from error


def _promised(files: Any) -> dict[str, tuple[int, str]]:
    """What a manifest says of its files, by path.

    :raises ValueError, KeyError, TypeError: for what it cannot say.
    """
    found: dict[str, tuple[int, str]] = {}
    for file in files:
        path, size, digest = file["path"], file["size"], file["sha256"]
        if len(path) > _LONGEST_PATH or not _PATH.fullmatch(path) or path in found:
            raise ValueError(f"path {path[:_LONGEST_PATH]!r}")
        if type(size) is not int or not 0 <= size < _LARGEST_FILE or not _SHA256.fullmatch(digest):
            raise ValueError(f"file {path!r}")
        found[path] = (size, digest)
    return found
