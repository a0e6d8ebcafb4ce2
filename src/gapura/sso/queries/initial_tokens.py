"""Tokens with which applications register themselves, for those who make them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso.models import InitialToken
from gapura.sso.permissions import Can


@dataclass(frozen=True, slots=True)
class InitialTokenView:
    """A registration token by its first signs: `word` is works, used, over or revoked."""

    id: UUID
    name: str
    hint: str
    agency: str
    sandbox: bool
    used: int
    most: int
    made_at: datetime
    made_by: str
    expires_at: datetime
    word: str


def initial_tokens_for(actor: Actor) -> tuple[InitialTokenView, ...]:
    """The newest 100. One statement.

    :raises Refused: for others than the platform's administrators.
    """
    require(actor, Can.LIST_INITIAL_TOKENS)
    rows = InitialToken.objects.order_by("-made_at", "-id")[:100]
    return tuple(_initial_token(row) for row in rows)


def _initial_token(row: InitialToken) -> InitialTokenView:
    steps = (
        (row.revoked_at is not None, "revoked"),
        (row.used >= row.most, "used"),
        (clock.now() >= row.expires_at, "over"),
    )
    return InitialTokenView(
        id=row.id,
        name=row.name,
        hint=row.hint,
        agency=row.agency,
        sandbox=row.sandbox,
        used=row.used,
        most=row.most,
        made_at=row.made_at,
        made_by=row.made_by,
        expires_at=row.expires_at,
        word=next((word for holds, word in steps if holds), "works"),
    )
