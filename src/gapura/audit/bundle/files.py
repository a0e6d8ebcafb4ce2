"""The files of a bundle on disk: counted and hashed as they are written, renamed at the end."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from gapura.audit.canonical import canonical
from gapura.audit.errors import BundleThere, BundleUnwritable
from gapura.audit.offline.folder import MANIFEST, MANIFEST_HASH, digest_line


class File:
    """One file that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, sha256(), 0

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def line(self, value: Mapping[str, Any]) -> None:
        """Append one object as canonical JSON."""
        self.write(canonical(value) + b"\n")

    def facts(self, path: str) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"path": path, "size": self.size, "sha256": self._digest.hexdigest()}


class Files:
    """A folder that comes to be beside its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[dict[str, Any]] = []

    @contextmanager
    def file(self, path: str) -> Iterator[File]:
        """A new file of the bundle; on disk when the block ends."""
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with place.open("xb") as raw:
            file = File(raw)
            yield file
            raw.flush()
            os.fsync(raw.fileno())
        self._written.append(file.facts(path))

    def put(self, path: str, text: str) -> None:
        """A small file in one piece."""
        with self.file(path) as file:
            file.write(text.encode())

    def seal(self, facts: Mapping[str, Any]) -> str:
        """Write the manifest and, beside it, its SHA-256, which is answered in hex."""
        files = sorted(self._written, key=lambda file: str(file["path"]))
        text = json.dumps({**facts, "files": files}, indent=1, ensure_ascii=False) + "\n"
        self.put(MANIFEST, text)
        self.put(MANIFEST_HASH, digest_line(text.encode()))
        return sha256(text.encode()).hexdigest()


@contextmanager
def new_folder(target: Path) -> Iterator[Files]:
    """A folder that stands at `target` only when the block ended well; else nothing is left.

    :raises BundleThere: something lies there already.
    :raises BundleUnwritable: the disk is full, or the place is not ours to write to.
    """
    target = target.absolute()
    _check_free(target)
    unfinished = target.parent / f".{target.name}.{secrets.token_hex(4)}.unfinished"
    try:
        unfinished.mkdir(mode=0o700)
        yield Files(unfinished)
        _check_free(target)
        unfinished.rename(target)
    except OSError as error:
        raise BundleUnwritable(path=str(target), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _check_free(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BundleThere(path=str(target))
    if target.is_dir() and any(target.iterdir()):
        raise BundleThere(path=str(target))
