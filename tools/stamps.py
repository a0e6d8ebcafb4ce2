"""Remembering from which inputs something was made, so it is made again only when they change."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(inputs: Iterable[Path], *words: str) -> str:
    """SHA-256 over the names and bytes of the files and over the words, in hex."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(inputs):
        digest.update(f"\0{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Was the thing that this stamp stands for made from these inputs?"""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def remember(stamp: Path, value: str) -> None:
    """Write the stamp; call it when the thing is complete."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")
