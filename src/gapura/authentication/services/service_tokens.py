"""Tokens for programs: issued once, shown once, revoked at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from uuid import UUID

from django.db import transaction

from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.errors import BadToken, NoSuchToken
from gapura.authentication.models import ServiceToken
from gapura.authentication.permissions import Can
from gapura.authentication.queries.tokens import TokenView, view
from gapura.authentication.rules import (
    SCOPES,
    TOKEN_DAYS_MOST,
    TOKEN_NAME_MOST,
    TOKEN_NETWORKS_MOST,
)
from gapura.authentication.tokens import PREFIX, new_service_token, token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_HINT = len(PREFIX) + 4
_REASON_MOST = 300


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token in clear, the only time that it is seen, and its line in the list."""

    token: str
    view: TokenView


def issue_token(
    *, actor: Actor, name: str, scopes: Sequence[str], networks: Sequence[str] = (), days: int
) -> Issued:
    """Issue a token that works for `days` days, from `networks` (CIDR) or from anywhere.

    :raises Refused: for others than the server's own console.
    :raises BadToken: an empty or overlong name, an unknown scope, a malformed range, a life of
        less than a day or more than 366.
    """
    require(actor, Can.ISSUE_TOKEN)
    name = " ".join(name.split())
    ranges = _checked(name, scopes, networks, days)
    token, now = new_service_token(), clock.now()
    with transaction.atomic():
        row = ServiceToken.objects.create(
            digest=token_hash(token),
            hint=token[:_HINT],
            name=name,
            scopes=sorted(set(scopes)),
            networks=ranges,
            created_by=actor.username or actor.system,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        facts = {"scopes": row.scopes, "networks": ranges, "expires_at": row.expires_at}
        facts["token_hash"] = row.digest
        record(actor, events.TOKEN_ISSUED, _subject(row), facts=facts)
    return Issued(token, view(row))


def revoke_token(*, actor: Actor, token_id: UUID, reason: str) -> None:
    """End a token: the next request that shows it is refused.

    :raises Refused: for others than the server's own console.
    :raises NoSuchToken: unknown, or revoked before.
    """
    require(actor, Can.REVOKE_TOKEN)
    reason = " ".join(reason.split())[:_REASON_MOST]
    with transaction.atomic():
        live = ServiceToken.objects.filter(pk=token_id, revoked_at__isnull=True)
        if not live.update(revoked_at=clock.now(), revoke_reason=reason):
            raise NoSuchToken()
        row = ServiceToken.objects.get(pk=token_id)
        record(actor, events.TOKEN_REVOKED, _subject(row), facts={"reason": reason})


def _subject(row: ServiceToken) -> Subject:
    return Subject("token", str(row.id), f"{row.name} ({row.hint}...)")


def _checked(name: str, scopes: Sequence[str], networks: Sequence[str], days: int) -> list[str]:
    """The ranges in their canonical form."""
    if not 0 < len(name) <= TOKEN_NAME_MOST or not name.isprintable():
        raise BadToken(why=f"a name has 1 to {TOKEN_NAME_MOST} characters")
    if not scopes or (strange := set(scopes) - set(SCOPES)):
        told = ", ".join(sorted(strange)) if scopes else "none"
        raise BadToken(why=f"scopes are {', '.join(SCOPES)}; given: {told}")
    if not 1 <= days <= TOKEN_DAYS_MOST:
        raise BadToken(why=f"it can work for 1 to {TOKEN_DAYS_MOST} days")
    if len(networks) > TOKEN_NETWORKS_MOST:
        raise BadToken(why=f"at most {TOKEN_NETWORKS_MOST} address ranges")
    return [_range(text) for text in networks]


def _range(text: str) -> str:
    try:
        return str(ip_network(text.strip()))
    except ValueError:
        raise BadToken(why=f"{text!r} is no address range, for example 10.20.0.0/16") from None
