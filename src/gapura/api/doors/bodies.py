"""JSON bodies of doors: read whole, within bounds, and only when they mean one thing."""

import asyncio
import json
from typing import Any, NoReturn

from gapura.api.doors.replies import Receive, Scope, header

BODY_LIMIT = 128 * 1024
BODY_SECONDS = 10
_TOO_LARGE = f"the body is larger than {BODY_LIMIT} bytes"


class Gone(Exception):
    """The client went away before its body was in."""


class BadRequest(Exception):
    """A request that a door answers with `status` and a sentence for its programmer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


async def read_json(scope: Scope, receive: Receive) -> Any:
    """The value of a JSON body.

    :raises BadRequest: another media type, too large, too slow, not UTF-8, not JSON, or JSON that
        programs read differently: doubled names, NaN (RFC 8259).
    :raises Gone: the client left.
    """
    kind = header(scope, b"content-type").decode("latin-1").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise BadRequest("the Content-Type must be application/json", 415)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _whole(scope, receive)
    except TimeoutError:
        raise BadRequest("the body did not come in time", 408) from None
    try:
        return json.loads(body, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"the body is not valid JSON: {_short(error)}") from None


async def _whole(scope: Scope, receive: Receive) -> str:
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise BadRequest(_TOO_LARGE, 413)
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            raise BadRequest(_TOO_LARGE, 413)
        parts.append(part)
        more = bool(message.get("more_body"))
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        raise BadRequest("the body is not UTF-8") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
