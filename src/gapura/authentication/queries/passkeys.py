"""A person's own passkeys, as pages show them; and where passkeys work at all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication.errors import NoSuchPasskey
from gapura.authentication.methods import passkey
from gapura.authentication.methods.relying_party import site_origin
from gapura.authentication.models import Passkey
from gapura.authentication.permissions import Can
from gapura.authentication.queries.factors import Factors, factors
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey; `backed_up` lives with the person's other devices, `is_blocked` was copied."""

    id: UUID
    name: str
    backed_up: bool
    created_at: datetime
    last_used_at: datetime | None
    is_blocked: bool


def passkeys_of(actor: Actor) -> tuple[PasskeyView, ...]:
    """The actor's own, oldest first; at most ten."""
    require(actor, Can.SEE_SECURITY)
    return tuple(_view(row) for row in passkey.of_person(actor.who))


def own_passkey(actor: Actor, passkey_id: UUID) -> PasskeyView:
    """One of the actor's own.

    :raises NoSuchPasskey: another person's, or removed.
    """
    require(actor, Can.SEE_SECURITY)
    row = passkey.of_person(actor.who).filter(pk=passkey_id).first()
    if row is None:
        raise NoSuchPasskey()
    return _view(row)


def left_without(actor: Actor, passkey_id: UUID) -> Factors:
    """The factors that stay when one of the actor's own passkeys goes.

    :raises NoSuchPasskey: another person's, or removed.
    """
    now = factors(actor.who)
    return now if own_passkey(actor, passkey_id).is_blocked else now.without_passkey()


def passkey_origin() -> str:
    """The address whose pages passkeys work on, for scripts and for people."""
    return site_origin()


def _view(row: Passkey) -> PasskeyView:
    return PasskeyView(
        row.id,
        row.name,
        row.backed_up,
        row.created_at,
        row.last_used_at,
        row.cloned_at is not None,
    )
