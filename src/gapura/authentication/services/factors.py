"""Authenticator app and backup codes: added, confirmed, replaced, removed."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import FlowOver
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.methods import passkey, recovery_codes, totp
from gapura.authentication.permissions import Can
from gapura.authentication.queries import Enrollment, factors
from gapura.authentication.rules import Method
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import SignIn, note, own_session
from gapura.authentication.services.step_up import strengthen
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_NAME_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An app was added: the stronger sign-in (set its token) and new backup codes, shown once.

    `recovery_codes` is empty when the person still has some from before.
    """

    sign_in: SignIn
    recovery_codes: tuple[str, ...]


def enroll_totp(*, actor: Actor, name: str = "") -> Enrollment:
    """Make a new key for an authenticator app; it counts once its first code is confirmed.

    An app that is in use stays so until then. A key that waited before is replaced.

    :raises Refused: without a fresh proof; replacing an app also needs the app or a backup code.
    """
    with transaction.atomic():
        require(actor, Can.ENROLL_TOTP, factors(actor.who))
        row = totp.store(actor.who, totp.new_secret(), name.strip()[:_NAME_LONGEST])
    return Enrollment(totp.grouped(row.secret), totp.uri(row.secret, actor.username))


def confirm_totp(*, actor: Actor, code: str) -> Confirmed:
    """Confirm the new app by its first code. The session is as strong as the app from now on.

    :raises NothingToConfirm: no key waits.
    :raises WrongAppCode, AppCodeUsed: the code does not fit.
    """
    with transaction.atomic():
        require(actor, Can.ENROLL_TOTP, factors(actor.who))
        row = own_session(actor)
        were = factors_mark(actor.who)
        replaced = totp.confirm(actor.who, code, row.signed_in_at or clock.now())
        person = person_by_id(actor.who)
        sign_in = strengthen(actor, row, person, Method.TOTP)
        changed = change_of(actor.who, were)
        note(actor, events.TOTP_ENROLLED, person, replaced=replaced, **changed)
        _tell(actor, "totp_enrolled")
        fresh = () if recovery_codes.left(actor.who) else make_codes(actor, actor.who)
    return Confirmed(sign_in, fresh)


def issue_totp(*, actor: Actor, person: UUID, secret: str) -> tuple[str, ...]:
    """Give a person an app whose key is known elsewhere already; answers new backup codes.

    Only the system may: it serves accounts that are carried over with their authenticator.

    :raises ValueError: for a secret that is not base32.
    """
    with transaction.atomic():
        require(actor, Can.ISSUE_TOTP, factors(person))
        were = factors_mark(person)
        replaced = totp.issue(person, secret)
        changed = change_of(person, were)
        note(actor, events.TOTP_ENROLLED, person_by_id(person), replaced=replaced, **changed)
        return make_codes(actor, person)


def remove_totp(*, actor: Actor) -> None:
    """Take the app away; without a passkey the backup codes go too, and e-mail codes are asked for.

    :raises Refused: without the app's own fresh proof.
    :raises FlowOver: there is no app.
    """
    with transaction.atomic():
        passkey.hold_factors(actor.who)
        left = factors(actor.who).without_totp()
        require(actor, Can.REMOVE_TOTP, left)
        were = factors_mark(actor.who)
        if not totp.remove(actor.who):
            raise FlowOver()
        if not left.has_strong:
            recovery_codes.remove(actor.who)
        changed = change_of(actor.who, were)
        note(actor, events.TOTP_REMOVED, person_by_id(actor.who), **changed)
        _tell(actor, "totp_removed")


def make_recovery_codes(*, actor: Actor) -> tuple[str, ...]:
    """Ten new backup codes, shown once; the ones before stop working.

    :raises Refused: without the app's own fresh proof.
    """
    with transaction.atomic():
        require(actor, Can.MAKE_RECOVERY_CODES, factors(actor.who))
        codes = make_codes(actor, actor.who)
        _tell(actor, "recovery_codes_made", "recovery_codes")
    return codes


def make_codes(actor: Actor, person: UUID) -> tuple[str, ...]:
    """New backup codes for a person, noted; part of the running transaction."""
    codes = recovery_codes.make(person)
    note(actor, events.RECOVERY_CODES_MADE, person_by_id(person), count=len(codes))
    return codes


def _tell(actor: Actor, mail: str, what: str = "totp") -> None:
    """In every way there is, with the link that locks the account."""
    link = link_for(actor.who, what, actor.session)
    template = f"authentication/mail/{mail}.txt"
    tell_all_channels(actor.who, template, {"at": clock.now()}, link=link)
