"""Batches: what arrived while the last one was at the database goes there together.

There is no timer: whoever comes alone is served at once, and the busier it is, the more share a
statement and a commit. A batch holds a connection of the pool only while it runs.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import psycopg
from psycopg import AsyncConnection

from gapura.api.doors.pool import connection, drop_broken

Asked = TypeVar("Asked")
Told = TypeVar("Told")
Work = Callable[[AsyncConnection, Sequence[Asked]], Awaitable[Sequence[Told]]]

MOST = 128
WAITING = 1024
log = logging.getLogger(__name__)


class Overloaded(Exception):
    """Too many wait already: a refusal now is better than an answer nobody waits for."""


class Uncertain(Exception):
    """The line broke while a commit was under way: done or not done, nobody can say yet."""


class Batch(Generic[Asked, Told]):
    """Hands what is asked to `work`, many at a time, and gives each its own answer.

    `work` answers in the order it was asked, in one transaction or none: when it fails, each is
    tried by itself, so that a bad one fails alone. A lost connection is tried once more with
    another one, unless `work` says that it is uncertain what was done.
    """

    def __init__(self, work: Work[Asked, Told], *, most: int = MOST, waiting: int = WAITING):
        self._work, self._most, self._limit = work, most, waiting
        self._waiting: deque[tuple[Asked, asyncio.Future[Told]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Told:
        """The answer to one.

        :raises Overloaded: when too many wait.
        :raises psycopg.Error: what the database said of this one.
        """
        if len(self._waiting) >= self._limit:
            raise Overloaded
        future: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                number = min(len(self._waiting), self._most)
                batch = [self._waiting.popleft() for _ in range(number)]
                # Whose client went away meanwhile wants nothing any more.
                await self._serve([one for one in batch if not one[1].done()])
        finally:
            self._running = None
            self._abandon()

    def _abandon(self) -> None:
        """Only when the worker ends in the midst of it: nobody may wait for ever."""
        while self._waiting:
            _, future = self._waiting.popleft()
            if not future.done() and not future.get_loop().is_closed():
                future.cancel()

    async def _serve(self, batch: Sequence[tuple[Asked, asyncio.Future[Told]]]) -> None:
        if not batch:
            return
        try:
            told = await self._done([asked for asked, _ in batch])
        except Exception as error:
            await self._one_by_one(batch, error)
            return
        for (_, future), answer in zip(batch, told, strict=True):
            if not future.done():
                future.set_result(answer)

    async def _one_by_one(
        self, batch: Sequence[tuple[Asked, asyncio.Future[Told]]], error: Exception
    ) -> None:
        # Where the database is away, or nobody knows what was done, each by itself fares no better.
        hopeless = isinstance(error, psycopg.OperationalError | Uncertain | OSError)
        if len(batch) == 1 or hopeless:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        log.warning("a batch of %d failed, each is tried alone: %s", len(batch), error)
        for one in batch:
            await self._serve([one])

    async def _done(self, asked: Sequence[Asked]) -> Sequence[Told]:
        try:
            async with connection() as line:
                return await self._work(line, asked)
        except psycopg.OperationalError:
            # After a failover every kept connection is dead, and the first use tells.
            await drop_broken()
        async with connection() as line:
            return await self._work(line, asked)
