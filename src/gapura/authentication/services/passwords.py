"""The password: checked and hashed before the transaction, then stored; the first, and a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events, hashing, strength
from gapura.authentication.errors import (
    PasswordIsSet,
    PasswordReused,
    WeakPassword,
    WrongPassword,
)
from gapura.authentication.methods import password as passwords
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors, password_policy
from gapura.authentication.rules import PasswordContext, Step
from gapura.authentication.services import limits
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import (
    SignIn,
    end_all,
    note,
    own_session,
    rotate,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Missing
from gapura.organizations.queries import agency

if TYPE_CHECKING:
    from gapura.accounts.models import Person


@dataclass(frozen=True, slots=True)
class PreparedPassword:
    """A password that was accepted and hashed, ready to be stored."""

    hashed: str


def prepare_password(
    password: str, about: PasswordContext, person: UUID | None = None
) -> PreparedPassword:
    """Check a new password and hash it. Call it before opening the transaction that stores it.

    It is judged by the rule that holds for `person`, or by the one for everybody who is new.

    :raises WeakPassword: with every problem.
    :raises HashingBusy: when too many wait.
    """
    feedback = strength.feedback(password, about, password_policy(person))
    if feedback.problems:
        raise WeakPassword(feedback.problems)
    return PreparedPassword(hashing.hash_password(password))


def set_password(
    *, actor: Actor, person: UUID, prepared: PreparedPassword, chosen_at: datetime | None = None
) -> None:
    """Store an account's first password; `chosen_at` for one that was chosen at another moment.

    :raises Refused, PasswordIsSet: when it has one.
    """
    with transaction.atomic():
        require(actor, Can.SET_PASSWORD, factors(person))
        if not passwords.add(person, prepared.hashed, chosen_at):
            raise PasswordIsSet()
        note(actor, events.PASSWORD_SET, person_by_id(person))


def change_password(*, actor: Actor, current: str, new: str) -> SignIn:
    """Choose another password. Other sessions end, this one gets a new token, the person is told.

    Not inside a transaction.

    :raises WrongPassword: `current` is not the present one.
    :raises WeakPassword: with every problem of the new one.
    :raises TooMany: after too many wrong ones.
    """
    require(actor, Can.CHANGE_PASSWORD)
    person = person_by_id(actor.who)
    key = f"password:{person.id}"
    limits.check_code(key)
    checked = passwords.check(person.id, current)
    if not checked.fits:
        with transaction.atomic(durable=True):
            limits.count_code(actor, key)
            note(actor, events.SIGN_IN_FAILED, person, done=False, reason="password", step="change")
        raise WrongPassword()
    prepared = prepare_new(person, new)
    with transaction.atomic():
        row = own_session(actor)
        history = history_of(person.id)
        if not passwords.replace(
            person.id, prepared.hashed, instead_of=checked.kept, history=history
        ):
            raise WrongPassword()
        ended = end_all(person.id, "password_changed", but=row.id)
        token = rotate(row, proved_at=row.proved_at)
        note(actor, events.PASSWORD_CHANGED, person, sessions_ended=ended)
        tell_changed(person, row.id)
    return SignIn(token, row.id, Step.DONE, acr=row.acr)


def prepare_new(person: Person, new: str) -> PreparedPassword:
    """`prepare_password` for a person who has one: also none of those that are remembered.

    :raises WeakPassword: with every problem.
    """
    prepared, history = prepare_password(new, context_of(person), person.id), history_of(person.id)
    if passwords.was_used(person.id, new, history):
        raise WeakPassword((PasswordReused(count=history),))
    return prepared


def history_of(person: UUID) -> int:
    """How many passwords are remembered for the person, the present one with them."""
    return password_policy(person).history


def context_of(person: Person) -> PasswordContext:
    """What a guesser knows about a person."""
    return PasswordContext(person.name, person.username, person.email, _agency_name(person.agency))


def _agency_name(code: str) -> str:
    """Empty for citizens, and for codes that were in no list when the person registered."""
    try:
        return agency(code).name if code else ""
    except Missing:
        return ""


def tell_changed(person: Person, session: UUID | None = None) -> None:
    """Tell the owner in every way there is that the password is another one now."""
    template = "authentication/mail/password_changed.txt"
    link = link_for(person.id, "password", session)
    tell_all_channels(person.id, template, {"at": clock.now()}, link=link)
