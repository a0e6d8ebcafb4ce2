"""Pages behind ASGI: whole body in, Django's handler in one of a few threads, whole body out."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from io import BytesIO
from time import perf_counter
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from gapura.kernel.addresses import client_address
from gapura.kernel.ids import uuid7
from gapura.web.environ import Facts, Unreadable, content_length, environ
from gapura.web.lanes import PASSWORD_FORMS, Lane, page_lane, password_lane
from gapura.web.shell.headers import SECURITY_HEADERS
from gapura.web.shell.requests import Request
from gapura.web.shell.words import plain_page

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
RawHeaders = list[tuple[bytes, bytes]]
Reply = tuple[int, RawHeaders, bytes]

METHODS = ("GET", "HEAD", "POST")
BODY_SECONDS = 30
# Where a whole agency's officers come in one file; nobody needs two such at once.
LARGE = re.compile(r"/letters/[0-9a-f-]{36}/import")
LARGE_AT_MOST = 2
READING_AT_MOST = 100

log = logging.getLogger(__name__)


class Gone(Exception):
    """The client went away before its body was in."""


class TooLarge(Exception):
    """The body is over the limit."""


class PageHandler(WSGIHandler):
    """Django's handler with our request class."""

    request_class = Request


@dataclass(slots=True)
class Tally:
    """Counts for the metrics; `seconds` is the time pages took, waiting included."""

    inside: int = 0
    pages: int = 0
    failures: int = 0
    shed: int = 0
    seconds: float = 0.0


class Bridge:
    """An ASGI application over a WSGI one; everything it holds is bounded."""

    def __init__(
        self,
        wsgi: Any,
        *,
        threads: int,
        waiting: int,
        body_limit: int,
        proxies: int,
        scheme: str,
        large_limit: int = 0,
    ) -> None:
        self._wsgi = wsgi
        self._pages, self._passwords = page_lane(threads, waiting), password_lane()
        self._body_limit, self._large_limit = body_limit, large_limit
        self._proxies = proxies
        self._scheme = scheme
        self._reading = self._large = 0
        self.tally = Tally()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = uuid7().hex
        try:
            reply = await self._answer(scope, receive, number)
        except Gone:
            return
        except TooLarge:
            # The rest of the body is not read, so the line cannot be used again.
            reply = refusal(413, number, {b"connection": b"close"})
        except Unreadable as error:
            log.info("request %s refused: %s", number, error)
            reply = refusal(400, number)
        await _send(send, scope["method"], reply)

    async def _answer(self, scope: Scope, receive: Receive, number: str) -> Reply:
        if scope["method"] not in METHODS:
            return refusal(405, number, {b"allow": ", ".join(METHODS).encode()})
        length, limit = content_length(scope["headers"]), self._limit_of(scope)
        if length is not None and length > limit:
            raise TooLarge
        lane = self._lane_of(scope)
        if self._reading >= READING_AT_MOST or lane.is_full():
            return self._shed(lane, number)
        body = await self._read(receive, limit) if length != 0 else b""
        if lane.is_full():
            return self._shed(lane, number)
        facts = Facts(
            client=client_address(scope, self._proxies), request_id=number, scheme=self._scheme
        )
        return await self._in_a_thread(lane, environ(scope, BytesIO(body), len(body), facts))

    def _lane_of(self, scope: Scope) -> Lane:
        is_password = scope["method"] == "POST" and scope["path"] in PASSWORD_FORMS
        return self._passwords if is_password else self._pages

    def _limit_of(self, scope: Scope) -> int:
        """How large this body may be; the larger limit is for a few at a time."""
        is_large = LARGE.fullmatch(scope["path"]) is not None and self._large < LARGE_AT_MOST
        return max(self._body_limit, self._large_limit) if is_large else self._body_limit

    def _shed(self, lane: Lane, number: str) -> Reply:
        self.tally.shed += 1
        return refusal(lane.status, number, {b"retry-after": str(lane.again).encode()})

    async def _read(self, receive: Receive, limit: int) -> bytes:
        is_large = limit > self._body_limit
        self._reading += 1
        self._large += is_large
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await self._whole_body(receive, limit)
        except TimeoutError:
            raise Unreadable("the body did not come in time") from None
        finally:
            self._reading -= 1
            self._large -= is_large

    async def _whole_body(self, receive: Receive, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise TooLarge
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)

    async def _in_a_thread(self, lane: Lane, values: dict[str, Any]) -> Reply:
        started = perf_counter()
        self.tally.inside += 1
        try:
            reply = await lane.run(partial(self._run, values))
        except Exception:
            log.exception("a page broke out, request %s", values["gapura.request_id"])
            reply = refusal(500, values["gapura.request_id"])
        finally:
            self.tally.inside -= 1
        self.tally.pages += 1
        self.tally.failures += reply[0] >= HTTPStatus.INTERNAL_SERVER_ERROR
        self.tally.seconds += perf_counter() - started
        return reply

    def _run(self, values: dict[str, Any]) -> Reply:
        status = 500
        headers: RawHeaders = []

        def start_response(line: str, pairs: list[tuple[str, str]], _error: Any = None) -> None:
            nonlocal status
            status = int(line[:3])
            headers[:] = [
                (n.lower().encode("latin-1"), v.strip().encode("latin-1")) for n, v in pairs
            ]

        response = self._wsgi(values, start_response)
        try:
            body = b"".join(response)
        finally:
            # In this thread: Django's database connection belongs to it.
            response.close()
        return status, headers, body

    def close(self) -> None:
        """Let running pages end, take no new ones."""
        self._pages.close()
        self._passwords.close()


def refusal(status: int, number: str, headers: Mapping[bytes, bytes] | None = None) -> Reply:
    """A reply that needs no page."""
    pairs = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    pairs += [(n.lower().encode(), v.encode()) for n, v in SECURITY_HEADERS.items()]
    pairs += [(b"x-request-id", number.encode()), *(headers or {}).items()]
    return status, pairs, plain_page(status, number).encode()


async def _send(send: Send, method: str, reply: Reply) -> None:
    status, headers, body = reply
    if not any(name == b"content-length" for name, _ in headers):
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
