"""Ways to sign in that came while somebody else may have been inside: they go with the rest."""

from datetime import datetime
from uuid import UUID

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.methods import passkey, recovery_codes, totp
from gapura.authentication.models import Passkey
from gapura.authentication.services.sessions import note
from gapura.kernel.actor import Actor


def take_newer_away(actor: Actor, owner: UUID, since: datetime) -> None:
    """App, passkeys and backup codes made at `since` or later; what is older stays the owner's.

    Part of the running transaction; rights and telling the owner are the caller's.
    """
    passkey.hold_factors(owner)
    _take_app(actor, owner, since)
    for kept in passkey.of_person(owner).filter(created_at__gte=since):
        _take_passkey(actor, owner, kept)
    recovery_codes.remove(owner, since)


def _take_app(actor: Actor, owner: UUID, since: datetime) -> None:
    """Also one that waits for its first code: whoever began it has the key."""
    were = factors_mark(owner)
    if totp.remove(owner, since):
        note(actor, events.TOTP_REMOVED, person_by_id(owner), **change_of(owner, were))


def _take_passkey(actor: Actor, owner: UUID, kept: Passkey) -> None:
    were = factors_mark(owner)
    if passkey.remove(owner, kept.id):
        facts = {"name": kept.name, "passkey": str(kept.id), **change_of(owner, were)}
        note(actor, events.PASSKEY_REMOVED, person_by_id(owner), **facts)
