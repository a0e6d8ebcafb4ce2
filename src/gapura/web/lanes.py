"""Lanes of the bridge: a few threads and a bounded line before them.

Forms that have a password hashed wait for the hashing thread. They do it in a lane of their own, so
that a rush of sign-ins holds up nobody who is inside already.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")

# Pages whose forms take a password, by their paths.
PASSWORD_FORMS = frozenset(
    {
        "/login",
        "/register",
        "/recover/password",
        "/recover/return/password",
        "/account/password",
        "/account/password/required",
    }
)
# One is hashed while the next one is read; more threads would only wait.
PASSWORD_THREADS = 2
# With those inside 64 hashes of 31 ms: two seconds of work. Who comes later is told to come back.
PASSWORD_WAITING = 62
PASSWORD_AGAIN = 5
PAGE_AGAIN = 2


class Lane:
    """Its threads, how many may be inside, and what those are told for whom there is no room."""

    def __init__(self, name: str, threads: int, waiting: int, *, status: int, again: int) -> None:
        """`again` is the seconds after which it is worth to come back."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + waiting
        self.inside = 0
        self.status, self.again = status, again

    def is_full(self) -> bool:
        """Whoever comes now is told to come back."""
        return self.inside >= self._most

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """What `work` answers, done in one of the threads."""
        self.inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self.inside -= 1

    def close(self) -> None:
        """Let what runs end, take nothing new."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def page_lane(threads: int, waiting: int) -> Lane:
    """For everything else: 503 (RFC 9110 15.6.4), since it is the site that is busy."""
    return Lane("page", threads, waiting, status=503, again=PAGE_AGAIN)


def password_lane() -> Lane:
    """For forms with a password: 429 (RFC 6585 4), since there are too many of them."""
    return Lane("password", PASSWORD_THREADS, PASSWORD_WAITING, status=429, again=PASSWORD_AGAIN)
