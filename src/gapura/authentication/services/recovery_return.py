"""Coming back: the code by e-mail, the code on the slip, a new password; all else is taken away."""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gapura.accounts.queries import person_for_sign_in
from gapura.accounts.services import recover_email
from gapura.authentication import events
from gapura.authentication.errors import (
    FlowOver,
    HelpersFell,
    NothingWaits,
    NotReady,
    SlipDead,
    WrongSlip,
)
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.methods import password as passwords
from gapura.authentication.methods import recovery_codes, totp
from gapura.authentication.models import Device, Passkey, Password, Recovery, Session
from gapura.authentication.permissions import Can
from gapura.authentication.queries.locks import lock_of
from gapura.authentication.queries.recoveries import coming_back
from gapura.authentication.queries.vouchers import helpers_stand
from gapura.authentication.rules import SLIP_TRIES, Flow, Method, Step, slip_as_typed
from gapura.authentication.services.known_devices import known_device
from gapura.authentication.services.locks import lift_lock
from gapura.authentication.services.passwords import history_of, prepare_new
from gapura.authentication.services.proof import ask, person_of, person_or_nobody, prove
from gapura.authentication.services.recovery_desk import slip_hash
from gapura.authentication.services.recovery_ends import stop_for_helpers, stop_for_slip
from gapura.authentication.services.recovery_notices import tell_owner
from gapura.authentication.services.sessions import (
    SignIn,
    end_all,
    locked,
    may_enter,
    note,
    open_flow,
    rotate,
)
from gapura.authentication.services.sign_in import typed_mark, typed_name
from gapura.authentication.states import RECOVERY
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem

if TYPE_CHECKING:
    from gapura.accounts.models import Person

_BY_EMAIL = (Method.EMAIL_CODE,)
_SYSTEM = "recovery"
_NOBODY = UUID(int=0)


def start_return(*, actor: Actor, login: str) -> SignIn:
    """Send a code to the mailbox that the way back knows. The same for names without one.

    :raises TooMany: over five times an hour for one name from one address, known or not.
    """
    require(actor, Can.USE_RECOVERY)
    typed = typed_name(login)
    person = person_for_sign_in(typed)
    # Asked for nobody, too: the time must not tell who has an account.
    way_back = coming_back(person.id if person else _NOBODY)
    waits = person is not None and may_enter(person) and way_back is not None
    flow = Flow(Step.RECOVER_CODE, clock.now(), Method.EMAIL_CODE, _BY_EMAIL, typed_mark(typed))
    with transaction.atomic():
        who = person.id if person and waits else None
        token, row = open_flow(actor, who, flow, known_device(who, actor))
        return ask(actor, row, flow, token)


def check_return(*, actor: Actor, code: str) -> SignIn:
    """Check the code by e-mail; next comes the slip.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises NotReady: the mailbox is right, but the wait is not over.
    :raises NothingWaits: it was stopped or is over.
    :raises HelpersFell: one of the two who stood for it may no longer; it is stopped.
    :raises Problem: what is wrong with the code, as in `finish_sign_in`.
    """
    require(actor, Can.USE_RECOVERY)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.RECOVER_CODE)
        person = person_or_nobody(row)
        problem = prove(actor, row, flow, person, code)
        if problem is None:
            problem = _not_now(person.id) if person else FlowOver()
        if problem is None:
            coming = replace(flow, step=Step.RECOVER_SLIP, method=None, methods=())
            token = rotate(row, flow=coming.to_json())
            return SignIn(token, row.id, coming.step)
    raise problem


def check_slip(*, actor: Actor, code: str) -> SignIn:
    """Check the code on the slip: five tries for one way back, whoever makes them; then it stops.

    :raises FlowOver: the code by e-mail is still missing, or it took too long.
    :raises WrongSlip: with the tries that are left. :raises SlipDead: that was the last one.
    :raises NotReady, NothingWaits, HelpersFell: as in `check_return`.
    """
    require(actor, Can.USE_RECOVERY)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.RECOVER_SLIP)
        person = person_of(row)
        problem = _not_now(person.id) or _try_slip(actor, person.id, code)
        if problem is None:
            coming = replace(flow, step=Step.RECOVER_PASSWORD)
            token = rotate(row, flow=coming.to_json())
            return SignIn(token, row.id, coming.step)
    raise problem


def finish_return(*, actor: Actor, password: str) -> int:
    """Store the new password and take every other factor away; answers how many sessions ended.

    Nobody is signed in by it: the ordinary sign-in follows, at the lowest level, with a code by
    e-mail, until the person adds an app or a passkey anew. Not inside a transaction.

    :raises FlowOver: the e-mail's code or the slip is still missing, or it took too long.
    :raises NothingWaits: it was used, stopped or is over.
    :raises HelpersFell: as in `check_return`; asked at this moment, from dates.
    :raises WeakPassword, HashingBusy: as in `finish_reset`.
    :raises EmailTaken: the new address belongs to another account by now.
    """
    require(actor, Can.USE_RECOVERY)
    with transaction.atomic():
        session, _ = locked(actor, Step.RECOVER_PASSWORD)
        person = person_of(session)
    prepared = prepare_new(person, password)
    with transaction.atomic():
        session, _ = locked(actor, Step.RECOVER_PASSWORD)
        person = person_of(session)
        problem = _not_now(person.id)
        ended = _come_back(actor, person, prepared.hashed) if problem is None else 0
    if problem is not None:
        raise problem
    return ended


def _come_back(actor: Actor, person: Person, hashed: str) -> int:
    row = _use(person.id)
    passwords.replace(person.id, hashed, history=history_of(person.id))
    were = factors_mark(person.id)
    ended = _take_away(row)
    note(
        actor,
        events.RECOVERY_USED,
        person,
        reference=row.reference,
        way=row.kind,
        sessions_ended=ended,
        new_address=bool(row.new_email),
        **change_of(person.id, were),
    )
    tell_owner(row, "recovery_used", can_stop=False)
    if row.new_email:
        recover_email(actor=system_actor(_SYSTEM), person_id=person.id, email=row.new_email)
    return ended


def _use(person: UUID) -> Recovery:
    """Of two browsers at once one gets it; the caller has asked `_not_now`."""
    row = coming_back(person)
    if row is None:
        raise NothingWaits()
    try:
        move(RECOVERY, row, "use", ended_at=clock.now())
    except NoSuchMove:
        raise NothingWaits() from None
    return row


def _not_now(person: UUID) -> Problem | None:
    """Whether it can be used at this moment; where those who stand for it fell it is stopped.

    The caller commits also when a problem is answered.
    """
    row = coming_back(person)
    if row is None or row.ready_at is None:
        return NothingWaits()
    if not helpers_stand(row):
        stop_for_helpers(row)
        return HelpersFell()
    return NotReady() if clock.now() < row.ready_at else None


def _try_slip(actor: Actor, person: UUID, code: str) -> Problem | None:
    """Counted before it is looked at, by a conditional UPDATE: parallel guesses count, too."""
    row = coming_back(person)
    if row is None:
        return NothingWaits()
    mine = Recovery.objects.filter(pk=row.pk, state="waiting", slip_tries__lt=SLIP_TRIES)
    if not mine.update(slip_tries=F("slip_tries") + 1):
        return SlipDead()
    row.refresh_from_db(fields=["slip_tries"])
    given = slip_hash(row.id, slip_as_typed(code))
    if row.slip_hash is not None and hmac.compare_digest(bytes(row.slip_hash), given):
        Recovery.objects.filter(pk=row.pk).update(slip_tries=F("slip_tries") - 1)
        return None
    facts = {"reference": row.reference, "tries": row.slip_tries}
    note(actor, events.SLIP_REFUSED, row.person, done=False, **facts)
    left = SLIP_TRIES - row.slip_tries
    if left > 0:
        return WrongSlip(left=left)
    stop_for_slip(actor, row)
    return SlipDead()


def _take_away(row: Recovery) -> int:
    """Factors, devices, sessions, and a lock but the desk's; the password is new already."""
    person = row.person_id
    totp.remove(person)
    recovery_codes.remove(person)
    Passkey.objects.filter(person=person).delete()
    Password.objects.filter(person=person).update(must_change="", reminded_at=None)
    known = Device.objects.filter(person=person, forgotten_at__isnull=True)
    known.update(forgotten_at=clock.now())
    ended = Session.objects.filter(person=person, acr__gt=0, ended_at__isnull=True).count()
    end_all(person, "recovered")
    lock = lock_of(person)
    # Two people stand for who it is, not for what the desk saw: its lock only the desk lifts.
    if lock is not None and lock.why != "desk":
        lift_lock(actor=system_actor(_SYSTEM), person=person, reason=row.reference)
    return ended
