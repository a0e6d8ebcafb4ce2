"""HTTP of the OAuth endpoints: forms in, JSON out, and what browsers of any origin may ask."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from psycopg_pool import PoolTimeout

from gapura.api.doors.bodies import Gone
from gapura.api.doors.oauth.batches import Overloaded, Uncertain
from gapura.api.doors.replies import Door, Receive, Scope, Send, header, reply
from gapura.kernel.addresses import client_address
from gapura.sso.protocol.parameters import is_form
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.ring import NoSigner

log = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024
BODY_SECONDS = 10
JSON = b"application/json"
UNAVAILABLE = (psycopg.Error, PoolTimeout, OSError, Overloaded, Uncertain, NoSigner)
RETRY = ("Retry-After", "2")
# Tokens are in headers and bodies, never in cookies: any page may ask, none can spend somebody's
# sign-in by it. So any origin is answered, and never "with credentials".
_ANY = (b"access-control-allow-origin", b"*")
_EXPOSED = (b"access-control-expose-headers", b"WWW-Authenticate, DPoP-Nonce, Retry-After")
_PREFLIGHT = (
    (b"access-control-allow-headers", b"Authorization, Content-Type, DPoP, If-None-Match"),
    (b"access-control-max-age", b"3600"),
)
_ALWAYS = ((b"pragma", b"no-cache"),)  # RFC 6749 5.1 asks for it beside Cache-Control: no-store
_OWN = frozenset({b"cache-control", b"pragma"})

Pairs = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answers; `body` is JSON as an object or as bytes."""

    status: int
    body: Mapping[str, Any] | bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    kind: bytes = JSON


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the protocol sees it; `authorization` and `dpop` are header values or ""."""

    method: str
    path: str
    address: str
    agent: str
    authorization: str
    dpop: str
    form: bytes
    query: str = ""

    @property
    def url(self) -> str:
        """The address that was asked, as GAPURA_PUBLIC_URL says, never as Host does (RFC 9449)."""
        return f"{settings.PUBLIC_URL}{self.path}"


Answer = Callable[[Asked], Awaitable[Reply]]


def endpoint(
    answer: Answer,
    *,
    methods: tuple[str, ...] = ("POST",),
    cors: bool = False,
    queries: bool = False,
) -> Door:
    """A door around `answer`: reads a request within bounds, tells refusals as OAuth does.

    `queries`: parameters in the address are for `answer` to judge; else they are refused.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if cors and method == "OPTIONS":
            await _preflight(scope, send, methods)
            return
        if method not in methods:
            allow = (b"allow", ", ".join((*methods, "OPTIONS") if cors else methods).encode())
            await reply(scope, send, 405, b"method not allowed\n", headers=(allow, *_shared(cors)))
            return
        try:
            told = await _told(scope, receive, answer, queries)
        except Gone:
            return
        await _send(scope, send, told, _shared(cors))

    return door


async def _told(scope: Scope, receive: Receive, answer: Answer, queries: bool) -> Reply:
    try:
        if scope["query_string"] and not queries:
            # RFC 6749 2.3.1 and 3.2: nothing goes in the address, where logs would keep it.
            raise _malformed("parameters belong in the body, not in the address", "query")
        return await answer(await _asked(scope, receive))
    except OAuthProblem as problem:
        return refusal(problem)
    except UNAVAILABLE as error:
        log.error("%s is unavailable: %s", scope["path"], type(error).__name__)
        told = "the server cannot answer now, try again in a moment"
        return refusal(OAuthProblem("temporarily_unavailable", told, 503, headers=(RETRY,)))


def refusal(problem: OAuthProblem) -> Reply:
    """A problem as an answer (RFC 6749 5.2); why it was refused in detail stays here."""
    told = {"error": problem.error, "error_description": problem.description}
    return Reply(problem.status, told, problem.headers)


async def _asked(scope: Scope, receive: Receive) -> Asked:
    form = await _form(scope, receive) if scope["method"] == "POST" else b""
    return Asked(
        scope["method"],
        scope["path"],
        client_address(scope, settings.TRUSTED_PROXIES),
        header(scope, b"user-agent").decode("latin-1"),
        _single(scope, b"authorization"),
        _single(scope, b"dpop"),
        form,
        scope["query_string"].decode("latin-1"),
    )


def _single(scope: Scope, wanted: bytes) -> str:
    """The value of a header that may stand once: of two, nobody knows which one counts."""
    values = [value for name, value in scope["headers"] if name == wanted]
    if len(values) > 1 and wanted == b"dpop":
        told = "there must be one DPoP header"  # RFC 9449 4.3
        raise OAuthProblem("invalid_dpop_proof", told, 400, "header_twice")
    if len(values) > 1:
        raise _malformed(f"the header {wanted.decode()} must not be repeated", "header_twice")
    try:
        return values[0].decode("ascii").strip() if values else ""
    except UnicodeDecodeError:
        raise _malformed(f"the header {wanted.decode()} is not ASCII", "header_bytes") from None


async def _form(scope: Scope, receive: Receive) -> bytes:
    kind = header(scope, b"content-type").decode("latin-1")
    body = await _body(scope, receive)
    if (body or kind) and not is_form(kind):
        raise _malformed("the Content-Type must be application/x-www-form-urlencoded", "media_type")
    return body


async def _body(scope: Scope, receive: Receive) -> bytes:
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise _too_large()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _whole(receive)
    except TimeoutError:
        raise OAuthProblem("invalid_request", "the body did not come in time", 408) from None


async def _whole(receive: Receive) -> bytes:
    message = await receive()
    parts = bytearray()
    while True:
        if message["type"] == "http.disconnect":
            raise Gone
        parts += message.get("body", b"")
        if len(parts) > BODY_LIMIT:
            raise _too_large()
        if not message.get("more_body"):
            return bytes(parts)
        message = await receive()


def _too_large() -> OAuthProblem:
    told = f"the body is larger than {BODY_LIMIT} bytes"
    return OAuthProblem("invalid_request", told, 413, "too_large")


def _malformed(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, 400, why)


async def _send(scope: Scope, send: Send, told: Reply, shared: Pairs) -> None:
    body = told.body
    if not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":")).encode()
    own = tuple((name.lower().encode(), value.encode("latin-1")) for name, value in told.headers)
    # `reply` sends Cache-Control: no-store by itself.
    more = tuple(pair for pair in own if pair[0] not in _OWN)
    await reply(scope, send, told.status, body, told.kind, (*_ALWAYS, *more, *shared))


def _shared(cors: bool) -> Pairs:
    return (_ANY, _EXPOSED) if cors else ()


async def _preflight(scope: Scope, send: Send, methods: tuple[str, ...]) -> None:
    allowed = (b"access-control-allow-methods", ", ".join(methods).encode())
    headers = (_ANY, allowed, *_PREFLIGHT)
    await reply(scope, send, 204, b"", headers=headers)
