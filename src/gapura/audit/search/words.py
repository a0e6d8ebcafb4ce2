"""Free text in the log: words that people type, as a query over `audit_words` of an entry."""

import re
from functools import lru_cache

from django.db import connection
from django.utils.translation import get_language
from psycopg.sql import Literal

from gapura.audit.events import all_events
from gapura.audit.sentences import told_as

_MOST_WORDS, _MOST_EVENTS = 8, 60
_WORD = re.compile(r"[^\W_]+")
_PLACES = re.compile(r"%\(\w+\)s|%%")
_WORDS = "audit_words(e.name, e.actor_username, e.subject_label, e.facts)"


def words_in(text: str) -> list[str]:
    """The words of what was typed, in small letters, the first eight."""
    return [word.lower()[:60] for word in _WORD.findall(text)][:_MOST_WORDS]


def query_of(text: str) -> str:
    """The condition that the entry `e` has all words; the last may be the beginning of one.

    A word of the sentence in the active language stands for all events that say it. Numbers are
    whole: for a beginning, all entries would be gathered that have one, such as every year.
    """
    told = _sentences(get_language() or "id", len(all_events()))
    words = words_in(text)
    parts = [_any_of(word, told, begun=False) for word in words[:-1]]
    parts += [_any_of(word, told, begun=not word.isdigit()) for word in words[-1:]]
    return _fits(" & ".join(parts))


def mentions(*texts: str) -> str:
    """The condition that the facts or the label tell one of these numbers or ids as it is."""
    phrases = [" <-> ".join(f"'{w}'" for w in _WORD.findall(text.lower())) for text in texts]
    return _fits(" | ".join(f"({phrase})" for phrase in phrases if phrase))


def _fits(query: str) -> str:
    # The words are letters and digits, nothing else; the driver quotes what is left.
    quoted = Literal(query).as_string(connection.connection).replace("%", "%%")
    return f"{_WORDS} @@ to_tsquery('simple', {quoted})"


def _any_of(word: str, told: tuple[tuple[str, str], ...], *, begun: bool) -> str:
    start = f" {word}" if begun else f" {word} "
    names = [name for name, sentence in told if start in sentence][:_MOST_EVENTS]
    own = f"'{word}':*" if begun else f"'{word}'"
    return "(" + " | ".join([own, *(f"'{name}'" for name in names)]) + ")"


@lru_cache(8)
def _sentences(_language: str, _events: int) -> tuple[tuple[str, str], ...]:
    """Each event as the one word that `audit_words` makes of its name, and its sentence."""
    return tuple(
        (name.replace(".", "").replace("_", ""), _plain(told_as(name).text))
        for name in all_events()
    )


def _plain(sentence: str) -> str:
    """Its words between single spaces."""
    return f" {' '.join(_WORD.findall(_PLACES.sub(' ', sentence).lower()))} "
