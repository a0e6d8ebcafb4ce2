"""Words a guesser tries first: the common passwords that come with Django, and our own list."""

import gzip
from functools import lru_cache
from math import log2
from pathlib import Path

import django

# 19,640 leaked passwords, commonest first; read where Django keeps it, not copied.
_COMMON = Path(django.__file__).parent / "contrib" / "auth" / "common-passwords.txt.gz"
_CONTEXT = Path(__file__).parent / "reference" / "context_words.txt"
SHORTEST = 3


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Passwords that are refused as they are, in lower case."""
    return frozenset(_common())


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
    lines = _CONTEXT.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(word for word in words if len(word) >= SHORTEST)


def _common() -> list[str]:
    with gzip.open(_COMMON, "rt", encoding="utf-8") as lines:
        return [line.strip().lower() for line in lines if line.strip()]
