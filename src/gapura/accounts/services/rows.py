"""What the services here share: loading a row to change it, and recording an event about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gapura.accounts.errors import NoSuchPerson, ReasonTooShort, TextTooLong, TextUnsafe
from gapura.accounts.models import Person
from gapura.accounts.rules import Identity, free_text_problem, masked, tidy
from gapura.accounts.rules.duplicates import likeness
from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup

LEAST_REASON, LONGEST_REASON = 10, 500


def locked(person_id: UUID) -> Person:
    """The row, locked to the end of the transaction.

    :raises NoSuchPerson: unknown id.
    """
    found = Person.objects.select_for_update().filter(pk=person_id).first()
    if found is None:
        raise NoSuchPerson()
    return found


def record(
    actor: Actor,
    event: Event,
    person: Person,
    *,
    facts: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    agency: str = "",
) -> UUID:
    """One event about a person; `agency` is the one that reads it (else the home agency)."""
    return audit.record(
        actor,
        event,
        Subject("person", str(person.id), person.username),
        facts=facts or {},
        before=before,
        after=after,
        agency=agency or person.agency,
        person=person.id,
    )


def contact_mark(person_id: UUID, email: str) -> str:
    """The fingerprint of where a person is reached."""
    return audit.mark("accounts.person.contact", f"{person_id}|{email}")


def marks_of(person: Person) -> dict[str, str]:
    """Fingerprints of where a person is reached and of who they are, for the first entry and for
    each that changes one; `claims.py` holds the rows against them.
    """
    nip = bytes(person.nip_lookup).hex() if person.nip_lookup else ""
    known = (person.kind, person.name, bytes(person.nik_lookup).hex(), nip, person.agency)
    return {
        "contact": contact_mark(person.id, person.email),
        "identity": audit.mark("accounts.person.identity", "|".join((str(person.id), *known))),
    }


def sound_reason(text: str) -> str:
    """A tidy reason of 10 to 500 characters.

    :raises ReasonTooShort, TextTooLong, TextUnsafe: it is none.
    """
    reason = tidy(" ".join(text.split()))
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    problem = free_text_problem(reason, LONGEST_REASON)
    if isinstance(problem, TextTooLong | TextUnsafe):
        raise problem
    return reason


def identity_columns(told: Identity) -> dict[str, Any]:
    """Columns of a checked and tidied identity."""
    return {
        "kind": told.kind,
        "name": told.name,
        "nik": told.nik,
        "nik_lookup": lookup(told.nik, "nik"),
        "nip": told.nip or None,
        "nip_lookup": lookup(told.nip, "nip") if told.nip else None,
        "agency": told.agency,
        "unit_text": told.unit_text,
        "likeness_lookup": lookup(likeness(told.name, told.nik), "likeness"),
    }


def phone_columns(phone: str | None) -> dict[str, Any]:
    """The number and the keyed hash by which the same one is found at another account."""
    found = phone or None
    return {"phone": found, "phone_lookup": lookup(found, "phone") if found else None}


def identity_facts(person: Person) -> dict[str, Any]:
    """What the log keeps of an identity: numbers masked even in their commitments."""
    return {
        "kind": person.kind,
        "agency": person.agency,
        "name": person.name,
        "nik": masked(person.nik),
        "nip": masked(person.nip),
    }
