"""The folder of a bundle: its manifest, and its files read once, hashed while they are read."""

import json
import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from gapura.audit.offline.findings import Report, Unreadable

FORMAT = "gapura-audit-bundle/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
LEAVES_A_FILE = 65536
LONGEST_LINE = 1024 * 1024
_decode = json.JSONDecoder().decode
_BLOCK = 1024 * 1024
_LARGEST_MANIFEST = 256 * 1024 * 1024


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
        """Read the manifest; False when it is not what was written.

        :raises Unreadable: when it is not there.
        """
        raw = self._whole(MANIFEST, _LARGEST_MANIFEST)
        beside = self._whole(MANIFEST_HASH, 1024)
        if beside != digest_line(raw).encode():
            self._report.add("manifest", reason="SHA-256")
            return False
        try:
            self.manifest = parsed(raw)
            self._files = {
                str(file["path"]): (int(file["size"]), str(file["sha256"]))
                for file in self.manifest["files"]
            }
            if self.manifest["format"] != FORMAT or not all(map(_is_inside, self._files)):
                raise ValueError("format")
        except (ValueError, KeyError, TypeError) as error:
            self._report.add("manifest", reason=str(error))
            return False
        self._strangers()
        return True

    def names(self, start: str) -> list[str]:
        """The files of the manifest whose path begins so, in order."""
        return sorted(name for name in self._files if name.startswith(start))

    def size(self, name: str) -> int:
        """The bytes that the manifest promises of a file; 0 for one that it does not name."""
        return self._files.get(name, (0, ""))[0]

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file; a wrong size or hash is reported at its end.

        :raises Unreadable: when it is not there, no file, or cannot be read.
        """
        size, expected = self._files[name]
        digest, found = sha256(), 0
        try:
            with self._opened(name) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    found += len(block)
                    yield block
        except OSError as error:
            raise Unreadable(f"{name}: {error.strerror}") from error
        if name in self._seen:
            return
        self._seen.add(name)
        if found != size:
            self._report.add("file", file=name, reason=f"{found} / {size} bytes")
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

    def whole(self, name: str) -> bytes:
        """A small file in one piece."""
        return b"".join(self.blocks(name))

    def finish(self) -> None:
        """Read what nobody asked for, so that every byte was compared."""
        for name in self._files.keys() - self._seen:
            for _ in self.blocks(name):
                pass

    def _whole(self, name: str, largest: int) -> bytes:
        try:
            with self._opened(name) as file:
                return file.read(largest)
        except OSError as error:
            raise Unreadable(f"{self._path / name}: {error.strerror}") from error

    def _opened(self, name: str) -> IO[bytes]:
        path = self._path / name
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Unreadable(f"{name}: no file")
        return path.open("rb")

    def _strangers(self) -> None:
        known = {*self._files, MANIFEST, MANIFEST_HASH}
        for place, _, names in os.walk(self._path):
            for name in sorted(names):
                path = Path(place, name).relative_to(self._path).as_posix()
                if path not in known:
                    self._report.add("stranger", file=path)


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return "\0" not in name and "\\" not in name and not {"", ".", ".."} & set(parts)
