"""Texts as full text search takes them: cut in the same way when kept and when looked for."""

import re
import unicodedata

MOST_WORDS = 8
_LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> str:
    """The words of a text in lower case, divided by blanks; signs are gone."""
    return " ".join(_words(text))


def searched_words(text: str) -> tuple[str, ...]:
    """The first words of what somebody looks for, bounded in number and length."""
    return tuple(word[:_LONGEST_WORD] for word in _words(text)[:MOST_WORDS])


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\0", " ").casefold())
