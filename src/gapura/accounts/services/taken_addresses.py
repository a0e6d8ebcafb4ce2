"""Telling the owner of an address that somebody else wanted it: later, so that no time tells."""

from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import holder_of, recipient
from gapura.accounts.services.rows import record
from gapura.accounts.states import REGISTERED
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.kernel.throttle import TooMany
from gapura.notifications.services import notify

# One wish, one mail: the job may run twice.
TOLD = throttle.Limit("accounts.tell_holder", 1, 24 * 60 * 60)


def tell_holder_soon(actor: Actor, person: UUID) -> None:
    """In the caller's transaction; only a job looks whether the address is anybody's.

    Telling the owner at once took longer than telling nobody, which told a stranger whose addresses
    have an account.
    """
    enqueue("accounts.tell_holder", person=str(person), ip=actor.ip or "")


def tell_holder(*, actor: Actor, person_id: UUID) -> None:
    """Tell whoever holds the address that this person wants to prove, once; else do nothing."""
    require(actor, Can.REGISTER)
    with transaction.atomic():
        person = Person.objects.filter(pk=person_id).first()
        wanted = (person.pending_email or person.email) if person else ""
        owner = holder_of(wanted) if wanted else None
        if person is None or owner is None or owner.id == person.id:
            return
        try:
            throttle.count(TOLD, f"{person.id}:{wanted.lower()}")
        except TooMany:
            return
        if person.state == REGISTERED:
            record(actor, events.REGISTRATION_REPEATED, owner)
        notify(
            recipient(owner),
            "accounts/mail/already_registered.txt",
            {"username": owner.username},
            bell=False,
            link="/login",
        )
