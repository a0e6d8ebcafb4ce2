"""Many decisions in one transaction: of each all writes are done, or none is."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from gapura.sso.protocol import handles
from gapura.sso.protocol.decisions import Once, Replaced, Used, Write
from gapura.sso.store.writing import Statement, write_statement

Rows = Sequence[Sequence[Any]]
Key = tuple[Any, ...]
Groups = Sequence[Sequence[Write]]


def _once(one: Once) -> Key:
    return one.kind, handles.day(one.expires_at), one.digest


def _used(one: Used) -> Key:
    return one.kind, one.handle.bucket, one.handle.digest


def _replaced(one: Replaced) -> Key:
    return "refresh", one.handle.bucket, one.handle.digest


# What may happen once, with the row it happens to; and how it is taken back for whoever came second
# to something else of the same decision.
FIRST: Mapping[type[Write], Callable[[Any], Key]] = MappingProxyType(
    {Once: _once, Used: _used, Replaced: _replaced}
)
_BACK = "FROM unnest(%b::date[], %b::bytea[]) AS q (bucket, digest) "
_ROW = "t.bucket = q.bucket AND t.digest = q.digest"
_TAKEN_BACK: Mapping[str, str] = MappingProxyType(
    {
        kind: f"UPDATE {table} t SET {cleared} {_BACK} WHERE {_ROW}"  # noqa: S608 - constants only
        for kind, table, cleared in (
            ("code", "sso_code", "used_at = NULL"),
            ("pushed", "sso_pushed", "used_at = NULL"),
            ("refresh", "sso_refresh",
             "replaced_at = NULL, successor = NULL, successor_bucket = NULL"),
        )
    }
)  # fmt: skip
_FORGOTTEN = f"""
    DELETE FROM sso_once t USING unnest(%b::date[], %b::bytea[]) AS q (bucket, digest)
     WHERE {_ROW} AND t.kind = %s
"""  # noqa: S608 - constants only


def applying(
    groups: Groups, now: datetime
) -> Generator[list[Statement], list[Rows], list[Write | None]]:
    """The writes of many decisions, as steps for whoever brings a connection and a transaction.

    Yields statements, which may be sent together, and is sent the rows of each. Answers for each
    decision None, or the write for which somebody was first: of that one nothing is written.
    """
    first = _by_kind(one for group in groups for one in group if type(one) in FIRST)
    rows = (yield _statements(first, now)) if first else []
    won = {_key(row) for found in rows for row in found}
    lost, back = _judged(groups, won)
    done = (group for group, loss in zip(groups, lost, strict=True) if loss is None)
    rest = _by_kind(one for group in done for one in group if type(one) not in FIRST)
    if last := [*_taken_back(back), *_statements(rest, now)]:
        yield last
    return lost


def _key(row: Sequence[Any]) -> Key:
    kind, bucket, digest = row
    return kind, bucket, bytes(digest)


def _judged(groups: Groups, won: set[Key]) -> tuple[list[Write | None], list[Key]]:
    """By decision what it lost; and the rows of those that lost, which they had got before."""
    lost: list[Write | None] = []
    back: list[Key] = []
    for group in groups:
        mine, loss = [], None
        for one in group:
            if (key_of := FIRST.get(type(one))) is None:
                continue
            if (key := key_of(one)) in won:
                # Of two in one batch only the first has it.
                won.discard(key)
                mine.append(key)
            else:
                loss = loss or one
        lost.append(loss)
        back += mine if loss else []
    return lost, back


def _taken_back(keys: Iterable[Key]) -> list[Statement]:
    found: dict[str, list[Key]] = defaultdict(list)
    for kind, *row in keys:
        found[kind].append(tuple(row))
    statements: list[Statement] = []
    for kind, rows in found.items():
        columns = [list(column) for column in zip(*rows, strict=True)]
        own = kind in _TAKEN_BACK
        statements.append((_TAKEN_BACK[kind], columns) if own else (_FORGOTTEN, [*columns, kind]))
    return statements


def _by_kind(writes: Iterable[Write]) -> dict[type[Write], list[Write]]:
    found: dict[type[Write], list[Write]] = defaultdict(list)
    for write in writes:
        found[type(write)].append(write)
    return found


def _statements(writes: Mapping[type[Write], list[Write]], now: datetime) -> list[Statement]:
    return [write_statement(kind, alike, now) for kind, alike in writes.items()]
