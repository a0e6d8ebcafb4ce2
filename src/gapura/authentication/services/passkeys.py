"""A person's own passkeys: added, named, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.audit.events import Event
from gapura.authentication import events
from gapura.authentication.errors import (
    NoSuchPasskey,
    PasskeyOver,
    PasskeyUnfit,
    TooManyPasskeys,
)
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.methods import ceremony, passkey, recovery_codes, relying_party
from gapura.authentication.models import Passkey
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors
from gapura.authentication.rules import PASSKEYS_MOST, Method, device_name
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.factors import Confirmed, make_codes
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.passkey_proof import count_challenge
from gapura.authentication.services.sessions import note, own_session
from gapura.authentication.services.step_up import strengthen
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

NAME_LONGEST = 60


def begin_passkey(*, actor: Actor) -> dict[str, Any]:
    """Options to make a passkey: kept by the authenticator, with its own check of the person.

    The person's id stands for the user, never the username: authenticators show it to nobody.

    :raises Refused: without a fresh proof; with a strong factor there already, without that one.
    :raises TooManyPasskeys: ten are there.
    """
    require(actor, Can.ENROLL_PASSKEY, factors(actor.who))
    count_challenge(actor)
    with transaction.atomic():
        row = own_session(actor)
        mine = list(passkey.of_person(actor.who))
        _check_room(len(mine))
        return relying_party.creation_options(
            passkey.new_challenge(row.id, "enroll"),
            handle=actor.who.bytes,
            username=actor.username,
            name=actor.name,
            known=passkey.described(mine),
        )


def add_passkey(*, actor: Actor, answer: str, name: str = "") -> Confirmed:
    """Keep the passkey that the browser made. The session is as strong as the passkey from now on.

    Without a name it is called like the browser. Somebody without backup codes gets some.

    :raises PasskeyOver: its challenge is used, over, or of another browser.
    :raises PasskeyUnfit: malformed, from another site, without check of the person, or of a kind
        that is not used here.
    :raises PasskeyTaken: it is known already.
    :raises TooManyPasskeys: ten are there.
    """
    require(actor, Can.ENROLL_PASSKEY, factors(actor.who))
    key = _new_key(actor, answer)
    with transaction.atomic():
        row = own_session(actor)
        passkey.hold_factors(actor.who)
        require(actor, Can.ENROLL_PASSKEY, factors(actor.who))
        _check_room(passkey.of_person(actor.who).count())
        were = factors_mark(actor.who)
        kept = passkey.store(actor.who, key, _name(actor, name))
        person = person_by_id(actor.who)
        sign_in = strengthen(actor, row, person, Method.PASSKEY)
        changed = change_of(actor.who, were)
        _note(actor, events.PASSKEY_ENROLLED, kept, backed_up=kept.backed_up, **changed)
        _tell(actor, "passkey_enrolled", kept.name)
        fresh = () if recovery_codes.left(actor.who) else make_codes(actor, actor.who)
    return Confirmed(sign_in, fresh)


def rename_passkey(*, actor: Actor, passkey_id: UUID, name: str) -> None:
    """Give one's own passkey another name.

    :raises Refused: without a fresh proof.
    :raises NoSuchPasskey: another person's, or removed.
    """
    with transaction.atomic():
        require(actor, Can.RENAME_PASSKEY, factors(actor.who))
        kept = _own(actor, passkey_id)
        new = _name(actor, name)
        if new == kept.name or not passkey.rename(actor.who, kept.id, new):
            return
        old, kept.name = kept.name, new
        _note(actor, events.PASSKEY_RENAMED, kept, old_name=old)
        _tell(actor, "passkey_renamed", new)


def remove_passkey(*, actor: Actor, passkey_id: UUID) -> None:
    """Take one's own passkey away; the backup codes go with the last strong factor.

    :raises Refused: without a strong fresh proof, or the last strong factor of somebody with a
        role.
    :raises NoSuchPasskey: another person's, or removed before.
    """
    with transaction.atomic():
        passkey.hold_factors(actor.who)
        kept = _own(actor, passkey_id)
        now = factors(actor.who)
        left = now if kept.cloned_at else now.without_passkey()
        require(actor, Can.REMOVE_PASSKEY, left)
        were = factors_mark(actor.who)
        if not passkey.remove(actor.who, kept.id):
            raise NoSuchPasskey()
        if not left.has_strong:
            recovery_codes.remove(actor.who)
        _note(actor, events.PASSKEY_REMOVED, kept, **change_of(actor.who, were))
        _tell(actor, "passkey_removed", kept.name)


def _new_key(actor: Actor, text: str) -> ceremony.NewKey:
    """In a transaction of its own: the challenge is spent whatever comes after."""
    try:
        answer = ceremony.read(text, "webauthn.create")
        with transaction.atomic():
            row = own_session(actor)
            if not passkey.use_challenge(row.id, "enroll", answer.challenge):
                raise PasskeyOver()
        return ceremony.made(answer)
    except ceremony.NotAccepted as error:
        raise PasskeyUnfit() from error


def _own(actor: Actor, passkey_id: UUID) -> Passkey:
    found = passkey.of_person(actor.who).filter(pk=passkey_id).first()
    if found is None:
        raise NoSuchPasskey()
    return found


def _name(actor: Actor, typed: str) -> str:
    return typed.strip()[:NAME_LONGEST] or device_name(actor.user_agent) or "Passkey"


def _check_room(count: int) -> None:
    if count >= PASSKEYS_MOST:
        raise TooManyPasskeys(count=count)


def _note(actor: Actor, event: Event, kept: Passkey, **more: str | bool) -> None:
    facts: dict[str, Any] = {"name": kept.name, "passkey": str(kept.id), **more}
    note(actor, event, person_by_id(actor.who), **facts)


def _tell(actor: Actor, mail: str, name: str) -> None:
    facts = {"at": clock.now(), "passkey": name}
    link = link_for(actor.who, "passkey", actor.session)
    tell_all_channels(actor.who, f"authentication/mail/{mail}.txt", facts, link=link)
