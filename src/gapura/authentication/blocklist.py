"""Words a guesser tries first: the refused ones in their file, and what guessing each costs."""

import gzip
import threading
from collections.abc import Callable
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings

from gapura.authentication.normal import SHORTEST, normal_forms
from gapura.authentication.wordlist import BreachedList, WordList
from gapura.authentication.wordlist_sources import CONTEXT, SHIPPED, common_file, words_of

List = TypeVar("List", WordList, BreachedList)


class _Opened(Generic[List]):
    """A list that is opened anew when the file at its path has become another one."""

    def __init__(
        self, path_of: Callable[[], Path | None], open_list: Callable[[Path], List]
    ) -> None:
        self._path_of: Callable[[], Path | None] = path_of
        self._open: Callable[[Path], List] = open_list
        self._lock = threading.Lock()
        self._known: tuple[tuple[str, int, int], List] | None = None

    def get(self) -> List | None:
        """The list, None where no file is named.

        :raises OSError, BadList: when the file cannot be used.
        """
        path = self._path_of()
        if path is None:
            return None
        found = path.stat()
        mark = (str(path), found.st_mtime_ns, found.st_ino)
        with self._lock:
            if self._known is None or self._known[0] != mark:
                self._known = (mark, self._open(path))
            return self._known[1]


def blocklist_path() -> Path:
    """The list in force: the operator's own, else the shipped one."""
    return Path(settings.PASSWORD_BLOCKLIST) if settings.PASSWORD_BLOCKLIST else SHIPPED


def breached_path() -> Path | None:
    """The operator's export of breached passwords; None without one."""
    return Path(settings.BREACHED_PASSWORDS) if settings.BREACHED_PASSWORDS else None


_words = _Opened(blocklist_path, WordList)
_breached = _Opened(breached_path, BreachedList)


def is_listed(text: str) -> bool:
    """Everybody's password: on a list, as it is or without its decoration, or two of our words.

    Takes microseconds. :raises OSError, BadList: when a file cannot be used.
    """
    words, breached = _words.get(), _breached.get()
    forms = normal_forms(text)
    if words is not None and any(form in words for form in forms):
        return True
    if any(_is_two_words(form) for form in forms):
        return True
    return breached is not None and (text in breached or (bool(forms) and forms[0] in breached))


def list_size() -> int:
    """How many entries the list in force has."""
    words = _words.get()
    return 0 if words is None else len(words)


@lru_cache(maxsize=1)
def guess_bits() -> dict[str, float]:
    """Word to the bits of guessing it (log2 of its place); context words are one small list."""
    bits = {
        word: max(4.0, log2(place + 2))
        for place, word in enumerate(_common())
        if len(word) >= SHORTEST and not word.isdigit()
    }
    context = context_words()
    return bits | dict.fromkeys(context, log2(len(context)))


@lru_cache(maxsize=1)
def context_words() -> frozenset[str]:
    """Our own list: procurement, Indonesia, faith, months, names."""
    return frozenset(word for word in words_of(CONTEXT) if len(word) >= SHORTEST)


def _is_two_words(form: str) -> bool:
    known = context_words()
    return any(
        form[:cut] in known and form[cut:] in known
        for cut in range(SHORTEST, len(form) - SHORTEST + 1)
    )


def _common() -> list[str]:
    with gzip.open(common_file(), "rt", encoding="utf-8") as lines:
        return [line.strip().lower() for line in lines if line.strip()]
