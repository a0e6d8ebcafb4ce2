"""The provider's signing keys in this worker: read once, kept fresh by one reader for all.

A request never waits for a key that is known: a pool ran dry once because every waiting request
read the keys again. New keys are published a day before they sign, so half a minute is no delay.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic

import psycopg
from django.db import DatabaseError, InterfaceError, connection

from gapura.sso import store
from gapura.sso.protocol.ring import NoSigner, Ring
from gapura.sso.queries.keys import ring as read_ring

FRESH_SECONDS = 30.0
# An unknown kid is the word of anybody: it brings the next reading forward, no nearer than this.
LEAST_SECONDS = 5.0
log = logging.getLogger(__name__)

_reader = ThreadPoolExecutor(1, thread_name_prefix="keys")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reading brings: the keys, and the dated rules that sessions live by."""

    ring: Ring
    lives: store.Lives


def _read() -> Kept:
    try:
        return Kept(read_ring(), store.lives_now())
    finally:
        # Twice a minute is too seldom to hold a connection for it.
        connection.close()


class Keys:
    """The keys as this worker last read them."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._tried_at = 0.0
        self._reading: asyncio.Task[None] | None = None

    async def ring(self) -> Ring:
        """The keys; only the first request of a worker waits for them.

        :raises NoSigner: when the database has none to give and none are known.
        """
        return (await self._now()).ring

    async def lives(self) -> store.Lives:
        """How long sessions live, as `ring`."""
        return (await self._now()).lives

    async def ring_with(self, kid: str) -> Ring:
        """The keys, read again first when `kid` is not among them and that was not just done."""
        ring = await self.ring()
        if not kid or ring.knows(kid) or monotonic() - self._tried_at < LEAST_SECONDS:
            return ring
        await self._read()
        return await self.ring()

    def forget(self) -> None:
        """Read them anew at the next request."""
        self._kept = self._reading = None

    async def _now(self) -> Kept:
        if self._kept is None:
            await self._read()
            if self._kept is None:
                raise NoSigner("the signing keys could not be read")
        elif monotonic() - self._tried_at > self._fresh_for(self._kept):
            self._start()
        return self._kept

    def _fresh_for(self, kept: Kept) -> float:
        """Where none were made yet they are looked for more often."""
        return FRESH_SECONDS if kept.ring.keys else LEAST_SECONDS

    async def _read(self) -> None:
        """Wait for the one reading that is under way, or for a new one."""
        # Shielded: the client that happened to start it may leave without ending it for others.
        await asyncio.shield(self._start())

    def _start(self) -> asyncio.Task[None]:
        if self._reading is None or self._reading.done():
            self._tried_at = monotonic()
            self._reading = asyncio.create_task(self._read_once())
        return self._reading

    async def _read_once(self) -> None:
        try:
            loop = asyncio.get_running_loop()
            self._kept = await loop.run_in_executor(_reader, _read)
        except (DatabaseError, InterfaceError, psycopg.Error, OSError) as error:
            # What is known goes on signing and verifying.
            log.warning("the signing keys could not be read again: %s", type(error).__name__)


keys = Keys()
