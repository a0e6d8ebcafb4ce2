"""Who fails too often is slowed: proofs of clients by address and client, bare PAR by address."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from psycopg import AsyncConnection

from gapura.api.doors.oauth.batches import Batch
from gapura.kernel.addresses import address_key
from gapura.kernel.throttle import Limit, window
from gapura.sso.protocol.problems import OAuthProblem

# A client with a wrong secret or key. Secrets hold 256 bits, so nobody guesses one: this keeps the
# activity log and the database from whoever tries all the same. A right proof always gets in.
FAILED = Limit("sso_client_failed", 30, 300)
# Pushed requests of clients that prove nothing: each keeps a row for a while.
PUSHED_BARE = Limit("sso_pushed_bare", 60, 60)

# One row a key in a statement: counted together, in one order, so that no two block each other.
_HITS = """
    INSERT INTO kernel_throttle (key, window_start, count)
    SELECT * FROM unnest(%s::bytea[], %s::timestamptz[], %s::int[])
    ON CONFLICT (key, window_start) DO UPDATE
    SET count = kernel_throttle.count + excluded.count RETURNING key, count
"""

Window = tuple[bytes, datetime]


async def _count(line: AsyncConnection, asked: Sequence[Window]) -> list[int]:
    counted = Counter(asked)
    order = sorted(counted)
    columns = [[key for key, _ in order], [at for _, at in order], [counted[one] for one in order]]
    rows = await (await line.execute(_HITS, columns)).fetchall()
    # As if they had come one after the other: the last of them is the one that filled it.
    so_far = {bytes(key): found for key, found in rows}
    for key, at in counted:
        so_far[key] -= counted[key, at]
    told = []
    for key, _ in asked:
        so_far[key] += 1
        told.append(so_far[key])
    return told


_counting: Batch[Window, int] = Batch(_count)


async def count(limit: Limit, *who: str) -> None:
    """Count one for an address, and whom else it is about.

    :raises OAuthProblem: 429 when it is over the limit.
    """
    key, start, left = window(limit, "\0".join((address_key(who[0]), *who[1:])))
    if await _counting.ask((key, start)) > limit.count:
        told = f"too many failed tries from this address, wait {left} seconds"
        headers = (("Retry-After", str(left)),)
        raise OAuthProblem("temporarily_unavailable", told, 429, "too_many", headers)
