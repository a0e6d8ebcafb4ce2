"""Paths into entries by which claims say where a value stands."""

from collections.abc import Callable
from typing import Any

Read = Callable[[dict[str, Any]], str | None]


def reader(path: str | None) -> Read:
    """How to read what an entry says: `=word` is the word, `facts.role` a field, None is unsaid.

    A path that ends with `?` is said to be empty where the entry leaves it out; of one that ends
    with `#` the number counts and not how many zeros it was written with.
    """
    if path is None or path.startswith("="):
        word = path[1:] if path else None
        return lambda entry: word
    empty, names = "" if path.endswith("?") else None, path.rstrip("?#~").split(".")
    turn = _decimal if path.endswith("#") else _text
    if len(names) == 1:
        return lambda entry: turn(entry.get(names[0]), empty)
    first, second = names

    def inside(entry: dict[str, Any]) -> str | None:
        side = entry.get(first)
        return turn(side.get(second), empty) if type(side) is dict else empty

    return inside


def _text(found: Any, empty: str | None) -> str | None:
    if type(found) is str:
        return found
    if found is None:
        return empty
    return str(found).lower() if isinstance(found, bool) else str(found)


def _decimal(found: Any, empty: str | None) -> str | None:
    text = _text(found, empty)
    return text.rstrip("0").rstrip(".") if text and "." in text else text
