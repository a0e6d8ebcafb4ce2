"""Forgot password: a code by e-mail, the second factor where there is one, a new password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from gapura.accounts.queries import person_by_id, person_for_sign_in
from gapura.authentication import events
from gapura.authentication.errors import FlowOver
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import Flow, Method, Step
from gapura.authentication.services.known_devices import known_device
from gapura.authentication.services.locks import lift_after_reset
from gapura.authentication.services.mailbox_wait import (
    at_stake,
    begin_wait,
    needs_two,
    use_wait,
    wait_is_over,
)
from gapura.authentication.services.passwords import history_of, prepare_new, tell_changed
from gapura.authentication.services.proof import (
    ask,
    has_phone,
    methods_of,
    person_of,
    person_or_nobody,
    prove,
)
from gapura.authentication.services.reset_phone import send_first
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
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

if TYPE_CHECKING:
    from gapura.accounts.models import Person

_BY_EMAIL = (Method.EMAIL_CODE,)


def start_reset(*, actor: Actor, login: str) -> SignIn:
    """Send a code to the account's proven address. Answer and work are the same for unknown names.

    The code works only in this browser, so it can be read on another device.

    :raises TooMany: over five times an hour for one name from one address, known or not; on a
        device that the person is known to use, over five times in ten minutes.
    """
    require(actor, Can.RESET_PASSWORD)
    typed = typed_name(login)
    person = person_for_sign_in(typed)
    known = person is not None and may_enter(person) and person.state != "registered"
    mark = typed_mark(typed)
    flow = Flow(Step.RESET_CODE, clock.now(), Method.EMAIL_CODE, _BY_EMAIL, mark)
    with transaction.atomic():
        who = person.id if person and known else None
        token, row = open_flow(actor, who, flow, known_device(who, actor))
        return ask(actor, row, flow, token)


def check_reset(*, actor: Actor, code: str) -> SignIn:
    """Check the e-mailed code, then, if there is a stronger factor, that one too; see `step`.

    The code by e-mail never stands in for an authenticator app: whoever has one proves it, or a
    backup code, before a new password is asked for (ASVS 5.0 V6.4.3). Without either a code by text
    message follows, and without a proven telephone, where something is at stake, a wait of a day:
    then the step is `reset_wait`, and the same way is gone once more when it is over. Whoever has a
    role does not come back by it at all: the step is `reset_vouched`, and two people have to help.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises Problem: what is wrong with the code, as in `finish_sign_in`.
    :raises TooMany: after too many wrong codes.
    """
    require(actor, Can.RESET_PASSWORD)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.RESET_CODE, Step.RESET_FACTOR)
        person = person_or_nobody(row)
        problem = prove(actor, row, flow, person, code)
        if problem is None:
            done = _next(actor, row, flow)
    if problem is not None:
        raise problem
    if done.step is Step.RESET_FACTOR and done.method is Method.PHONE_CODE:
        send_first(actor)
    return done


def finish_reset(*, actor: Actor, password: str) -> int:
    """Store the new password and end every session, this one too; answers how many were signed in.

    The owner's mailbox is told. Signing in follows in the ordinary way, second factor included.
    Not inside a transaction.

    :raises FlowOver: the code or the second factor is still missing, or it took too long.
    :raises NothingWaits: the owner stopped the wait, or it was used already.
    :raises RoleNeedsTwo: only the mailbox was proven, and the person has a role by now.
    :raises WeakPassword: with every problem.
    :raises HashingBusy: when too many wait.
    """
    require(actor, Can.RESET_PASSWORD)
    with transaction.atomic():
        row, _ = locked(actor, Step.RESET_PASSWORD)
        person = person_of(row)
    prepared = prepare_new(person, password)
    with transaction.atomic():
        row, flow = locked(actor, Step.RESET_PASSWORD)
        person = person_of(row)
        passwords.replace(person.id, prepared.hashed, history=history_of(person.id))
        ended = Session.objects.filter(person=person.id, acr__gt=0, ended_at__isnull=True).count()
        end_all(person.id, "password_reset")
        if flow.method is None and at_stake(person):
            use_wait(actor, person, ended)
        enough = flow.method is not None or not at_stake(person)
        lift_after_reset(actor, person.id, enough=enough)
        proved = "email_code" if flow.method is None else flow.method.value
        note(actor, events.PASSWORD_RESET, person, sessions_ended=ended, second_factor=proved)
        tell_changed(person)
    return ended


def _next(actor: Actor, row: Session, flow: Flow) -> SignIn:
    """After the mailbox what else there is: a strong factor, a backup code, a telephone, a wait."""
    if row.person_id is None:
        raise FlowOver()
    person = person_by_id(row.person_id)
    coming = replace(flow, step=Step.RESET_PASSWORD, methods=())
    if flow.step is Step.RESET_CODE:
        coming = _after_the_mailbox(actor, person, replace(coming, method=None))
    token = rotate(row, flow=coming.to_json())
    return SignIn(token, row.id, coming.step, coming.method, coming.methods)


def _after_the_mailbox(actor: Actor, person: Person, coming: Flow) -> Flow:
    """One mailbox is not the account (ASVS 5.0 V6.4.3): with nothing else, what is at stake waits.

    Where a role is at stake no wait is enough: whoever reads the mail for a day longer would be a
    verifier or sign for money. The ways are what the person had before; none lifts the level.
    """
    methods = methods_of(person.id, with_email=False)
    if not methods and has_phone(person):
        methods = (Method.PHONE_CODE,)
    if methods:
        return replace(coming, step=Step.RESET_FACTOR, method=methods[0], methods=methods)
    if needs_two(person):
        return replace(coming, step=Step.RESET_VOUCHED)
    if not at_stake(person) or wait_is_over(person.id):
        return coming
    begin_wait(actor, person)
    return replace(coming, step=Step.RESET_WAIT)
