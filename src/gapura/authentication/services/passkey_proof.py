"""A passkey's answer as a proof: of a second factor, of a step-up, of a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import FlowOver, PasskeyOver, WrongPasskey
from gapura.authentication.methods import ceremony, passkey, relying_party
from gapura.authentication.models import Passkey, Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import PASSKEY_CHALLENGES, Step, address_key
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import SECURITY_PAGE, locked, note, own_session
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem

if TYPE_CHECKING:
    from gapura.accounts.models import Person

_FACTOR_STEPS = (Step.SECOND_FACTOR, Step.RESET_FACTOR)


def ask_passkey_factor(*, actor: Actor) -> dict[str, Any]:
    """Options for the passkey that a sign-in or a reset waits for; only that person's are named.

    :raises FlowOver: nothing waits for a second factor here.
    :raises TooMany: too many from this address.
    """
    require(actor, Can.SIGN_IN)
    count_challenge(actor)
    with transaction.atomic():
        row, _ = locked(actor, *_FACTOR_STEPS)
        if row.person_id is None:
            raise FlowOver()
        return _options(row, row.person_id, "second_factor")


def ask_passkey_again(*, actor: Actor) -> dict[str, Any]:
    """Options for a signed-in person who proves a passkey once more.

    :raises FlowOver: no step-up is under way.
    :raises TooMany: too many from this address.
    """
    require(actor, Can.STEP_UP)
    count_challenge(actor)
    with transaction.atomic():
        row, _ = locked(actor, Step.STEP_UP)
        return _options(row, actor.who, "step_up")


def options_for_deed(actor: Actor, digest: str, deed: str) -> dict[str, Any]:
    """Options whose answer confirms one deed about one document and nothing else.

    :raises NoSuchSession: the sign-in ended meanwhile.
    :raises TooMany: too many from this address.
    """
    count_challenge(actor)
    with transaction.atomic():
        row = own_session(actor)
        return _options(row, actor.who, "deed", digest=digest, deed=deed)


def check_passkey(
    actor: Actor,
    session: UUID,
    person: Person,
    text: str,
    purpose: str,
    *,
    digest: str = "",
    deed: str = "",
) -> Problem | None:
    """One answer of one of the person's passkeys: None when it proves it.

    The challenge is spent and a copied key blocked either way, so the caller commits before it
    raises the problem.
    """
    found = proved_by(actor, session, text, purpose, digest=digest, deed=deed)
    if isinstance(found, Problem):
        return found
    return None if found.person_id == person.id else WrongPasskey()


def proved_by(
    actor: Actor, session: UUID, text: str, purpose: str, *, digest: str = "", deed: str = ""
) -> Passkey | Problem:
    """Whose passkey an answer proves, or what is wrong with it; unknown ones are wrong ones.

    An answer may name its user only as the owner of its credential, and without a name typed
    before it has to (WebAuthn Level 3, 7.2).
    """
    try:
        answer = ceremony.read(text, "webauthn.get")
        if not passkey.use_challenge(session, purpose, answer.challenge, digest=digest, deed=deed):
            return PasskeyOver()
        row = passkey.by_credential(answer.credential_id)
        if row is None or row.cloned_at is not None:
            return WrongPasskey()
        if not _names_its_owner(answer, row, needed=purpose == "sign_in"):
            return WrongPasskey()
        use = ceremony.used(answer, bytes(row.public_key))
    except ceremony.NotAccepted:
        return WrongPasskey()
    if use.backup_eligible != row.backup_eligible:
        return WrongPasskey()
    if not passkey.count_use(row, use):
        _block(actor, row, use.sign_count)
        return WrongPasskey()
    return row


def count_challenge(actor: Actor) -> None:
    """Bound how many challenges an address may have made.

    :raises TooMany: over the limit.
    """
    throttle.count(PASSKEY_CHALLENGES, address_key(actor.ip))


def _options(row: Session, person: UUID, purpose: str, **bound: str) -> dict[str, Any]:
    challenge = passkey.new_challenge(row.id, purpose, **bound)
    return relying_party.request_options(challenge, passkey.described(passkey.working(person)))


def _names_its_owner(answer: ceremony.Answer, row: Passkey, *, needed: bool) -> bool:
    if answer.user_handle is None:
        return not needed
    return answer.user_handle == row.person_id.bytes


def _block(actor: Actor, row: Passkey, came: int) -> None:
    """The counter went back: there are two keys. Neither works any more, and the owner is told."""
    if not passkey.block(row):
        return
    note(
        actor,
        events.PASSKEY_CLONED,
        person_by_id(row.person_id),
        done=False,
        name=row.name,
        passkey=str(row.id),
        kept=row.sign_count,
        came=came,
    )
    facts = {"at": clock.now(), "passkey": row.name}
    tell_all_channels(
        row.person_id, "authentication/mail/passkey_cloned.txt", facts, link=SECURITY_PAGE
    )
