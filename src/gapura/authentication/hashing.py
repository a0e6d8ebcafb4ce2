"""Argon2id in one niced thread per process with a bounded queue: sign-ins never starve pages."""

import contextlib
import os
import queue
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.conf import settings

from gapura.authentication.errors import HashingBusy
from gapura.authentication.rules import PASSWORD_MAX

# 64 hashes of 31 ms are two seconds of work; who comes later is told to come back.
QUEUE = 64
PATIENCE = 10.0
RETRY_AFTER = 5
NICENESS = 10

Work = tuple[Callable[[], object], Future[object]]


class HashingThread:
    """Runs functions one after the other; refuses when too many wait."""

    def __init__(self, places: int = QUEUE) -> None:
        self._waiting: queue.Queue[Work] = queue.Queue(places)
        self._starting = threading.Lock()
        self._pid = 0

    def run(self, function: Callable[[], object]) -> object:
        """The function's answer.

        :raises HashingBusy: when the queue is full or the answer does not come in time.
        """
        self._start()
        answer: Future[object] = Future()
        try:
            self._waiting.put_nowait((function, answer))
            return answer.result(PATIENCE)
        except (queue.Full, FutureTimeout, CancelledError) as error:
            answer.cancel()
            raise HashingBusy(RETRY_AFTER) from error

    def _start(self) -> None:
        """A thread does not survive a fork, so each process starts its own."""
        with self._starting:
            if self._pid != os.getpid():
                self._pid = os.getpid()
                threading.Thread(target=self._work, name="hashing", daemon=True).start()

    def _work(self) -> None:
        if sys.platform == "linux":
            # Only Linux gives each thread its own priority; elsewhere all would slow down.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        while True:
            function, answer = self._waiting.get()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(function())
            except BaseException as error:  # noqa: BLE001, RUF100 - it is handed to the caller
                answer.set_exception(error)


_thread = HashingThread()
_hasher = PasswordHasher(
    time_cost=settings.ARGON2["time_cost"],
    memory_cost=settings.ARGON2["memory_cost"],
    parallelism=settings.ARGON2["parallelism"],
)
# Unknown names are checked against this one, so that they cost what known ones cost.
_DUMMY = (
    "$argon2id$v=19$m={memory_cost},t={time_cost},p={parallelism}"
    "$Z2FwdXJhZ2FwdXJhZ2FwdQ$ZHVtbXlkdW1teWR1bW15ZHVtbXlkdW1teWR1bW15ZHU"
).format(**settings.ARGON2)


def too_long(password: str) -> bool:
    """True for what is refused before any work is done on it."""
    return len(password) > PASSWORD_MAX


def hash_password(password: str) -> str:
    """The encoded argon2id hash of the password as typed, in NFKC (NIST SP 800-63B-4 3.1.1.2).

    :raises HashingBusy: when too many wait.
    """
    return str(_thread.run(lambda: _hasher.hash(_bytes(password))))


def verify(kept: str | None, password: str) -> bool:
    """Does the password fit? `kept` None (no such account) takes the same work and answers False.

    :raises HashingBusy: when too many wait.
    """
    if too_long(password):
        return False
    fits = bool(_thread.run(lambda: _fits(kept or _DUMMY, password)))
    return fits and kept is not None


def needs_rehash(kept: str) -> bool:
    """True when the hash was made with other figures than today's."""
    return _hasher.check_needs_rehash(kept)


def _fits(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
