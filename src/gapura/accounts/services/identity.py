"""Handing in, checking, correcting and re-checking who someone is."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts import events
from gapura.accounts.errors import IdentityIsFixed, IdentityTaken
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, check_identity, recipient
from gapura.accounts.rules import Identity
from gapura.accounts.services.campaign_rows import settle
from gapura.accounts.services.case_ends import overtake_case
from gapura.accounts.services.proofs import ask_soon, prove_by_document
from gapura.accounts.services.rows import (
    identity_columns,
    identity_facts,
    locked,
    marks_of,
    record,
    sound_reason,
)
from gapura.accounts.states import (
    CONTACT_VERIFIED,
    NEEDS_CORRECTION,
    NEEDS_REVERIFICATION,
    PROFILE,
    VERIFIED,
)
from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.notifications.services import notify

_CORRECTABLE = frozenset({CONTACT_VERIFIED, NEEDS_CORRECTION, NEEDS_REVERIFICATION})


def submit_identity(*, actor: Actor, person_id: UUID) -> Person:
    """The person hands the data in for checking, as it stands after being read back.

    :raises NoSuchMove: it is being checked or verified already.
    """
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.SUBMIT_IDENTITY, IdentityCheck(person))
        before = {"state": person.state}
        move(PROFILE, person, "submit_identity", profile_confirmed_at=clock.now())
        record_move(actor, events.IDENTITY_SUBMITTED, person, before)
    return person


def correct_identity(*, actor: Actor, told: Identity) -> Person:
    """The person changes name, numbers or agency of the own account, before or between checks.

    :raises FieldProblems: with every problem by field.
    :raises IdentityIsFixed: the data is being checked, or is verified.
    """
    told = told.tidied()
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CORRECT_IDENTITY, IdentityCheck(person))
        if person.state not in _CORRECTABLE:
            raise IdentityIsFixed()
        checked = check_identity(told)
        if checked.problems:
            raise FieldProblems({field: found[0] for field, found in checked.problems.items()})
        before, were = identity_facts(person), marks_of(person)["identity"]
        # Numbers nobody has verified hold no place among the verified ones: a clash here would tell
        # that somebody else has them.
        columns = identity_columns(told) | {"verified_at": None}
        for column, value in columns.items():
            setattr(person, column, value)
        person.save(update_fields=list(columns))
        after = identity_facts(person)
        facts = {"identity_were": were, "identity": marks_of(person)["identity"]}
        record(actor, events.IDENTITY_CORRECTED, person, facts=facts, before=before, after=after)
        ask_soon(person)
    return person


def verify_identity(
    *,
    actor: Actor,
    person_id: UUID,
    agency: str = "",
    path: str = "",
    document_compared: bool = False,
) -> Person:
    """A verifier vouches for the identity; from here on the NIK belongs to this account alone.

    `agency` is the agency whose verifier decides, where that is not the home agency; `path` is
    that of the unit where the person asks for a role. Unless the civil registry confirmed the
    data, the verifier must have compared the identity document.

    :raises DocumentNotCompared: neither registry nor document proves the identity.
    :raises IdentityTaken: another verified account has the NIK or NIP.
    :raises NoSuchMove: nothing waits for checking.
    """
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.VERIFY_IDENTITY, IdentityCheck(person, agency, path))
        _demand_waiting(person)
        prove_by_document(actor, person, document_compared, agency)
        vouch(actor, person, agency)
        overtake_case(actor, person)
    return person


def _demand_waiting(person: Person) -> None:
    """A verified identity is decided on anew only where its owner sent a document for it."""
    if person.state == VERIFIED:
        raise NoSuchMove()


def vouch(actor: Actor, person: Person, agency: str) -> None:
    """Take the locked person to `verified`; who may was asked before.

    :raises IdentityTaken: another verified account has the NIK or NIP.
    :raises NoSuchMove: nothing waits for checking.
    """
    before = {"state": person.state}
    try:
        with transaction.atomic():
            now = clock.now()
            move(PROFILE, person, "verify_identity", verified_at=now, must_be_seen=False)
    except IntegrityError as error:
        raise IdentityTaken() from error
    settle(person.id)
    facts = {"kind": person.kind}
    record_move(actor, events.IDENTITY_VERIFIED, person, before, facts, agency)


def send_back(actor: Actor, person: Person, reason: str, agency: str) -> None:
    """Take the locked person to `needs_correction`; who may was asked before.

    :raises NoSuchMove: nothing waits for checking.
    """
    before = {"state": person.state}
    move(PROFILE, person, "ask_correction")
    record_move(actor, events.CORRECTION_ASKED, person, before, {"reason": reason}, agency)


def take_back_identity(*, actor: Actor, person_id: UUID) -> Person:
    """The person takes the data back to correct it, while nobody has decided.

    :raises NoSuchMove: nothing waits for checking.
    """
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.TAKE_BACK_IDENTITY, IdentityCheck(person))
        before = {"state": person.state}
        move(PROFILE, person, "take_back")
        record_move(actor, events.IDENTITY_TAKEN_BACK, person, before)
    return person


def ask_correction(
    *, actor: Actor, person_id: UUID, reason: str, agency: str = "", path: str = ""
) -> Person:
    """A verifier sends the identity back with a reason the person reads.

    `agency` and `path` as in `verify_identity`.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchMove: nothing waits for checking.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.ASK_CORRECTION, IdentityCheck(person, agency, path))
        _demand_waiting(person)
        send_back(actor, person, reason, agency)
        overtake_case(actor, person)
        _tell(person, "accounts/mail/correction_asked.txt", reason)
    return person


def require_reverification(*, actor: Actor, person_id: UUID, reason: str) -> Person:
    """The identity must be checked again: the person's own data changed, or the platform asks.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchMove: it is not verified.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        person = locked(person_id)
        require(actor, Can.REQUIRE_REVERIFICATION, IdentityCheck(person))
        before = {"state": person.state}
        move(PROFILE, person, "require_reverification", must_be_seen=True)
        record_move(actor, events.REVERIFICATION_REQUIRED, person, before, {"reason": reason})
        _tell(person, "accounts/mail/reverification_required.txt", reason)
        ask_soon(person)
    return person


def _tell(person: Person, template: str, reason: str) -> None:
    notify(recipient(person), template, {"reason": reason}, link="/account")


def record_move(
    actor: Actor,
    event: Event,
    person: Person,
    before: dict[str, Any],
    facts: dict[str, Any] | None = None,
    agency: str = "",
) -> None:
    """Write a move of the profile into the log: its state before and now."""
    after = {"state": person.state}
    record(actor, event, person, facts=facts, before=before, after=after, agency=agency)
