"""Registering, confirming the address, and forgetting registrations nobody confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts import events
from gapura.accounts.errors import EmailTaken, UsernameTaken
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import (
    IdentityCheck,
    check_details,
    holder_of,
    is_same_try,
    people_at,
    recipient,
)
from gapura.accounts.rules import Details
from gapura.accounts.services.proofs import ask_soon
from gapura.accounts.services.rows import (
    identity_columns,
    identity_facts,
    locked,
    marks_of,
    phone_columns,
    record,
)
from gapura.accounts.services.taken_addresses import tell_holder_soon
from gapura.accounts.states import PROFILE, REGISTERED, UNCONFIRMED_HOURS
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.notifications.services import notify

# Bounds the mails one address can be made to get, whether or not it has an account.
TRIES = throttle.Limit("accounts.register", 10, 3600)
PRUNE_BATCH = 500


@dataclass(frozen=True, slots=True)
class Registered:
    """The new account. `decoy`: the address belongs to another account, whose owner is told.

    A decoy is a real row that no code can confirm, so that a stranger cannot tell the difference
    even by trying the same username again; it goes with the other unconfirmed ones. The
    caller mails a code only when it is none, and shows the same page either way.
    """

    person_id: UUID
    decoy: bool


def register(*, actor: Actor, details: Details) -> Registered:
    """Create an account in state `registered`, which can do nothing until its address is confirmed.

    The agency's code is checked for its form only: whether it exists is known one room above.

    :raises FieldProblems: with every problem by field.
    :raises TooMany: the address was used for too many registrations within an hour.
    """
    require(actor, Can.REGISTER)
    told = details.tidied()
    checked = check_details(told, actor)
    if checked.problems:
        raise FieldProblems({field: found[0] for field, found in checked.problems.items()})
    throttle.count(TRIES, told.email.lower())
    with transaction.atomic():
        _forget_same_try(actor, told)
        person = _create(told)
        after = identity_facts(person) | {"email": person.email}
        facts = {"kind": person.kind, "language": person.language, "agency": person.agency}
        facts |= marks_of(person)
        record(actor, events.REGISTERED, person, facts=facts, after=after)
        tell_holder_soon(actor, person.id)
        return Registered(person.id, decoy=holder_of(told.email) is not None)


def _create(told: Details) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create(
                username=told.username,
                email=told.email,
                language=told.language,
                state=PROFILE.start,
                created_at=clock.now(),
                **phone_columns(told.phone),
                **identity_columns(told),
            )
    except IntegrityError as error:
        # Someone took the name between the check and here.
        raise FieldProblems({"username": UsernameTaken()}) from error


def _forget_same_try(actor: Actor, told: Details) -> None:
    """A second try with the same address and username replaces the first, never takes it over."""
    person = Person.objects.select_for_update().filter(username=told.username).first()
    if person is not None and is_same_try(person, told):
        _forget(actor, person, "repeated")


def _forget(actor: Actor, person: Person, reason: str) -> None:
    record(actor, events.REGISTRATION_EXPIRED, person, facts={"reason": reason})
    person.delete()


def confirm_email(*, actor: Actor, person_id: UUID) -> Person:
    """The code sent to the address was right (the caller checked it): the account may sign in now.

    Other unconfirmed registrations with the address end, so nobody can squat on it.

    :raises EmailTaken: someone else confirmed the address first.
    :raises Refused: the account is not waiting for it.
    """
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.VERIFY_CONTACT, IdentityCheck(person))
        try:
            with transaction.atomic():
                move(PROFILE, person, "verify_contact", email_verified_at=clock.now())
        except IntegrityError as error:
            raise EmailTaken() from error
        others = people_at(person.email).filter(state=REGISTERED).select_for_update()
        for other in others.order_by("id"):
            _forget(actor, other, "confirmed_elsewhere")
        record(actor, events.CONTACT_VERIFIED, person, after={"email": person.email})
        ask_soon(person)
        notify(
            recipient(person),
            "accounts/mail/contact_verified.txt",
            {"username": person.username},
            link="/requests/new",
        )
    return person


def prune_registrations(*, actor: Actor, at: datetime) -> int:
    """Forget registrations that were not confirmed within 24 hours before `at`; answers how many.

    At most 500 at a time.
    """
    require(actor, Can.PRUNE)
    until = at - timedelta(hours=UNCONFIRMED_HOURS)
    with transaction.atomic():
        rows = Person.objects.filter(state=REGISTERED, created_at__lt=until).order_by("created_at")
        old = list(rows.select_for_update(skip_locked=True)[:PRUNE_BATCH])
        for person in old:
            record(actor, events.REGISTRATION_EXPIRED, person, facts={"reason": "unconfirmed"})
        Person.objects.filter(pk__in=[person.pk for person in old]).delete()
    return len(old)
