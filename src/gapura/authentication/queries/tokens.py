"""Service tokens: whether one opens a door, and the list of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID

from gapura.authentication.models import ServiceToken
from gapura.authentication.permissions import Can
from gapura.authentication.tokens import is_service_token, token_hash
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared


class Entry(StrEnum):
    """Whether a token opens a door."""

    OPEN = "open"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    OTHER_SCOPE = "other_scope"


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """A token's row as a door reads it."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...]
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None

    def entry(self, scope: str, address: str, now: datetime) -> Entry:
        """Whether it opens doors of `scope` to a client at `address`."""
        if self.revoked_at is not None:
            return Entry.REVOKED
        if now >= self.expires_at:
            return Entry.EXPIRED
        if self.networks and not any(ip_address(address) in ip_network(n) for n in self.networks):
            return Entry.ELSEWHERE
        return Entry.OPEN if scope in self.scopes else Entry.OTHER_SCOPE


@dataclass(frozen=True, slots=True)
class TokenView:
    """One line of the list; the token itself is known to its owner only."""

    id: UUID
    hint: str
    name: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None


_KEY = Prepared(
    lambda digest: ServiceToken.objects.filter(digest=digest).values_list(
        "id", "name", "scopes", "networks", "expires_at", "revoked_at", "last_used_on"
    ),
    "probe",
)
# Once a day and token, so that the door does not write with every question.
USED = "UPDATE authentication_servicetoken SET last_used_on = %s WHERE id = %s"


def key_statement(token: str) -> tuple[str, list[Any]] | None:
    """SQL and parameters that find a token's row; None for what has not its form and checksum."""
    return _KEY.statement(token_hash(token)) if is_service_token(token) else None


def key_read(rows: list[tuple[Any, ...]]) -> ServiceKey | None:
    """What the statement found."""
    if not rows:
        return None
    key, name, scopes, networks, *rest = rows[0]
    return ServiceKey(key, name, tuple(scopes), tuple(networks), *rest)


def tokens_of(actor: Actor) -> tuple[TokenView, ...]:
    """All tokens that were ever issued, the newest first.

    :raises Refused: for others than the server's own console.
    """
    require(actor, Can.LIST_TOKENS)
    return tuple(view(row) for row in ServiceToken.objects.order_by("-created_at", "-id"))


def view(row: ServiceToken) -> TokenView:
    """A row as the list shows it."""
    return TokenView(
        row.id,
        row.hint,
        row.name,
        tuple(row.scopes),
        tuple(row.networks),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.last_used_on,
        row.revoked_at,
    )
