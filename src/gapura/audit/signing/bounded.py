"""A server on which nobody holds a place for long, and no single caller holds most of them."""

import socket
import socketserver
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from typing import Any


class Bounded(socketserver.ThreadingMixIn):
    """Places in all, places for one caller, and a deadline for the whole of each request.

    A limit for each single read is none: a byte before it runs out holds a place for hours.
    """

    daemon_threads = True
    at_once, for_one = 32, 8
    seconds = 10.0

    def __init__(self, *args: Any, **more: Any) -> None:
        self._lock = threading.Lock()
        self._ends: dict[Any, float] = {}
        self._holders: dict[Any, Hashable] = {}
        super().__init__(*args, **more)

    def caller(self, request: Any, client_address: Any) -> Hashable:
        """Who holds the place; by default the address."""
        return str(client_address[0])

    def begins(self, request: Any) -> None:
        """A request begins on this connection: its deadline counts from now."""
        with self._lock:
            if request in self._ends:
                self._ends[request] = time.monotonic() + self.seconds

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take it when there is a place; else it is closed at once and may come again."""
        caller = self.caller(request, client_address)
        with self._lock:
            holders = list(self._holders.values())
            full = len(holders) >= self.at_once or holders.count(caller) >= self.for_one
            if not full:
                self._ends[request] = time.monotonic() + self.seconds
                self._holders[request] = caller
        if full:
            self.shutdown_request(request)  # type: ignore[attr-defined]
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread is left for it
            self._left(request)
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Give the place back at the end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._left(request)

    def _left(self, request: Any) -> None:
        with self._lock:
            self._ends.pop(request, None)
            self._holders.pop(request, None)

    def service_actions(self) -> None:
        """Cut off who is over the deadline; the server's loop calls this all the time."""
        super().service_actions()  # type: ignore[misc]
        now = time.monotonic()
        with self._lock:
            late = [request for request, end in self._ends.items() if end < now]
            for request in late:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)
