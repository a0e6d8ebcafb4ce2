"""Batches: who waits together goes together, a bad one fails alone, nobody waits for ever."""

import asyncio
from collections.abc import Sequence

import psycopg
import pytest
from psycopg import AsyncConnection

from gapura.api.doors import pool
from gapura.api.doors.oauth.batches import Batch, Overloaded, Uncertain
from tests.asgi import run

pytestmark = pytest.mark.django_db

ECHO = (
    "SELECT n FROM unnest(%s::int[]) WITH ORDINALITY AS t(n, place) WHERE 10 / n > 0 ORDER BY place"
)


class Echo:
    """A piece of work that keeps what it was handed; zero is a bad row, a division by it."""

    def __init__(self) -> None:
        self.handed: list[list[int]] = []
        self.held = asyncio.Event()
        self.held.set()

    async def __call__(self, line: AsyncConnection, asked: Sequence[int]) -> list[int]:
        self.handed.append(list(asked))
        await self.held.wait()
        return [row[0] for row in await (await line.execute(ECHO, [list(asked)])).fetchall()]


async def together(batch: Batch[int, int], asked: Sequence[int]) -> list[int | BaseException]:
    try:
        return await asyncio.gather(*map(batch.ask, asked), return_exceptions=True)
    finally:
        await pool.close()


def test_whoever_comes_together_shares_one_statement_and_gets_an_answer_of_their_own() -> None:
    work = Echo()
    assert run(together(Batch(work), [3, 1, 2])) == [3, 1, 2]
    assert work.handed == [[3, 1, 2]]


def test_what_arrives_while_a_batch_runs_is_the_next_batch() -> None:
    async def play() -> list[list[int]]:
        work = Echo()
        batch = Batch(work)
        work.held.clear()
        first = asyncio.create_task(batch.ask(1))
        await asyncio.sleep(0.05)
        others = [asyncio.create_task(batch.ask(n)) for n in (2, 3, 4)]
        await asyncio.sleep(0)
        work.held.set()
        await asyncio.gather(first, *others)
        await pool.close()
        return work.handed

    assert run(play()) == [[1], [2, 3, 4]]


def test_no_batch_is_larger_than_it_may_be() -> None:
    work = Echo()
    assert run(together(Batch(work, most=2), [1, 2, 3, 4, 5])) == [1, 2, 3, 4, 5]
    assert work.handed == [[1, 2], [3, 4], [5]]


def test_one_poisoned_row_fails_alone() -> None:
    """Attack: a value that the database refuses takes the requests beside it down, too."""
    work = Echo()
    found = run(together(Batch(work), [5, 0, 7]))
    assert (found[0], found[2]) == (5, 7)
    assert isinstance(found[1], psycopg.errors.DivisionByZero)
    assert work.handed == [[5, 0, 7], [5], [0], [7]]


def test_more_than_may_wait_are_told_at_once() -> None:
    found = run(together(Batch(Echo(), waiting=3), [1, 2, 3, 4, 5]))
    assert found[:3] == [1, 2, 3]
    assert [type(one) for one in found[3:]] == [Overloaded, Overloaded]


def test_a_client_that_left_takes_nobody_along() -> None:
    async def play() -> tuple[int, list[list[int]]]:
        work = Echo()
        batch = Batch(work)
        work.held.clear()
        first = asyncio.create_task(batch.ask(1))
        await asyncio.sleep(0.05)
        gone, stays = asyncio.create_task(batch.ask(2)), asyncio.create_task(batch.ask(3))
        await asyncio.sleep(0)
        first.cancel()
        gone.cancel()
        await asyncio.sleep(0)
        work.held.set()
        told = await stays
        await pool.close()
        return told, work.handed

    assert run(play()) == (3, [[1], [3]])


def test_a_lost_connection_is_tried_once_more_and_no_connection_is_kept_for_it() -> None:
    """After a failover every kept connection is dead; the first to use one must not pay for it."""

    async def play() -> list[int | BaseException]:
        batch: Batch[int, int] = Batch(Echo())
        first = await batch.ask(1)
        async with pool.connection() as line:
            pid = line.info.backend_pid
            async with await AsyncConnection.connect(pool._address(), autocommit=True) as other:
                await other.execute("SELECT pg_terminate_backend(%s)", [pid])
                await asyncio.sleep(0.2)
        return [first, *await together(batch, [2, 3])]

    assert run(play()) == [1, 2, 3]


def test_what_may_have_been_done_is_not_done_again() -> None:
    calls = []

    async def work(_line: AsyncConnection, asked: Sequence[int]) -> list[int]:
        calls.append(list(asked))
        raise Uncertain

    found = run(together(Batch(work), [1, 2]))
    assert [type(one) for one in found] == [Uncertain, Uncertain]
    assert calls == [[1, 2]]


def test_a_batch_lives_on_after_a_failure() -> None:
    async def play() -> list[int | BaseException]:
        work = Echo()
        batch = Batch(work)
        with pytest.raises(psycopg.errors.DivisionByZero):
            await batch.ask(0)
        return await together(batch, [4])

    assert run(play()) == [4]
