"""/log/checkpoint, /log/key and /log/tile/...: the signed tree, for anyone, without any entry."""

import psycopg
from psycopg_pool import PoolTimeout

from gapura.api.doors.pool import connection
from gapura.api.doors.replies import Receive, Scope, Send, reads_only, reply
from gapura.audit.queries import NEWEST_NOTE, TILES, policy_text, published_key, read_tile

_FEW_SECONDS = b"public, max-age=5"
# A tile never changes: its hashes are of complete subtrees.
_FOREVER = b"public, max-age=31536000, immutable"
_BYTES = b"application/octet-stream"
_LATER = ((b"retry-after", b"5"),)


@reads_only
async def checkpoint(scope: Scope, _receive: Receive, send: Send) -> None:
    """The newest signed note with its cosignatures; 404 before the first."""
    try:
        async with connection() as line:
            rows = await (await line.execute(NEWEST_NOTE)).fetchall()
    except (psycopg.Error, OSError, PoolTimeout):
        await _unavailable(scope, send)
        return
    if not rows:
        await reply(scope, send, 404, b"nothing was signed yet\n")
        return
    note = rows[0][0] + "".join(row[1] for row in rows if row[1])
    await reply(scope, send, 200, note.encode(), keep=_FEW_SECONDS)


@reads_only
async def key(scope: Scope, _receive: Receive, send: Send) -> None:
    """The log's verifier key on the first line as a comment, then the policy of its witnesses."""
    text = f"# {published_key()}\n{policy_text()}"
    await reply(scope, send, 200, text.encode(), keep=_FEW_SECONDS)


@reads_only
async def tile(scope: Scope, _receive: Receive, send: Send) -> None:
    """Hashes of one tile; 404 for what is no tile or not under the newest checkpoint."""
    wanted = read_tile(scope["path"].removeprefix(TILES))
    if wanted is None:
        await reply(scope, send, 404, b"no such tile\n")
        return
    sql, values = wanted.statement
    try:
        async with connection() as line:
            rows = await (await line.execute(sql, values)).fetchall()
    except (psycopg.Error, OSError, PoolTimeout):
        await _unavailable(scope, send)
        return
    if len(rows) < wanted.width:
        await reply(scope, send, 404, b"no such tile\n")
        return
    await reply(scope, send, 200, b"".join(bytes(r[0]) for r in rows), _BYTES, keep=_FOREVER)


async def _unavailable(scope: Scope, send: Send) -> None:
    await reply(scope, send, 503, b"the database does not answer\n", headers=_LATER)
