"""Suspending, reinstating and closing accounts."""

from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.guardian import guardian
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, recipient
from gapura.accounts.services.case_ends import overtake_case
from gapura.accounts.services.proofs import ask_soon
from gapura.accounts.services.rows import locked, record, sound_reason
from gapura.accounts.states import PROFILE
from gapura.audit.events import Event
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.notifications.services import notify

_MAILS = {
    "suspend": "accounts/mail/suspended.txt",
    "reinstate": "accounts/mail/reinstated.txt",
    "close": "accounts/mail/closed.txt",
}


def suspend_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """Stop an account at once: its sessions and grants stop counting because they look here.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchMove: it is suspended or closed already.
    """
    return _act(actor, person_id, reason, "suspend", Can.SUSPEND, events.SUSPENDED)


def reinstate_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """Let a suspended account in again; the identity must be checked once more.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchMove: it is not suspended.
    """
    must = {"must_be_seen": True}
    return _act(actor, person_id, reason, "reinstate", Can.REINSTATE, events.REINSTATED, **must)


def close_person(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """End an account for good. Address and NIK become free; telephone and unit are deleted.

    Name and numbers stay, sealed, for the time that audits need them (Law 27/2022 article 16).

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchMove: it is closed already.
    """
    gone = {
        "phone": None,
        "phone_lookup": None,
        "likeness_lookup": None,
        "phone_verified_at": None,
        "unit_text": "",
        "pending_email": "",
        "pending_email_at": None,
    }
    return _act(actor, person_id, reason, "close", Can.CLOSE, events.CLOSED, **gone)


def _act(
    actor: Actor,
    person_id: UUID,
    reason: str,
    verb: str,
    permission: Can,
    event: Event,
    **changes: Any,
) -> Person:
    reason = sound_reason(reason)
    with transaction.atomic():
        person = locked(person_id)
        require(actor, permission, IdentityCheck(person))
        before = {"state": person.state}
        move(PROFILE, person, verb, **changes)
        after = {"state": person.state}
        if verb == "reinstate":
            ask_soon(person)
        else:
            guardian().shut_out(person.id)
        record(actor, event, person, facts={"reason": reason}, before=before, after=after)
        overtake_case(actor, person)
        notify(recipient(person), _MAILS[verb], {"reason": reason}, link="/help/contact")
    return person
