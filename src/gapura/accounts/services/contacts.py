"""Changing the e-mail address: the new one is proven by a code, the old one is told."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts import events
from gapura.accounts.choices import EMAIL, PHONE
from gapura.accounts.errors import EmailTaken, EmailUnchanged, NoChangeWaiting
from gapura.accounts.guardian import guardian
from gapura.accounts.models import ContactChange, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, holder_of
from gapura.accounts.queries.undoing import masked_contact
from gapura.accounts.rules import canonical_email, email_problem
from gapura.accounts.rules.undoing import undo_link
from gapura.accounts.services.rows import contact_mark, locked, marks_of, record
from gapura.accounts.services.taken_addresses import tell_holder_soon
from gapura.accounts.services.undoing import keep_open, settle
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.notifications.services import Recipient, notify

_PENDING = ["pending_email", "pending_email_at"]
TRIES = throttle.Limit("accounts.change_email", 5, 3600)


@dataclass(frozen=True, slots=True)
class EmailChange:
    """The address now waiting for its code. `decoy`: it is somebody else's, who is told."""

    email: str
    decoy: bool


def begin_email_change(*, actor: Actor, email: str) -> EmailChange:
    """Note the new address. The caller mails a code there unless it is a decoy, and says the same.

    :raises FieldProblems: it is no address, or the present one.
    :raises TooMany: more than five changes begun within an hour.
    """
    typed = email.strip()
    if (problem := email_problem(typed)) is not None:
        raise FieldProblems({"email": problem})
    address = canonical_email(typed)
    throttle.count(TRIES, str(actor.who))
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CHANGE_CONTACT, IdentityCheck(person))
        if address.lower() == person.email.lower():
            raise FieldProblems({"email": EmailUnchanged()})
        person.pending_email, person.pending_email_at = address, clock.now()
        person.save(update_fields=_PENDING)
        record(
            actor,
            events.CHANGE_BEGUN,
            person,
            before={"email": person.email},
            after={"pending_email": address},
        )
        _tell_old(actor, person, "email_change_begun", address)
        tell_holder_soon(actor, person.id)
        return EmailChange(address, decoy=holder_of(address) is not None)


def finish_email_change(*, actor: Actor) -> Person:
    """The code sent to the new address was right (the caller checked it): it counts from now on.

    :raises NoChangeWaiting: there is none.
    :raises EmailTaken: someone else confirmed the address first.
    """
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CHANGE_CONTACT, IdentityCheck(person))
        if not person.pending_email:
            raise NoChangeWaiting()
        old, new = person.email, person.pending_email
        _tell_changed(actor, person, new, keep_open(actor, person, EMAIL, old, new))
        person.email, person.email_verified_at = new, clock.now()
        person.pending_email, person.pending_email_at = "", None
        try:
            with transaction.atomic():
                person.save(update_fields=["email", "email_verified_at", *_PENDING])
        except IntegrityError as error:
            raise EmailTaken() from error
        _note_change(actor, person, old)
    return person


def recover_email(*, actor: Actor, person_id: UUID, email: str) -> Person:
    """The mailbox was lost, two people vouched, and a code sent to the new address was right.

    :raises EmailTaken: someone else holds the address by now.
    """
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.RECOVER_CONTACT, IdentityCheck(person))
        old, new = person.email, canonical_email(email)
        # No link takes this back: the mailbox was given up as lost, and may be a thief's by now.
        # Nor a telephone's, which would lock out whom two people have just let in.
        settle(actor, person, EMAIL)
        settle(actor, person, PHONE)
        _tell_old(actor, person, "email_changed", new)
        person.email, person.email_verified_at = new, clock.now()
        person.pending_email, person.pending_email_at = "", None
        try:
            with transaction.atomic():
                person.save(update_fields=["email", "email_verified_at", *_PENDING])
        except IntegrityError as error:
            raise EmailTaken() from error
        _note_change(actor, person, old)
    return person


def _note_change(actor: Actor, person: Person, old: str) -> None:
    """The address counts from now on; its fingerprint is what the table is held against."""
    facts = {"contact_were": contact_mark(person.id, old), "contact": marks_of(person)["contact"]}
    before, after = {"email": old}, {"email": person.email}
    record(actor, events.CONTACT_CHANGED, person, facts=facts, before=before, after=after)


def cancel_email_change(*, actor: Actor) -> Person:
    """Drop the new address; doing it twice does nothing more."""
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CHANGE_CONTACT, IdentityCheck(person))
        dropped = person.pending_email
        if dropped:
            person.pending_email, person.pending_email_at = "", None
            person.save(update_fields=_PENDING)
            record(actor, events.CHANGE_CANCELED, person, before={"pending_email": dropped})
    return person


def _tell_old(actor: Actor, person: Person, mail: str, new: str) -> None:
    """The address that still counts, with the new one masked: the mailbox may be a shared one.

    And every other way there is: whoever took the mailbox over would not pass it on.
    """
    facts = {"new_email": masked_contact(EMAIL, new), "until": None}
    guardian().tell(actor, person.id, f"accounts/mail/{mail}.txt", facts, "email")


def _tell_changed(actor: Actor, person: Person, new: str, change: ContactChange | None) -> None:
    """The last settled address gets the link that takes the change back; one that came and went
    within the time is told only.
    """
    if change is None or change.old.lower() != person.email.lower():
        _tell_old(actor, person, "email_changed", new)
    if change is None:
        return
    mail, link = "accounts/mail/email_changed.txt", undo_link(change.id)
    facts = {"new_email": masked_contact(EMAIL, new), "until": change.undo_until}
    if change.old.lower() == person.email.lower():
        guardian().tell(actor, person.id, mail, facts, "email", link)
    else:
        facts["not_me"] = ""
        # Not behind the bell: whoever is signed in now may be the one it is about.
        notify(Recipient(None, person.name, change.old, person.language), mail, facts, link=link)
