"""Filters as they are kept, and as people read them back: by name, with the kind of each value."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gapura.audit.search.filters import Filters

_KINDS: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    # A datetime is a date too: the narrower kind comes first.
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
    "id": (UUID, str, UUID),
    "flag": (bool, bool, bool),
    "number": (int, int, int),
    "text": (str, str, str),
}
_LEFT_OUT = frozenset({"size", "after", "before", "oldest_first"})


def pack(filters: Filters) -> str:
    """Filters as JSON; where a page begins and how long it is does not belong to a search."""
    given = {f.name: getattr(filters, f.name) for f in fields(filters) if f.name not in _LEFT_OUT}
    return json.dumps({name: _packed(value) for name, value in given.items() if value})


def unpack(kept: str, **more: Any) -> Filters:
    """The filters of `pack`; `more` are fields to set besides.

    :raises BadLogFilter: a field that does not hold what it must.
    """
    known = {f.name for f in fields(Filters)}
    told: Mapping[str, Any] = json.loads(kept)
    return Filters(**{n: _unpacked(v) for n, v in told.items() if n in known}, **more)


def _packed(value: Any) -> Any:
    if isinstance(value, tuple):
        return ["many", [_packed(each) for each in value]]
    for kind, (python, turn, _back) in _KINDS.items():
        if isinstance(value, python):
            return [kind, turn(value)]
    raise TypeError(f"a filter holds a {type(value).__name__}")


def _unpacked(pair: Any) -> Any:
    kind, value = pair
    if kind == "many":
        return tuple(_unpacked(each) for each in value)
    return _KINDS[kind][2](value)
