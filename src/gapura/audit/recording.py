"""Writing composed entries: one statement for any number of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from gapura.audit.entries import WRITTEN, Entry
from gapura.kernel.arrays import packed

BATCH = 500
# From so many rows on, a few arrays cost less than a placeholder for each value: the driver looks
# through the whole text of a statement every time.
MANY = 20

_CASTS = {"facts": "::json", "before": "::json", "after": "::json", "commitments": "::json"}
_ROW = "(" + ", ".join("%s" + _CASTS.get(name, "") for name in WRITTEN) + ")"
_EVENT = f"INSERT INTO audit_event ({', '.join(WRITTEN)}) VALUES "  # noqa: S608 - constants only
_PERSONAL = "INSERT INTO audit_personal (event_id, part, person, sealed, address) VALUES "
_KINDS = {
    **dict.fromkeys(("id", "actor_person", "grant_id", "session", "person"), "uuid"),
    **dict.fromkeys(_CASTS, "json"),
    "occurred_at": "timestamptz",
}
_STATEMENTS = 8
_PART_KINDS = ("uuid", "text", "uuid", "bytea", "bytea")
_COLUMN_KINDS = tuple(_KINDS.get(name, "text") for name in WRITTEN)
# Binary: as text, each value of an array is searched for what has to be escaped.
_COLUMNS = ", ".join(f"%b::{kind}[]" for kind in _COLUMN_KINDS)
_ARRAYS = _EVENT.replace("VALUES ", f"SELECT * FROM unnest({_COLUMNS})")  # noqa: S608 - as above
_PARTS = ", ".join(f"%b::{kind}[]" for kind in _PART_KINDS)
_PERSONAL_ARRAYS = _PERSONAL.replace("VALUES ", f"SELECT * FROM unnest({_PARTS})")  # noqa: S608


def write(entries: Sequence[Entry]) -> None:
    """Insert events and their personal parts in the running transaction."""
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        sql, params = (_rows if len(batch) < MANY else _arrays)(batch)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)


def _rows(entries: Sequence[Entry]) -> tuple[str, list[Any]]:
    parts = [part for entry in entries for part in entry.parts]
    sql = _EVENT + ", ".join([_ROW] * len(entries))
    params = [value for entry in entries for value in entry.values]
    if parts:
        places = ", ".join(["(%s, %s, %s::uuid, %s, %s::bytea)"] * len(parts))
        sql = f"WITH entry AS ({sql}) {_PERSONAL}{places}"
        params += [value for part in parts for value in part]
    return sql, params


def _arrays(entries: Sequence[Entry]) -> tuple[str, list[Any]]:
    params = [list(column) for _, column in _columns(entries)]
    return _text("", with_parts=len(params) > len(WRITTEN)), params


def _columns(entries: Sequence[Entry]) -> list[tuple[str, tuple[Any, ...]]]:
    """The values of all entries by column, each with its kind, those of their parts behind."""
    values = zip(*(entry.values for entry in entries), strict=True)
    parts = zip(*(part for entry in entries for part in entry.parts), strict=True)
    # Without any part there are no columns of parts.
    return [*zip(_COLUMN_KINDS, values, strict=True), *zip(_PART_KINDS, parts, strict=False)]


def entries_statement(
    entries: Sequence[Entry], *, unless: tuple[str, Sequence[Any]] | None = None
) -> tuple[str, list[Any]]:
    """One statement for any number of entries of any events, the same text for every number.

    For whoever writes on a connection of their own, as doors do: the text is kept prepared there,
    and the arrays are packed already.
    A transaction of its own is enough for events that have to be on disk before the reply; the
    sealer numbers by transaction, so entries of one statement get their numbers together.

    `unless` is a query with its parameters: when it finds rows, they are what the statement
    answers, and nothing is written.
    """
    columns = _columns(entries)
    sql, first = unless or ("", ())
    params = [packed(*column) for column in columns]
    return _text(sql, with_parts=len(columns) > len(WRITTEN)), [*first, *params]


@lru_cache(_STATEMENTS)
def _text(unless: str, *, with_parts: bool) -> str:
    if not unless:
        return f"WITH entry AS ({_ARRAYS}) {_PERSONAL_ARRAYS}" if with_parts else _ARRAYS
    fits = " WHERE NOT EXISTS (SELECT FROM unfit)"
    inserts = [f"entry AS ({_ARRAYS}{fits})"]
    if with_parts:
        inserts.append(f"part AS ({_PERSONAL_ARRAYS}{fits})")
    return f"WITH unfit AS MATERIALIZED ({unless}), {', '.join(inserts)} SELECT * FROM unfit"  # noqa: S608 - as above
