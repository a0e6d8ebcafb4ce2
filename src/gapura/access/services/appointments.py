"""Naming officers in a letter one by one, taking them off, and what those who are named decide."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.errors import (
    BadOfficer,
    Fault,
    ImportOpen,
    LetterNotOpen,
    NoSuchAppointment,
    TooLateToDecline,
)
from gapura.access.models import Appointment, Grant, Import
from gapura.access.officers import FAULTS
from gapura.access.permissions import Can
from gapura.access.queries.judging import Judge
from gapura.access.queries.officer_lines import Officer
from gapura.access.rules import REASON_AT_LEAST
from gapura.access.rules.sheets import Line, cell_text
from gapura.access.services.grants import end, locked
from gapura.access.services.officers import named_facts, note_officers, rows_of
from gapura.access.states import APPOINTMENT, LIVE_GRANT
from gapura.accounts.queries import free_text_problem
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.queries import register_letter_for
from gapura.organizations.services import hold_letter

LONGEST_REASON = 300
# Each tells whether a number and a name belong together; more people come as a file.
_TRIES = throttle.Limit("access.name_officer", 300, 3600)


@dataclass(frozen=True, slots=True)
class OfficerText:
    """One officer as typed into the form; days as texts, empty for those of the letter."""

    nik: str
    name: str
    role: str
    email: str = ""
    unit: str = ""
    valid_from: str = ""
    valid_until: str = ""
    standing: str = ""
    principal: str = ""


def open_letter_for(actor: Actor, letter_id: UUID) -> Any:
    """The locked row of a letter that this actor may name officers in.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    :raises Refused: the actor does not keep the letters of this agency or unit.
    :raises LetterNotOpen: it was decided.
    """
    register_letter_for(actor, letter_id)
    row = hold_letter(letter_id)
    require(actor, Can.NAME, row)
    if row.state != "entered":
        raise LetterNotOpen()
    return row


def name_officer(*, actor: Actor, letter_id: UUID, officer: OfficerText) -> UUID:
    """Name one officer in a letter that is not checked yet; answers the appointment's id.

    :raises NoSuchLetter, Refused, LetterNotOpen: see `open_letter_for`.
    :raises ImportOpen: a file of this letter is being worked on.
    :raises BadOfficer: with every problem by field.
    :raises TooMany: more than 300 tries in an hour.
    """
    throttle.count(_TRIES, str(actor.who))
    with transaction.atomic():
        letter = open_letter_for(actor, letter_id)
        if Import.objects.filter(letter=letter, state="running").exists():
            raise ImportOpen()
        (found,) = _judged(letter, officer)
        try:
            with transaction.atomic():
                (row,) = Appointment.objects.bulk_create(rows_of(letter, [found], actor.who))
        except IntegrityError as error:
            raise BadOfficer({"nik": Fault("named", FAULTS["named"])}) from error
        told = {row.id: named_facts(row)}
        note_officers(actor, events.NAMED, [row], letter=letter.reference, facts=told)
        return row.id


def _judged(letter: Any, officer: OfficerText) -> list[Officer]:
    """The one officer, read by the same rules as the lines of a file."""
    line = Line(1, {})
    for key, typed in asdict(officer).items():
        line.cells[key], fault = cell_text(key, typed)
        if fault:
            line.faults[key] = fault
    (found,) = Judge(letter).judge([line])
    if found is None:
        fields = {"nik" if key == "line" else key: code for key, code in line.faults.items()}
        raise BadOfficer({key: Fault(code, FAULTS[code]) for key, code in fields.items()})
    return [found]


def withdraw_officer(*, actor: Actor, appointment_id: UUID) -> None:
    """Take an officer off a letter before there is a grant.

    :raises NoSuchAppointment: unknown, or of a letter that is not this actor's to see.
    :raises Refused: the actor does not keep the letters of this agency or unit.
    :raises NoSuchMove: granted, declined or taken off already.
    """
    with transaction.atomic():
        row = _held(appointment_id)
        try:
            letter = register_letter_for(actor, row.letter_id)
        except NoSuchLetter as error:
            raise NoSuchAppointment() from error
        require(actor, Can.WITHDRAW_APPOINTMENT, letter.row)
        step = move(APPOINTMENT, row, "withdraw", ended_at=clock.now())
        note_officers(
            actor, events.APPOINTMENT_WITHDRAWN, [row], letter=letter.said.reference, step=step
        )


def decline_appointment(*, actor: Actor, appointment_id: UUID, reason: str) -> None:
    """The person does not take the office: what was prepared ends.

    :raises NoSuchAppointment: unknown, or not the actor's.
    :raises Refused: not strongly signed in.
    :raises FieldProblems: `reason`, not 10 to 300 characters.
    :raises TooLateToDecline: activated already.
    :raises NoSuchMove: taken off or declined already.
    """
    reason = " ".join(reason.split())
    if len(reason) < REASON_AT_LEAST or free_text_problem(reason, LONGEST_REASON):
        text = N_("Give a reason of 10 to 300 characters that your agency understands.")
        raise FieldProblems({"reason": text})
    with transaction.atomic():
        row = _held(appointment_id)
        if row.person_id is None or row.person_id != actor.person:
            raise NoSuchAppointment()
        require(actor, Can.DECLINE_APPOINTMENT, row)
        _end_prepared(actor, row, reason)
        step = move(APPOINTMENT, row, "decline", ended_at=clock.now())
        note_officers(
            actor,
            events.APPOINTMENT_DECLINED,
            [row],
            letter=row.letter.reference,
            step=step,
            facts={row.id: {"reason": reason}},
        )


def _end_prepared(actor: Actor, row: Appointment, reason: str) -> None:
    if row.grant_id is None:
        return
    grants: list[Grant] = [each for each in locked([row.grant_id]) if each.state in LIVE_GRANT]
    if any(each.state != "approved" for each in grants):
        raise TooLateToDecline()
    if not grants:
        raise NoSuchMove()
    end(actor, grants, "revoke", events.REVOKED, reason)


def _held(appointment_id: UUID) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("letter")
    row = rows.filter(pk=appointment_id).first()
    if row is None:
        raise NoSuchAppointment()
    return row
