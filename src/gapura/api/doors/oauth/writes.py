"""Writes of decisions and entries of the log: many requests, one transaction, then the replies.

Of each request all writes are done or none is; whoever came second to something that may happen
once is told so, and the others of the batch are done all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation

from gapura.api.doors.oauth.batches import Batch, Uncertain
from gapura.audit.services import Entry, entries_statement
from gapura.kernel import clock
from gapura.sso import store
from gapura.sso.protocol.decisions import Write


@dataclass(frozen=True, slots=True)
class Commit:
    """What one request wants on disk before it is answered, and whose use it shows."""

    writes: tuple[Write, ...] = ()
    entry: Entry | None = None
    client: UUID | None = None
    authorization: UUID | None = None


class _Seen:
    """Whose use was noted today by this worker already: once a day is enough for a date."""

    def __init__(self) -> None:
        self._day = date.min
        self._ids: set[UUID] = set()

    def unseen(self, day: date, ids: Sequence[UUID]) -> list[UUID]:
        """Those of these that were not noted yet."""
        if day != self._day or len(self._ids) > _MOST_SEEN:
            self._day, self._ids = day, set()
        return sorted(set(ids) - self._ids)

    def noted(self, ids: Sequence[UUID]) -> None:
        """They are on disk."""
        self._ids.update(ids)


_MOST_SEEN = 100_000
_clients, _authorizations = _Seen(), _Seen()


def is_noted(client: UUID) -> bool:
    """Whether this client's use of today is on disk already."""
    return not _clients.unseen(clock.now().date(), [client])


async def commit(asked: Commit) -> Write | None:
    """Make it durable; answers the write for which somebody was first, and then nothing is.

    :raises Overloaded, Uncertain, psycopg.Error: as `Batch.ask`.
    """
    return await _writing.ask(asked)


async def _write(line: AsyncConnection, asked: Sequence[Commit]) -> Sequence[Write | None]:
    day = clock.now().date()
    clients = _clients.unseen(day, [one.client for one in asked if one.client])
    used = _authorizations.unseen(day, [one.authorization for one in asked if one.authorization])
    if not (clients or used or any(one.writes for one in asked)):
        await _tell(line, [one.entry for one in asked if one.entry])
        return [None] * len(asked)
    await line.execute("BEGIN")
    try:
        found = await _apply(line, [one.writes for one in asked])
        done = [one for one, lost in zip(asked, found, strict=True) if lost is None]
        if entries := [one.entry for one in done if one.entry]:
            sql, params = entries_statement(entries)
            await line.execute(sql.encode(), params)
        await _touch(line, day, clients, used)
    except BaseException:
        if not line.closed and not line.broken:
            await line.execute("ROLLBACK")
        raise
    await _end(line)
    _clients.noted(clients)
    _authorizations.noted(used)
    return found


async def _end(line: AsyncConnection) -> None:
    try:
        await line.execute("COMMIT")
    except psycopg.OperationalError as error:
        # Written or not: a second try would take its own first one for somebody else's.
        raise Uncertain from error


async def _apply(
    line: AsyncConnection, groups: Sequence[Sequence[Write]]
) -> Sequence[Write | None]:
    applying = store.applying(groups, clock.now())
    try:
        statements = next(applying)
        while True:
            rows: list[Sequence[Sequence[Any]]] = []
            for sql, params in statements:
                cursor = await line.execute(sql.encode(), params)
                rows.append(await cursor.fetchall() if cursor.description else [])
            statements = applying.send(rows)
    except StopIteration as end:
        found: Sequence[Write | None] = end.value
        return found


async def _touch(
    line: AsyncConnection, day: date, clients: Sequence[UUID], used: Sequence[UUID]
) -> None:
    for statement, ids in ((store.TOUCH_CLIENTS, clients), (store.TOUCH_AUTHORIZATIONS, used)):
        if ids:
            await line.execute(statement.encode(), {"day": day, "ids": list(ids)})


async def _tell(line: AsyncConnection, entries: Sequence[Entry]) -> None:
    """Entries alone: one statement, which is a transaction of its own."""
    sql, params = entries_statement(entries)
    try:
        await line.execute(sql.encode(), params)
    except UniqueViolation:
        # An entry's id is ours and random. That it is there means that the line broke after the
        # first try was done: tried alone, each of the batch is told the same.
        if len(entries) > 1:
            raise


_writing: Batch[Commit, Write | None] = Batch(_write)
