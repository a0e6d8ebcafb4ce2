"""/oauth2/jwks and the discovery documents: from memory, with what caches need to ask again."""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from gapura.api.doors.oauth.keys import keys
from gapura.api.doors.replies import Door, Receive, Scope, Send, header, reply
from gapura.sso.protocol.issuing import ACR
from gapura.sso.protocol.metadata import discovery as document
from gapura.sso.protocol.ring import NoSigner
from gapura.sso.protocol.scopes import CLAIMS, SCOPES

# A key is published a day before it signs and stays until all it signed is over.
_FIVE_MINUTES = b"public, max-age=300"
_JSON = b"application/json"
_ANY = (b"access-control-allow-origin", b"*")
_READS = ("GET", "HEAD")
_LATER = ((b"retry-after", b"2"), _ANY)
_PREFLIGHT = (
    _ANY,
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match"),
    (b"access-control-max-age", b"3600"),
)


@lru_cache(maxsize=8)
def _tag(body: bytes) -> bytes:
    return b'"' + sha256(body).hexdigest()[:32].encode() + b'"'


def _published(body: Callable[[], Awaitable[bytes]]) -> Door:
    """A door that hands out the same bytes to anyone, or says that they have not changed."""

    async def door(scope: Scope, _receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await reply(scope, send, 204, b"", headers=_PREFLIGHT)
        elif method not in _READS:
            allow = (b"allow", b"GET, HEAD, OPTIONS")
            await reply(scope, send, 405, b"method not allowed\n", headers=(allow, _ANY))
        else:
            await _hand_out(scope, send, body)

    return door


async def _hand_out(scope: Scope, send: Send, body: Callable[[], Awaitable[bytes]]) -> None:
    try:
        told = await body()
    except NoSigner:
        await reply(scope, send, 503, b"the database does not answer\n", headers=_LATER)
        return
    tag = _tag(told)
    headers = ((b"etag", tag), _ANY)
    known = [one.strip().removeprefix(b"W/") for one in header(scope, b"if-none-match").split(b",")]
    if tag in known or known == [b"*"]:
        await _unchanged(send, headers)
    else:
        await reply(scope, send, 200, told, _JSON, headers, _FIVE_MINUTES)


async def _unchanged(send: Send, headers: tuple[tuple[bytes, bytes], ...]) -> None:
    """304 without a length: it would be taken for that of the document (RFC 9110 8.6)."""
    pairs = [(b"cache-control", _FIVE_MINUTES), *headers]
    await send({"type": "http.response.start", "status": 304, "headers": pairs})
    await send({"type": "http.response.body", "body": b""})


async def _jwks() -> bytes:
    return (await keys.ring()).jwks()


@lru_cache(maxsize=1)
def _metadata(issuer: str) -> bytes:
    return document(issuer, scopes=tuple(SCOPES), claims=sorted(CLAIMS), acrs=list(ACR.values()))


async def _discovery() -> bytes:
    return _metadata(settings.PUBLIC_URL)


jwks = _published(_jwks)
discovery = _published(_discovery)
