"""The doors' own connections: a small asynchronous pool, made at first use in the worker's loop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

CONNECTIONS = 2
WAIT_SECONDS = 2.0
# Two connections serve all who call a door: none may hold one for long.
STATEMENT_SECONDS = 5
# Every statement here finds a few rows by their keys. Planned once and not at each call, which
# costs ten times as much as running it; and by index, as a plan outlives the hour in which a table,
# or a month's part of it, was small enough to be read as a whole.
_PLANS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"

_pool: AsyncConnectionPool | None = None


def _address() -> str:
    database: dict[str, Any] = settings.DATABASES["default"]
    options = database["OPTIONS"]
    return make_conninfo(
        "",
        host=database["HOST"],
        port=database["PORT"],
        dbname=database["NAME"],
        user=database["USER"],
        password=database["PASSWORD"],
        options=f"{options['options']} {_PLANS} -c statement_timeout={STATEMENT_SECONDS * 1000}",
        connect_timeout=int(options["connect_timeout"]),
        application_name="gapura doors",
    )


@asynccontextmanager
async def connection() -> AsyncIterator[AsyncConnection]:
    """A connection in autocommit for a few statements.

    :raises psycopg_pool.PoolTimeout: when the database gives none in time
    """
    global _pool  # noqa: PLW0603 - one pool a worker, its loop exists only from the first request on
    if _pool is None:
        _pool = AsyncConnectionPool(
            _address(),
            min_size=0,
            max_size=CONNECTIONS,
            timeout=WAIT_SECONDS,
            kwargs={"autocommit": True},
            open=False,
        )
        await _pool.open()
    async with _pool.connection() as line:
        yield line


async def drop_broken() -> None:
    """Throw away connections that the database has closed: after a failover all are."""
    if _pool is not None:
        await _pool.check()


async def close() -> None:
    """End the pool, at the worker's end."""
    global _pool  # noqa: PLW0603 - see above
    if _pool is not None:
        await _pool.close()
        _pool = None
