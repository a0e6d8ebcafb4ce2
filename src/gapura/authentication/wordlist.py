"""A list of refused words as a small file: sorted hash prefixes, looked up where they lie on disk.

The file is a head of 16 bytes (`GAPURAWL`, version, width of a prefix, count), then the prefixes.
A word that is not on the list is taken for one with a chance of count / 2**40: with 100,000 words
one in eleven million. Only the standard library: the file is also made before anything is set up.
"""

import hashlib
import mmap
import os
import struct
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

MAGIC, VERSION, WIDTH = b"GAPURAWL", 1, 5
_HEAD = struct.Struct(">8sBBxxI")
MOST_WORDS = 50_000_000
# A line of an export of breached passwords: 40 hex digits, perhaps with a colon and a count.
_HEX, _LONGEST_LINE = 40, 64


class BadList(ValueError):
    """A file that is no list of this kind; the text says what is wrong with it."""


def write_list(words: Iterable[str], path: Path) -> int:
    """Write a list that replaces the one at `path` at once; answers how many entries it has."""
    prefixes = sorted({_prefix(word) for word in words})
    if len(prefixes) > MOST_WORDS:
        raise BadList(f"more than {MOST_WORDS:,} words")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    with unfinished.open("wb") as target:
        target.write(_HEAD.pack(MAGIC, VERSION, WIDTH, len(prefixes)))
        target.writelines(prefixes)
    unfinished.replace(path)
    return len(prefixes)


class WordList:
    """An open list; `in` takes a handful of page reads and no memory of its own."""

    def __init__(self, path: Path) -> None:
        """Open it.

        :raises BadList: for another kind of file, or one that was cut off.
        :raises OSError: when it cannot be read.
        """
        self._bytes = _mapped(path, at_least=_HEAD.size)
        magic, version, width, count = _HEAD.unpack_from(self._bytes)
        if (magic, version, width) != (MAGIC, VERSION, WIDTH):
            raise BadList(f"{path} is no list of refused words of this version")
        if len(self._bytes) != _HEAD.size + count * WIDTH:
            raise BadList(f"{path} was cut off: it should have {count:,} entries")
        self._count: int = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> bytes:
        start = _HEAD.size + place * WIDTH
        return self._bytes[start : start + WIDTH]

    def __contains__(self, word: str) -> bool:
        wanted = _prefix(word)
        place = bisect_left(self, wanted)
        return place < self._count and self[place] == wanted


class BreachedList:
    """An export of breached passwords: lines `SHA1[:count]`, sorted by hash, of any size."""

    def __init__(self, path: Path) -> None:
        """Open it and look at its first line.

        :raises BadList: for another kind of file.
        :raises OSError: when it cannot be read.
        """
        self._bytes = _mapped(path, at_least=_HEX)
        first = self._bytes[:_HEX].upper()
        if any(sign not in b"0123456789ABCDEF" for sign in first):
            raise BadList(f"{path} does not begin with a SHA-1 hash in hex")

    def __contains__(self, password: str) -> bool:
        digest = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False)
        wanted = digest.hexdigest().upper().encode()
        low, high = 0, len(self._bytes)
        while low < high:
            middle = self._line_start((low + high) // 2)
            found = self._bytes[middle : middle + _HEX].upper()
            if found == wanted:
                return True
            if found < wanted:
                low = self._next_line(middle)
            else:
                high = middle
        return False

    def _line_start(self, place: int) -> int:
        return self._bytes.rfind(b"\n", max(0, place - _LONGEST_LINE), place) + 1

    def _next_line(self, place: int) -> int:
        end = self._bytes.find(b"\n", place, place + _LONGEST_LINE)
        return len(self._bytes) if end < 0 else end + 1


def _prefix(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[:WIDTH]


def _mapped(path: Path, *, at_least: int) -> mmap.mmap:
    with path.open("rb") as source:
        if os.fstat(source.fileno()).st_size < at_least:
            raise BadList(f"{path} is too short to be a list")
        return mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
