"""An account is locked, and opened again: nobody signs in to it in between."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import NotLocked
from gapura.authentication.models import AccountLock, Device, Password, Suspicion
from gapura.authentication.permissions import Can
from gapura.authentication.queries.arriving import LOCKS_OF_PEOPLE
from gapura.authentication.queries.locks import LockView, lock_of
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import end_all, note
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_SECURITY = "/account/security"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s::text, %s))"


def lock_account(
    *, actor: Actor, person: UUID, why: str, reason: str = "", ground: Suspicion | None = None
) -> None:
    """Let nobody in, and end every session. Locking twice changes nothing.

    `why` is a code of `rules.LOCKS`. With `not_me` the password must be changed too, and no device
    is known any more; so it is where the account was locked before, too. The owner is told in every
    way there is. People need a `ground`: what another administrator proposed about this person.

    :raises Refused: for others than the system and the second administrator.
    """
    require(actor, Can.LOCK_ACCOUNT, _about(ground, person))
    shut(actor, person, why, reason)


def shut(actor: Actor, person: UUID, why: str, reason: str = "") -> bool:
    """What `lock_account` does once somebody may; True when it was open before."""
    with transaction.atomic():
        one_at_a_time(person)
        now, found = clock.now(), lock_of(person)
        if found is not None and (why != "desk" or found.why == "desk"):
            if why == "not_me" and _trust_nothing(person):
                facts = {"why": "compromised", "sessions_ended": 0}
                note(actor, events.PASSWORD_DEMANDED, person_by_id(person), done=True, **facts)
            end_all(person, "locked")
            return False
        # A lock that the owner could open gives way to one of the desk.
        AccountLock.objects.filter(person=person, lifted_at__isnull=True).update(
            lifted_at=now, lift_reason="desk"
        )
        AccountLock.objects.create(
            person_id=person, why=why, reason=reason[:300], locked_at=now, locked_by_id=actor.person
        )
        ended = end_all(person, "locked")
        if why == "not_me":
            _trust_nothing(person)
        owner, cut = person_by_id(person), reason[:300]
        note(actor, events.ACCOUNT_LOCKED, owner, why=why, sessions_ended=ended, reason=cut)
        mail = "authentication/mail/account_locked.txt"
        tell_all_channels(person, mail, {"at": now, "why": why}, link="/recover")
    return True


def _trust_nothing(person: UUID) -> bool:
    """Somebody else knows the password: it must be changed, whoever has locked the account before.

    No device is known any more, either. True when there is a password to change.
    """
    known = Device.objects.filter(person=person, forgotten_at__isnull=True)
    known.update(forgotten_at=clock.now())
    return bool(Password.objects.filter(person=person).update(must_change="compromised"))


def _about(ground: Suspicion | None, person: UUID) -> Suspicion | None:
    """What was proposed about somebody else is no ground here."""
    return ground if ground is not None and ground.person_id == person else None


def lift_lock(*, actor: Actor, person: UUID, reason: str) -> None:
    """Open a locked account again. Its sessions stay ended.

    :raises NotLocked: it is open.
    :raises Refused: for others than the system and the second administrator of a lock of the desk.
    """
    with transaction.atomic():
        one_at_a_time(person)
        rows = AccountLock.objects.select_related("person", "lift_asked_by")
        row = rows.filter(person=person, lifted_at__isnull=True).first()
        require(actor, Can.LIFT_LOCK, row)
        found = lock_of(person)
        if found is None:
            raise NotLocked()
        _open(actor, found, reason)


def lift_after_reset(actor: Actor, person: UUID, *, enough: bool) -> bool:
    """The owner chose a new password: a lock of “This was not me” ends, if that proved `enough`.

    A mailbox alone does not, where there is anything to lose: whoever was “not me” may read it. A
    lock that an administrator has set stays. True when the account is open again.
    """
    found = lock_of(person) if enough else None
    if found is None or found.why != "not_me":
        return False
    _open(actor, found, "")
    return True


def one_at_a_time(person: UUID) -> None:
    """Until the transaction ends nobody else locks this account or signs in to it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [str(person), LOCKS_OF_PEOPLE])


def _open(actor: Actor, found: LockView, reason: str) -> None:
    now = clock.now()
    AccountLock.objects.filter(person=found.person, lifted_at__isnull=True).update(
        lifted_at=now, lifted_by=actor.person, lift_reason=reason[:300]
    )
    person = person_by_id(found.person)
    note(actor, events.ACCOUNT_UNLOCKED, person, why=found.why, reason=reason[:300])
    mail = "authentication/mail/account_unlocked.txt"
    tell_all_channels(found.person, mail, {"at": now}, link=_SECURITY)
