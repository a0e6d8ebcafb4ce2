"""Compiled templates in the data folder: each start of a server saves four seconds of a core."""

import hashlib
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

_WRITABLE_BY_OTHERS = 0o022


def compiled_templates(data: Path, made_with: Path) -> BytecodeCache | None:
    """Where they are kept below the data folder; None where that is no safe place.

    What lies there is run, so nobody else may be able to put it there. `made_with` is the file that
    says how templates are compiled: another one, or another Jinja, looks in another folder.
    """
    stamp = hashlib.sha256(version("jinja2").encode() + made_with.read_bytes()).hexdigest()[:16]
    folder = data / "templates" / stamp
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        safe = all(_is_ours(place) for place in (data, folder.parent, folder))
    except OSError:
        return None
    return _Kept(str(folder)) if safe else None


def _is_ours(folder: Path) -> bool:
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _WRITABLE_BY_OTHERS


class _Kept(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it if there is room; a full disk stops no start."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
