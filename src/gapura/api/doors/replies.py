"""How a door reads a request and answers it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Door = Callable[[Scope, Receive, Send], Awaitable[None]]

_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]
if settings.HTTPS:
    _ALWAYS.append((b"strict-transport-security", b"max-age=63072000; includeSubDomains"))
_READS = ("GET", "HEAD")


async def reply(
    scope: Scope,
    send: Send,
    status: int,
    body: bytes,
    content_type: bytes = b"text/plain; charset=utf-8",
    headers: tuple[tuple[bytes, bytes], ...] = (),
    keep: bytes = b"no-store",
) -> None:
    """Send one whole answer; HEAD gets its headers only. `keep` says who may keep it how long."""
    pairs = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", keep),
        *_ALWAYS,
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    shown = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": shown})


async def reply_json(
    scope: Scope,
    send: Send,
    status: int,
    value: object,
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    """Send `value` as JSON."""
    body = json.dumps(value).encode() + b"\n"
    await reply(scope, send, status, body, b"application/json", headers)


def header(scope: Scope, wanted: bytes) -> bytes:
    """The value of a header that stands once; empty when it is absent or doubled."""
    values = [value for name, value in scope["headers"] if name == wanted]
    return values[0] if len(values) == 1 else b""


def reads_only(door: Door) -> Door:
    """Let GET and HEAD in, answer 405 to the rest."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in _READS:
            await door(scope, receive, send)
        else:
            await reply(
                scope, send, 405, b"method not allowed\n", headers=((b"allow", b"GET, HEAD"),)
            )

    return guarded
