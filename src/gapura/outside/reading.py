"""Reads an authority's answer strictly: what is not as agreed is nonsense, never a guess."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any


class Nonsense(ValueError):
    """The answer is not what the contract says."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Answer:
    """The JSON object of one answer; every reader raises `Nonsense` when the field does not fit."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields

    def _get(self, name: str, kind: type) -> Any:
        value = self.fields.get(name)
        if type(value) is not kind:
            raise Nonsense(f"{name} is no {kind.__name__}")
        return value

    def flag(self, name: str) -> bool:
        """True or false, and neither 1 nor "yes"."""
        return bool(self._get(name, bool))

    def number(self, name: str) -> int:
        """A whole number."""
        return int(self._get(name, int))

    def text(self, name: str, most: int) -> str:
        """Printable and not empty, up to `most` characters."""
        value = str(self._get(name, str))
        if not value.strip() or len(value) > most or not value.isprintable():
            raise Nonsense(f"{name} is empty, too long or not printable")
        return value

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        """A text of exactly this form."""
        value = str(self._get(name, str))
        if not pattern.fullmatch(value):
            raise Nonsense(f"{name} has another form")
        return value

    def choice(self, name: str, *words: str) -> str:
        """One of these words."""
        value = str(self._get(name, str))
        if value not in words:
            raise Nonsense(f"{name} is none of the agreed words")
        return value

    def day(self, name: str) -> date:
        """A date as YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.matching(name, _DAY))
        except ValueError as error:
            raise Nonsense(f"{name} is no day") from error

    def open_day(self, name: str) -> date | None:
        """A date, or null for one that is not set; the field itself must be there."""
        if name in self.fields and self.fields[name] is None:
            return None
        return self.day(name)

    def texts(self, name: str, pattern: re.Pattern[str], most: int) -> tuple[str, ...]:
        """A list without repetitions, at least one and up to `most` texts of this form."""
        values = self._get(name, list)
        if not 1 <= len(values) <= most or any(type(v) is not str for v in values):
            raise Nonsense(f"{name} is no list of texts")
        if len(set(values)) != len(values) or not all(pattern.fullmatch(v) for v in values):
            raise Nonsense(f"{name} holds something else")
        return tuple(values)

    def rows(self, name: str, most: int) -> list["Answer"]:
        """A list of objects."""
        values = self._get(name, list)
        if len(values) > most or any(type(v) is not dict for v in values):
            raise Nonsense(f"{name} is no list of objects")
        return [Answer(value) for value in values]


def read(content: bytes, request_id: str) -> Answer:
    """The answer to the question with that id.

    :raises Nonsense: for anything but one JSON object in UTF-8 that carries the same id, so that
        an answer to another question, or a late one, is never taken for this one's.
    """
    try:
        fields = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise Nonsense("no JSON") from error
    if type(fields) is not dict or fields.get("request_id") != request_id:
        raise Nonsense("not the answer to this question")
    return Answer(fields)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Nonsense("a field stands there twice")
    return found


def _no_number(word: str) -> Any:
    raise Nonsense(f"{word} is no number")
