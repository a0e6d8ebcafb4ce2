"""Forgot password: a code by e-mail, the second factor where there is one, a new password."""

from django.db import transaction

from gapura.accounts.queries import person_by_id, person_for_sign_in
from gapura.authentication import events
from gapura.authentication.errors import FlowOver
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import Flow, Method, Step
from gapura.authentication.services.passwords import prepare_new, tell_changed
from gapura.authentication.services.proof import ask, methods_of, person_of, prove
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

_BY_EMAIL = (Method.EMAIL_CODE,)


def start_reset(*, actor: Actor, login: str) -> SignIn:
    """Send a code to the account's proven address. Answer and work are the same for unknown names.

    The code works only in this browser, so it can be read on another device.

    :raises TooMany: over five times in ten minutes for one name, known or not.
    """
    require(actor, Can.RESET_PASSWORD)
    typed = typed_name(login)
    person = person_for_sign_in(typed)
    known = person is not None and may_enter(person) and person.state != "registered"
    mark = typed_mark(typed)
    flow = Flow(Step.RESET_CODE, clock.now(), Method.EMAIL_CODE, _BY_EMAIL, mark)
    with transaction.atomic():
        token, row = open_flow(actor, person.id if person and known else None, flow)
        return ask(actor, row, flow, token)


def check_reset(*, actor: Actor, code: str) -> SignIn:
    """Check the e-mailed code, then, if there is a stronger factor, that one too; see `step`.

    The code by e-mail never stands in for an authenticator app: whoever has one proves it, or a
    backup code, before a new password is asked for (ASVS 5.0 V6.4.3).

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises Problem: what is wrong with the code, as in `finish_sign_in`.
    :raises TooMany: after too many wrong codes.
    """
    require(actor, Can.RESET_PASSWORD)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.RESET_CODE, Step.RESET_FACTOR)
        person = person_of(row) if row.person_id else None
        problem = prove(actor, row, flow, person, code)
        if problem is None:
            return _next(row, flow)
    raise problem


def finish_reset(*, actor: Actor, password: str) -> int:
    """Store the new password and end every session, this one too; answers how many were signed in.

    The owner's mailbox is told. Signing in follows in the ordinary way, second factor included.
    Not inside a transaction.

    :raises FlowOver: the code or the second factor is still missing, or it took too long.
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
        passwords.replace(person.id, prepared.hashed)
        ended = Session.objects.filter(person=person.id, acr__gt=0, ended_at__isnull=True).count()
        end_all(person.id, "password_reset")
        proved = "email_code" if flow.method is None else flow.method.value
        note(actor, events.PASSWORD_RESET, person, sessions_ended=ended, second_factor=proved)
        tell_changed(person)
    return ended


def _next(row: Session, flow: Flow) -> SignIn:
    """After the mailbox the app or a backup code, if there is an app; after that the password."""
    if row.person_id is None:
        raise FlowOver()
    person = person_by_id(row.person_id)
    methods = methods_of(person.id, with_email=False)
    if flow.step is Step.RESET_CODE and Method.TOTP in methods:
        coming = Flow(Step.RESET_FACTOR, flow.at, Method.TOTP, methods, flow.mark)
    else:
        proved = None if flow.step is Step.RESET_CODE else flow.method
        coming = Flow(Step.RESET_PASSWORD, flow.at, proved, (), flow.mark)
    token = rotate(row, flow=coming.to_json())
    return SignIn(token, row.id, coming.step, coming.method, coming.methods)
