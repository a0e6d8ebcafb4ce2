"""Who may use a door: service tokens as bearer tokens (RFC 6750)."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from psycopg import AsyncConnection

from gapura.api.doors.replies import Scope, header
from gapura.authentication.queries import (
    TOKENS_ADDRESS,
    USED,
    Entry,
    key_read,
    key_statement,
)
from gapura.kernel.addresses import client_address
from gapura.kernel.throttle import HIT, window

log = logging.getLogger(__name__)

_REALM = 'Bearer realm="gapura"'


class Denied(Exception):
    """No entry: the status, the challenge, and a sentence that tells nothing of other tokens."""

    def __init__(
        self, status: int, error: str, message: str, *headers: tuple[bytes, bytes]
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message
        self.headers = headers


async def admit(scope: Scope, line: AsyncConnection, wanted: str, now: datetime) -> None:
    """Let in who bears a working token of the `wanted` scope, from an address it may be used at.

    Only wrong tokens are counted, by address; a right one always gets in.

    :raises Denied: 401 without a right token, 403 with one of another scope, 429 after too many
        wrong ones.
    """
    address = client_address(scope, settings.TRUSTED_PROXIES)
    scheme, _, token = header(scope, b"authorization").decode("latin-1").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Denied(401, "unauthorized", "a bearer token is needed", _challenge())
    entry = await _entry(line, token.strip(), wanted, address, now)
    if entry is Entry.OPEN:
        return
    if entry is Entry.OTHER_SCOPE:
        told = "insufficient_scope"
        raise Denied(403, told, "the token is for something else", _challenge(told, wanted))
    log.warning("a service token was refused (%s) at %s", entry, address)
    await _count(line, address)
    message = "the token is not known, no longer works, or may not be used from this address"
    raise Denied(401, "invalid_token", message, _challenge("invalid_token"))


def _challenge(error: str = "", scope: str = "") -> tuple[bytes, bytes]:
    parts = [_REALM]
    parts += [f'error="{error}"'] if error else []
    parts += [f'scope="{scope}"'] if scope else []
    return b"www-authenticate", ", ".join(parts).encode()


async def _entry(
    line: AsyncConnection, token: str, wanted: str, address: str, now: datetime
) -> Entry:
    found = key_read(await rows(line, key_statement(token)))
    if found is None:
        return Entry.UNKNOWN
    entry = found.entry(wanted, address, now)
    if entry is Entry.OPEN and found.last_used_on != now.date():
        await line.execute(USED, (now.date(), found.id))
    return entry


async def rows(
    line: AsyncConnection, statement: tuple[str, list[Any]] | None
) -> list[tuple[Any, ...]]:
    """What a statement of a room finds; nothing for None."""
    if statement is None:
        return []
    # The text is the room's own, never a client's.
    return await (await line.execute(statement[0].encode(), statement[1])).fetchall()


async def _count(line: AsyncConnection, address: str) -> None:
    key, start, left = window(TOKENS_ADDRESS, address)
    cursor = await line.execute(HIT.encode(), {"key": key, "start": start})
    found = await cursor.fetchone()
    if found and found[0] > TOKENS_ADDRESS.count:
        retry = (b"retry-after", str(left).encode())
        raise Denied(429, "too_many_requests", f"wait {left} seconds before the next try", retry)
