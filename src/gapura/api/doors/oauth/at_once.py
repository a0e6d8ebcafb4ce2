"""The short way: one trip to the database for a client that is remembered and changes nothing.

The entry is written by the statement that looks whether the client is still as it is remembered;
when it is not, nothing is written and the long way begins. So a client is looked at as it is
written of, not a moment before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation

from gapura.api.doors.oauth.batches import Batch
from gapura.audit.services import Entry, entries_statement
from gapura.kernel.arrays import packed
from gapura.sso import store


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry, and the version of the client that it was decided with."""

    entry: Entry
    client: str
    version: str


async def record(asked: Recorded) -> bool:
    """Make the entry durable if the client is still so; answers whether it is.

    :raises Overloaded, psycopg.Error: as `Batch.ask`.
    """
    return await _recording.ask(asked)


async def _record(line: AsyncConnection, asked: Sequence[Recorded]) -> Sequence[bool]:
    changed = await _write(line, asked)
    if not changed:
        return [True] * len(asked)
    # Somebody's contract changed a moment ago; the entries of the others were not written either.
    left = [one for one in asked if (one.client, one.version) not in changed]
    written = iter(await _record(line, left) if left else ())
    return [(one.client, one.version) not in changed and next(written) for one in asked]


async def _write(line: AsyncConnection, asked: Sequence[Recorded]) -> set[tuple[str, str]]:
    """Who is no longer as remembered; where that is nobody, all is written."""
    known = list({(one.client, one.version) for one in asked})
    columns = [packed("text", column) for column in zip(*known, strict=True)]
    entries = [one.entry for one in asked]
    sql, params = entries_statement(entries, unless=(store.CHANGED, columns))
    try:
        cursor = await line.execute(sql.encode(), params)
    except UniqueViolation:
        # As in `writes`: the line broke after the first try was done.
        if len(asked) > 1:
            raise
        return set()
    return {(client, version) for client, version in await cursor.fetchall()}


_recording: Batch[Recorded, bool] = Batch(_record)
