"""Entering and revoking appointment letters (SK)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.references import next_reference
from gapura.organizations import events
from gapura.organizations.errors import (
    AgencyClosed,
    DocumentMissing,
    LetterEnded,
    NoSuchAgency,
    NoSuchLetter,
    NoSuchUnit,
    ReasonMissing,
    UnitClosed,
    UnitElsewhere,
)
from gapura.organizations.letter_facts import LetterToEnd
from gapura.organizations.models import Agency, AppointmentLetter, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.rules import (
    LetterText,
    is_code,
    is_plain_line,
    letter_problems,
    tidy_line,
)
from gapura.organizations.states import LETTER

LEAST_REASON, LONGEST_REASON = 10, 500


def register_letter(
    *,
    actor: Actor,
    number: str,
    signed_on: date,
    signer_name: str,
    signer_position: str,
    agency: str,
    unit: str | None,
    valid_from: date,
    valid_until: date,
    document: UUID,
) -> UUID:
    """Enter the actor's copy of a letter; `valid_until` is its last day. Answers the letter's id.

    :raises FieldProblems: with every problem by field (`number`, `signed_on`, `valid_until`, ...).
    """
    letter = LetterText(
        tidy_line(number),
        signed_on,
        tidy_line(signer_name),
        tidy_line(signer_position),
        valid_from,
        valid_until,
    )
    with transaction.atomic():
        require(actor, Can.REGISTER_LETTER)
        place, problems = place_of_letter(agency, unit)
        today = clock.today(place.zone if place else clock.JAKARTA)
        problems |= letter_problems(letter, today) | document_problem(actor, document)
        if problems:
            raise FieldProblems(problems)
        row = AppointmentLetter.objects.create(
            reference=next_reference("SK"),
            number=letter.number,
            signed_on=letter.signed_on,
            signer_name=letter.signer_name,
            signer_position=letter.signer_position,
            agency_id=agency,
            unit=place,
            valid=DateRange(letter.valid_from, letter.day_after),
            document_id=document,
            created_by=actor.who,
            created_at=clock.now(),
        )
        _record_registered(actor, row, letter)
    return row.id


def _record_registered(actor: Actor, row: AppointmentLetter, letter: LetterText) -> None:
    audit.record(
        actor,
        events.LETTER_REGISTERED,
        Subject("letter", str(row.id), row.reference),
        facts={
            "number": letter.number,
            "signed_on": letter.signed_on,
            "signer_name": letter.signer_name,
            "signer_position": letter.signer_position,
            "valid_from": letter.valid_from,
            "valid_until": letter.valid_until,
            **paper_of(row),
        },
        agency=row.agency_id,
        unit=row.unit_id or "",
        person=row.created_by,
    )


def paper_of(row: AppointmentLetter) -> dict[str, Any]:
    """The facts that say which scan the letter is, and with which bytes."""
    return {"document": row.document_id, "digest": row.document.content_id}


def place_of_letter(agency: str, unit: str | None) -> tuple[Unit | None, dict[str, Problem]]:
    """The unit named, and what is wrong with the place, by field."""
    problems: dict[str, Problem] = {}
    body = Agency.objects.filter(pk=agency).first() if is_code(agency) else None
    if body is None:
        problems["agency"] = NoSuchAgency()
    elif body.closed_on and body.closed_on <= clock.today():
        problems["agency"] = AgencyClosed(name=body.name)
    if not unit:
        return None, problems
    place = Unit.objects.filter(pk=unit).first() if is_code(unit) else None
    if place is None:
        problems["unit"] = NoSuchUnit()
    elif place.agency_id != agency:
        problems["unit"] = UnitElsewhere()
    elif place.closed_on and place.closed_on <= clock.today(place.zone):
        problems["unit"] = UnitClosed(name=place.name)
    return place, problems


def document_problem(actor: Actor, document: UUID) -> dict[str, Problem]:
    """A letter rests only on its owner's own file: else ids of others' files could be tried."""
    try:
        owner = get_document(document).uploaded_by
    except NoSuchDocument:
        return {"document": DocumentMissing()}
    return {} if owner == actor.person else {"document": DocumentMissing()}


def revoke_letter(*, actor: Actor, letter_id: UUID, reason: str, above: bool = False) -> None:
    """End a letter now. Every grant that rests on it stops at once, because grants look here.

    `above`: it gives somebody a role that the platform decides, so the agency does not end it.

    :raises NoSuchLetter: unknown, or not this actor's to know of.
    :raises ReasonMissing: not 10 to 500 characters.
    :raises LetterEnded: revoked before.
    :raises NoSuchMove: it stands in the register and was never checked.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = known(actor, letter_id)
        require(actor, Can.REVOKE_LETTER, LetterToEnd(row, above))
        before = {"state": row.state}
        _end(actor, row, reason)
        audit.record(
            actor,
            events.LETTER_REVOKED,
            Subject("letter", str(row.id), row.reference),
            facts={"reason": reason},
            before=before,
            after={"state": row.state},
            agency=row.agency_id,
            unit=row.unit_id or "",
            person=row.created_by,
        )


def sound_reason(text: str) -> str:
    """The reason, tidied.

    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = tidy_line(text)
    if not is_plain_line(reason, LEAST_REASON, LONGEST_REASON):
        raise ReasonMissing(least=LEAST_REASON, most=LONGEST_REASON)
    return reason


def _end(actor: Actor, row: AppointmentLetter, reason: str) -> None:
    """Mark the locked row: one in the register moves along its table, a person's own copy ends."""
    if row.revoked_at is not None:
        raise LetterEnded()
    how = {"revoked_at": clock.now(), "revoked_by": actor.person, "revoke_reason": reason}
    if row.state:
        move(LETTER, row, "revoke", **how)
    else:
        AppointmentLetter.objects.filter(pk=row.pk).update(**how)


def hold_letter(letter_id: UUID) -> AppointmentLetter:
    """The row, locked to the end of the transaction: who names, checks or ends waits for others.

    For rooms that have asked their own permission.

    :raises NoSuchLetter: unknown id.
    """
    row = AppointmentLetter.objects.select_for_update().filter(pk=letter_id).first()
    if row is None:
        raise NoSuchLetter()
    return row


def known(actor: Actor, letter_id: UUID) -> AppointmentLetter:
    """The locked row, when the actor may know of it; foreign agencies get nobody's answer."""
    row = AppointmentLetter.objects.select_for_update().filter(pk=letter_id).first()
    if row is None or not (actor.system or may(actor, Can.SEE_LETTER, row)):
        raise NoSuchLetter()
    return row
