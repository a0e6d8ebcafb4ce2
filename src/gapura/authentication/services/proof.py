"""The factor that a flow waits for: asked for (a code is mailed), and proved by one try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from gapura.accounts.queries import people_by_id, person_by_id
from gapura.audit.events import Event, Result
from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.errors import (
    CodeExpired,
    CodeUsed,
    FlowOver,
    MethodNotOffered,
    NoCodeHere,
    PasskeyOver,
)
from gapura.authentication.methods import email_code, passkey, recovery_codes, totp
from gapura.authentication.methods.totp import App
from gapura.authentication.models import Session
from gapura.authentication.rules import (
    STRONGEST_FIRST,
    Flow,
    Method,
    Purpose,
    Step,
)
from gapura.authentication.services import codes, limits
from gapura.authentication.services.passkey_proof import check_passkey
from gapura.authentication.services.sessions import SignIn, may_enter, note, set_flow
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem

if TYPE_CHECKING:
    from gapura.accounts.models import Person
    from gapura.accounts.queries import Brief

PURPOSE_OF: Mapping[Step, Purpose] = {
    Step.SECOND_FACTOR: Purpose.SIGN_IN,
    Step.STEP_UP: Purpose.SIGN_IN,
    Step.CONFIRM_EMAIL: Purpose.CONFIRM_EMAIL,
    Step.CHANGE_EMAIL: Purpose.CHANGE_EMAIL,
    Step.RESET_CODE: Purpose.RESET,
    Step.RECOVER_ASK: Purpose.RECOVER,
    Step.RECOVER_CODE: Purpose.RECOVER,
}
_NOBODY = UUID(int=0)
# Slips, not guesses.
_NO_GUESS = (CodeExpired, CodeUsed, NoCodeHere, PasskeyOver)


def methods_of(person: UUID, *, with_email: bool = True) -> tuple[Method, ...]:
    """What the person can confirm with, strongest first."""
    has = {
        Method.PASSKEY: passkey.working(person).exists(),
        Method.TOTP: totp.confirmed(person) is not None,
        Method.EMAIL_CODE: with_email,
        Method.RECOVERY_CODE: recovery_codes.left(person) > 0,
    }
    return tuple(method for method in STRONGEST_FIRST if has[method])


def person_of(row: Session) -> Person:
    """Whom the flow is about.

    :raises FlowOver: nobody, or somebody who may no longer come in.
    """
    person = person_by_id(row.person_id) if row.person_id else None
    if person is None or not may_enter(person):
        raise FlowOver()
    return person


def person_or_nobody(row: Session) -> Person | None:
    """The same for a flow that may lead nowhere; asked for nobody, too, as the time must not tell.

    :raises FlowOver: somebody who may no longer come in.
    """
    person = people_by_id({row.person_id or _NOBODY}).get(row.person_id or _NOBODY)
    if row.person_id is not None and (person is None or not may_enter(person)):
        raise FlowOver()
    return person


def ask(actor: Actor, row: Session, flow: Flow, token: str = "") -> SignIn:
    """Put the session into a flow's step, and mail the code when the step waits for one.

    :raises TooMany: too many mails, as in `limits.count_mail`.
    """
    set_flow(row, flow)
    if flow.method is Method.EMAIL_CODE:
        _mail_code(actor, row, flow)
    return SignIn(token, row.id, flow.step, flow.method, flow.methods, row.acr)


def _mail_code(actor: Actor, row: Session, flow: Flow) -> None:
    """Who is told of a limit is told nothing of what exists: a full mailbox looks like another."""
    purpose, back = PURPOSE_OF[flow.step], flow.step is Step.RECOVER_CODE
    # Asked for nobody, too: the time must not tell who has an account.
    person = people_by_id({row.person_id or _NOBODY}).get(row.person_id or _NOBODY)
    has_room = limits.count_mail(actor, row, flow)
    if person is not None and has_room:
        codes.send(row, purpose, person, back=back)
    else:
        codes.pretend(row, purpose, back=back)
    if person is not None:
        note(actor, events.CODE_SENT, person, purpose=purpose.value)
    else:
        _record_unknown(actor, events.CODE_UNKNOWN, flow)


def prove(
    actor: Actor, row: Session, flow: Flow, person: Person | None, code: str
) -> Problem | None:
    """One try with the flow's method: None when it is proved.

    A problem is counted and recorded, so the caller must commit before it raises the problem.

    :raises TooMany: ten wrong codes in five minutes, or fifty in a day.
    """
    key = _limited_by(row, flow)
    limits.check_code(key)
    given = _Try(actor, row.id, flow.step, person, code)
    problem = _CHECKS[flow.method or Method.EMAIL_CODE](given)
    if problem is not None:
        _count_wrong(actor, key, flow, person, problem)
    elif person is not None and flow.method is Method.RECOVERY_CODE:
        note(actor, events.RECOVERY_CODE_USED, person, left=recovery_codes.left(person.id))
    return problem


def prove_by_app(
    actor: Actor, row: Session, flow: Flow, person: Brief, app: App | None, code: str
) -> Problem | None:
    """`prove` for the app of somebody of whom all is known already.

    :raises TooMany: as there.
    """
    key = _limited_by(row, flow)
    limits.check_code(key)
    problem = totp.check(app, code) if app else MethodNotOffered()
    if problem is not None:
        _count_wrong(actor, key, flow, person, problem)
    return problem


def _limited_by(row: Session, flow: Flow) -> str:
    key = f"reset:{flow.mark}" if flow.mark else f"sign_in:{row.person_id}"
    # Strangers who guess do not use up the tries of somebody on a known device.
    return key if row.device_id is None else f"{key}|{row.device_id}"


def _count_wrong(
    actor: Actor, key: str, flow: Flow, person: Person | Brief | None, problem: Problem
) -> None:
    if not isinstance(problem, _NO_GUESS):
        limits.count_code(actor, key)
    _record_failure(actor, flow, person, problem)


def _record_failure(
    actor: Actor, flow: Flow, person: Person | Brief | None, problem: Problem
) -> None:
    reason = type(problem).__name__
    if person is not None:
        note(actor, events.SIGN_IN_FAILED, person, done=False, reason=reason, step=flow.step.value)
        return
    _record_unknown(actor, events.SIGN_IN_UNKNOWN, flow)


def _record_unknown(actor: Actor, event: Event, flow: Flow) -> None:
    subject = Subject("name", flow.mark)
    record(actor, event, subject, facts={"typed": flow.mark}, result=Result.REFUSED)


@dataclass(frozen=True, slots=True)
class _Try:
    actor: Actor
    session: UUID
    step: Step
    person: Person | None
    code: str


def _by_app(given: _Try) -> Problem | None:
    app = totp.confirmed(given.person.id) if given.person else None
    return totp.check(app, given.code) if app else MethodNotOffered()


def _by_email(given: _Try) -> Problem | None:
    purpose, person = PURPOSE_OF[given.step], given.person
    return email_code.attempt(
        given.session,
        purpose,
        person.id if person else None,
        codes.address_of(person, purpose, back=given.step is Step.RECOVER_CODE),
        given.code,
    )


def _by_recovery(given: _Try) -> Problem | None:
    return recovery_codes.use(given.person.id, given.code) if given.person else MethodNotOffered()


def _by_phone(given: _Try) -> Problem | None:
    person = given.person
    if person is None or not has_phone(person):
        return MethodNotOffered()
    number = person.phone or ""
    return email_code.attempt(given.session, Purpose.RESET_PHONE, person.id, number, given.code)


def has_phone(person: Person) -> bool:
    """A number that the person once proved by a code."""
    return bool(person.phone) and person.phone_verified_at is not None


def _by_passkey(given: _Try) -> Problem | None:
    purpose = "step_up" if given.step is Step.STEP_UP else "second_factor"
    if given.person is None:
        return MethodNotOffered()
    return check_passkey(given.actor, given.session, given.person, given.code, purpose)


_CHECKS: Mapping[Method, Callable[[_Try], Problem | None]] = {
    Method.PASSKEY: _by_passkey,
    Method.TOTP: _by_app,
    Method.EMAIL_CODE: _by_email,
    Method.RECOVERY_CODE: _by_recovery,
    Method.PHONE_CODE: _by_phone,
}
