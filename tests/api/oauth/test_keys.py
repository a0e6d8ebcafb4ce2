"""The ring in a worker: read once for all who wait, kept fresh behind their backs, never lost."""

import asyncio
import threading
from collections.abc import Callable

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gapura.api.doors.oauth import keys as module
from gapura.api.doors.oauth.keys import FRESH_SECONDS, Kept, Keys
from gapura.sso.protocol.jose import KeyState, SigningKey
from gapura.sso.protocol.ring import NoSigner, Ring
from tests.asgi import run


def kept(*kids: str) -> Kept:
    states = [KeyState.CURRENT, *[KeyState.PAST] * len(kids)]
    made = [
        SigningKey.of(ec.generate_private_key(ec.SECP256R1()), kid=k, algorithm="ES256", state=s)
        for k, s in zip(kids, states, strict=False)
    ]
    return Kept(Ring(tuple(made)), None)  # type: ignore[arg-type]


class Table:
    """Stands for the database: what is there, how often it was read, whether it answers."""

    def __init__(self) -> None:
        self.there = kept("one")
        self.readings = 0
        self.away = False
        self.held = threading.Event()
        self.held.set()

    def read(self) -> Kept:
        self.readings += 1
        self.held.wait(10)
        if self.away:
            raise psycopg.OperationalError("away")
        return self.there


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    table = Table()
    monkeypatch.setattr(module, "_read", table.read)
    return table


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass for the keys alone."""
    at = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: at[0])

    def pass_by(seconds: float) -> None:
        at[0] += seconds

    return pass_by


def test_however_many_wait_the_keys_are_read_once(table: Table) -> None:
    """Every waiting request read them again once, and the pool ran dry."""

    async def play() -> list[Ring]:
        keys = Keys()
        table.held.clear()
        waiting = [asyncio.create_task(keys.ring()) for _ in range(50)]
        await asyncio.sleep(0.05)
        table.held.set()
        return await asyncio.gather(*waiting)

    assert len({id(ring) for ring in run(play())}) == 1
    assert table.readings == 1


def test_nobody_waits_for_keys_that_are_known(table: Table, later: Callable[[float], None]) -> None:
    async def play() -> tuple[bool, bool, bool]:
        keys = Keys()
        first = await keys.ring()
        table.there = kept("two")
        table.held.clear()
        later(FRESH_SECONDS + 1)
        meanwhile = await asyncio.wait_for(keys.ring(), 1)
        again = await asyncio.wait_for(keys.ring(), 1)
        table.held.set()
        while table.readings < 2 or await keys.ring() is first:
            await asyncio.sleep(0.01)
        return meanwhile is first, again is first, (await keys.ring()).knows("two")

    assert run(play()) == (True, True, True)
    assert table.readings == 2


def test_a_key_made_a_moment_ago_is_found(table: Table, later: Callable[[float], None]) -> None:
    async def play() -> bool:
        keys = Keys()
        await keys.ring()
        table.there = kept("two", "one")
        later(6)
        return (await keys.ring_with("two")).knows("two")

    assert run(play())


def test_made_up_names_of_keys_do_not_make_it_read_all_the_time(
    table: Table, later: Callable[[float], None]
) -> None:
    """Attack: tokens with a new kid each, to keep the database busy."""

    async def play() -> None:
        keys = Keys()
        await keys.ring()
        later(6)
        for number in range(100):
            await keys.ring_with(f"made up {number}")

    run(play())
    assert table.readings == 2


def test_a_database_that_is_away_takes_no_key_from_a_worker_that_has_them(
    table: Table, later: Callable[[float], None]
) -> None:
    async def play() -> bool:
        keys = Keys()
        first = await keys.ring()
        table.away = True
        later(FRESH_SECONDS + 1)
        await keys.ring_with("unknown")
        return await keys.ring() is first

    assert run(play())


def test_a_worker_without_keys_says_so_and_tries_again(table: Table) -> None:
    async def play() -> bool:
        keys = Keys()
        table.away = True
        with pytest.raises(NoSigner):
            await keys.ring()
        table.away = False
        return (await keys.ring()).knows("one")

    assert run(play())


def test_a_client_that_leaves_while_the_keys_are_read_does_not_end_it_for_others(
    table: Table,
) -> None:
    async def play() -> bool:
        keys = Keys()
        table.held.clear()
        leaves, stays = asyncio.create_task(keys.ring()), asyncio.create_task(keys.ring())
        await asyncio.sleep(0.05)
        leaves.cancel()
        await asyncio.sleep(0)
        table.held.set()
        return (await stays).knows("one")

    assert run(play())
