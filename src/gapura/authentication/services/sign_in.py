"""Sign-in: name and password, then a second factor; new accounts confirm their address here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import Brief, brief_for_sign_in, person_by_id, recipient
from gapura.accounts.services import confirm_email
from gapura.audit.events import Result
from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.blocklist import is_listed
from gapura.authentication.errors import FlowOver, MethodNotOffered, WrongCredentials
from gapura.authentication.methods import password as passwords
from gapura.authentication.methods import recovery_codes
from gapura.authentication.methods.password import Checked
from gapura.authentication.permissions import Can
from gapura.authentication.queries.arriving import (
    Door,
    Standing,
    begun_behind_the_lock,
    door_of,
    standing_of,
)
from gapura.authentication.rules import ACR_OF, Flow, Method, Step
from gapura.authentication.services import limits
from gapura.authentication.services.entering import enter
from gapura.authentication.services.known_devices import knows_network
from gapura.authentication.services.limits import Try
from gapura.authentication.services.opening import open_second_step
from gapura.authentication.services.proof import ask, methods_of, prove, prove_by_app
from gapura.authentication.services.sessions import (
    SECURITY_PAGE,
    SignIn,
    demand_step,
    locked,
    note,
    open_flow,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.notifications.services import notify

if TYPE_CHECKING:
    from gapura.authentication.models import Session

LONGEST_NAME = 254


def typed_name(login: str) -> str:
    """What was typed as a name, in the form it is compared and counted in."""
    return login.strip().lower()[: LONGEST_NAME + 1]


def typed_mark(typed: str) -> str:
    """A keyed hash of a typed name for the log: people type passwords into the wrong field."""
    return lookup(typed, "typed_name").hex()[:16]


def start_sign_in(*, actor: Actor, login: str, password: str) -> SignIn:
    """Check name and password and say which factor comes next; a code by e-mail is sent at once.

    A person whose address is not confirmed yet comes to that step. Unknown names and wrong
    passwords get the same answer for the same work; that an account is locked or suspended is
    told after the second factor. Not inside a transaction.

    :raises WrongCredentials: for all of those.
    :raises TooMany: after too many failures here, or too many mails.
    :raises HashingBusy: when too many passwords wait to be checked.
    """
    require(actor, Can.SIGN_IN)
    typed = typed_name(login)
    person = brief_for_sign_in(typed)
    known = person.id if person else None
    door = door_of(known, actor)
    one = Try(actor, typed, known, door.device)
    limits.check_sign_in(one)
    checked = passwords.compare(door.kept, password)
    if checked.fits and person is not None:
        begun = _go_on_at_once(one, person, door, password)
        if begun is not None:
            return begun
    return _judged(one, person, door, checked, password)


def _go_on_at_once(one: Try, person: Brief, door: Door, password: str) -> SignIn | None:
    """The next step where nothing else is to be done: no mail, no new hash, nothing that holds."""
    methods = door.methods
    if person.state == "registered" or methods[0] is Method.EMAIL_CODE or is_listed(password):
        return None
    kept = door.kept or ""
    if passwords.is_outdated(kept):
        return None
    limits.check_everywhere(one)
    return open_second_step(one, person.id, kept, methods)


def _judged(one: Try, person: Brief | None, door: Door, checked: Checked, password: str) -> SignIn:
    actor = one.actor
    # Asked again after the slow part: failures that came in meanwhile count.
    held = limits.check_sign_in(one)
    # So does a new password: what fits the old one opens nothing any more.
    fits = person is not None and checked.fits and passwords.is_stored(person.id, checked.kept)
    # Strangers who guess must not keep the owner out where the owner has signed in before.
    here = not held or (fits and person is not None and knows_network(person.id, actor.ip))
    if person is None or not fits or not here:
        _refuse(one, person, held)
        if "name" in held:
            limits.refuse_held(one)
        raise WrongCredentials()
    passwords.renew(person.id, password, checked.kept)
    with transaction.atomic():
        limits.forgive_sign_in(one, held)
        if is_listed(password) and passwords.demand(person.id, "listed", instead_of=checked.kept):
            note(actor, events.PASSWORD_DEMANDED, person, why="listed", sessions_ended=0)
        return _open(actor, person, door.methods, one.device)


def start_confirmation(*, actor: Actor, person: UUID) -> SignIn:
    """After a registration: open the session that waits for the code by e-mail, and send it.

    :raises TooMany: too many mails.
    """
    require(actor, Can.SIGN_IN)
    with transaction.atomic():
        found = Brief.of(person_by_id(person))
        return _open(actor, found, methods_of(person), None)


def choose_method(*, actor: Actor, method: Method) -> SignIn:
    """Confirm in another of the offered ways; choosing the e-mail sends a code.

    :raises FlowOver: nothing is waiting to be confirmed.
    :raises MethodNotOffered: not one of `methods`.
    :raises TooMany: too many mails.
    """
    require(actor, Can.SIGN_IN)
    with transaction.atomic():
        row, flow = locked(actor, Step.SECOND_FACTOR, Step.STEP_UP, Step.RESET_FACTOR)
        if method not in flow.methods:
            raise MethodNotOffered()
        return ask(actor, row, replace(flow, method=method))


def send_email_code(*, actor: Actor) -> SignIn:
    """Send the code that the present step waits for once more; the one before stops working.

    :raises FlowOver: no step waits for a code by e-mail.
    :raises TooMany: too many mails.
    """
    require(actor, Can.SIGN_IN)
    with transaction.atomic():
        row, flow = locked(actor, *Step)
        if flow.method is not Method.EMAIL_CODE:
            raise FlowOver()
        return ask(actor, row, flow)


def finish_sign_in(*, actor: Actor, code: str) -> SignIn:
    """Check the code of the step and sign in; for a new account this also confirms the address.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises WrongCode, CodeUsed, CodeExpired, CodeDead, CodeReplaced, NoCodeHere: by e-mail.
    :raises WrongAppCode, AppCodeUsed, WrongRecoveryCode, RecoveryCodeUsed: by the other ways.
    :raises TooMany: after too many wrong codes.
    """
    require(actor, Can.SIGN_IN)
    with transaction.atomic(durable=True):
        begun = begun_behind_the_lock(actor.session) if actor.session else None
        if begun is None or begun.person is None:
            raise FlowOver()
        row, person = begun.row, begun.person
        flow = demand_step(actor, row, begun.flow, Step.SECOND_FACTOR, Step.CONFIRM_EMAIL)
        standing = standing_of(person.id, actor, row.id)
        problem = _prove(actor, row, flow, standing, person, code)
        if problem is None:
            if flow.step is Step.CONFIRM_EMAIL:
                confirm_email(actor=actor, person_id=person.id)
                person = Brief.of(person_by_id(person.id))
            return _entered(actor, row, flow, standing, person)
    raise problem


def _prove(
    actor: Actor, row: Session, flow: Flow, standing: Standing, person: Brief, code: str
) -> Problem | None:
    if flow.method is Method.TOTP:
        return prove_by_app(actor, row, flow, person, standing.app, code)
    # Also somebody who will be turned away in the end.
    return prove(actor, row, flow, person_by_id(person.id), code)


def _entered(actor: Actor, row: Session, flow: Flow, standing: Standing, person: Brief) -> SignIn:
    method = flow.method or Method.EMAIL_CODE
    done = enter(actor, row, person, standing, "password", method, acr=ACR_OF[method])
    if method is Method.RECOVERY_CODE and done.step is Step.DONE:
        _tell_recovery(person)
    return done


def _open(actor: Actor, person: Brief, methods: tuple[Method, ...], device: UUID | None) -> SignIn:
    now = clock.now()
    if person.state == "registered":
        flow = Flow(Step.CONFIRM_EMAIL, now, Method.EMAIL_CODE, (Method.EMAIL_CODE,))
    else:
        flow = Flow(Step.SECOND_FACTOR, now, methods[0], methods)
    token, row = open_flow(actor, person.id, flow, device)
    return ask(actor, row, flow, token)


def _refuse(one: Try, person: Brief | None, held: frozenset[str]) -> None:
    actor = one.actor
    with transaction.atomic(durable=True):
        limits.count_sign_in(one, held)
        if person is not None:
            facts = {"reason": "WrongCredentials", "step": "password"}
            note(actor, events.SIGN_IN_FAILED, person, done=False, **facts)
            return
        mark = typed_mark(one.typed)
        record(
            actor,
            events.SIGN_IN_UNKNOWN,
            Subject("name", mark),
            facts={"typed": mark},
            result=Result.REFUSED,
        )


def _tell_recovery(person: Brief) -> None:
    notify(
        recipient(person),
        "authentication/mail/recovery_code_used.txt",
        {"at": clock.now(), "left": recovery_codes.left(person.id)},
        link=SECURITY_PAGE,
    )
