"""Sending a request in: the letter enters the register, the clock starts, the version is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.drafts import as_json, from_json
from gapura.access.errors import AlreadyHeld, Incomplete
from gapura.access.models import AccessRequest, AccessRule, Grant, Submission
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.queries.requests import lacks, visible_request
from gapura.access.roles import ROLES, Scope
from gapura.access.rules import due_at
from gapura.access.services.entries import facts_of, note
from gapura.access.services.notices import tell
from gapura.access.services.requests import EDITABLE
from gapura.access.states import LIVE_GRANT, REQUEST
from gapura.accounts.queries import masked, person_by_id
from gapura.accounts.services import submit_identity
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.references import next_reference
from gapura.organizations.queries import LetterText
from gapura.organizations.services import register_letter

# Profile states from which sending a request also sends in the identity.
UNPROVEN = ("contact_verified", "needs_correction", "needs_reverification")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the confirmation page shows: the reference to quote and when the answer is due."""

    request_id: UUID
    reference: str
    due_at: datetime


def submit_request(*, actor: Actor, request_id: UUID) -> Submitted:
    """Send the request in, after the read-back. The letter enters the register only now.

    The deadline is so many elapsed hours from this moment (rule `request_deadline_hours`). What
    was sent is kept unchanged as a numbered version. A person whose identity is not proven yet
    sends it in with the request.

    :raises NoSuchRequest: not there, or not the actor's.
    :raises Incomplete: with what is missing, by field.
    :raises FieldProblems: what the letter says has become impossible, by field.
    :raises AlreadyHeld: a live grant covers some of the same days.
    :raises NoSuchMove: it was sent in before; a doubled submit gives one request.
    """
    with transaction.atomic():
        row = visible_request(actor, request_id, lock=True)
        require(actor, Can.SUBMIT, row)
        if row.state not in EDITABLE:
            raise NoSuchMove()
        if missing := lacks(row):
            raise Incomplete(missing)
        letter = from_json(row.letter_draft).complete
        assert letter is not None  # noqa: S101 - lacks() said so
        last = Submission.objects.filter(request=row).order_by("number").last()
        letter_id = _letter(actor, row, letter, last)
        _refuse_overlap(row, letter)
        return _send_in(actor, row, letter_id, letter, (last.number if last else 0) + 1)


def _send_in(
    actor: Actor, row: AccessRequest, letter_id: UUID, letter: LetterText, number: int
) -> Submitted:
    """Start the clock, keep the version, send in the identity, record and tell."""
    now = clock.now()
    due = due_at(now, AccessRule.value_at("request_deadline_hours", clock.today()))
    changes: dict[str, Any] = {
        "letter_id": letter_id,
        "reference": row.reference or next_reference("AKS"),
        "submitted_at": now,
        "due_at": due,
        "claimed_by_id": None,
        "claimed_at": None,
    }
    step = move(REQUEST, row, "submit", **changes)
    snapshot = _snapshot(row, letter)
    Submission.objects.create(request=row, number=number, snapshot=snapshot, submitted_at=now)
    if row.person.state in UNPROVEN:
        submit_identity(actor=actor, person_id=row.person_id)
    note(actor, events.SUBMITTED, row, step, **facts_of(row), number=number, due_at=due)
    tell(row.person, "request_submitted", row, due_at=due)
    return Submitted(row.id, row.reference, due)


def _refuse_overlap(row: AccessRequest, letter: LetterText) -> None:
    first = max(letter.valid_from, clock.today(place_of(row).zone))
    held = Grant.objects.filter(
        person=row.person_id,
        role=row.role,
        agency=grant_agency(row),
        unit=row.unit_id,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
        valid__overlap=DateRange(first, letter.day_after),
    )
    if held.exists():
        raise AlreadyHeld()


def grant_agency(row: AccessRequest) -> str | None:
    """A platform role is held nowhere in particular; its request names who appoints."""
    return None if ROLES[row.role].scope is Scope.PLATFORM else row.agency_id


def _letter(actor: Actor, row: AccessRequest, letter: LetterText, last: Submission | None) -> UUID:
    """The registered letter; one that a correction left untouched is not registered twice."""
    same = last is not None and all(
        last.snapshot[key] == value for key, value in _letter_part(row, letter).items()
    )
    if same and row.letter_id is not None:
        return row.letter_id
    return register_letter(
        actor=actor,
        number=letter.number,
        signed_on=letter.signed_on,
        signer_name=letter.signer_name,
        signer_position=letter.signer_position,
        agency=row.agency_id or "",
        unit=row.unit_id,
        valid_from=letter.valid_from,
        valid_until=letter.valid_until,
        document=_document(row),
    )


def _letter_part(row: AccessRequest, letter: LetterText) -> dict[str, Any]:
    place = {"agency": row.agency_id or "", "unit": row.unit_id or ""}
    return {"letter": as_json(letter), "document": str(row.document_id), **place}


def _document(row: AccessRequest) -> UUID:
    assert row.document_id is not None  # noqa: S101 - lacks() said so
    return row.document_id


def _snapshot(row: AccessRequest, letter: LetterText) -> dict[str, Any]:
    """What the verifier gets to compare; identity numbers masked."""
    place, person = place_of(row), person_by_id(row.person_id)
    file = get_document(_document(row))
    return {
        "role": row.role,
        "agency_name": place.agency_name,
        "unit_name": place.unit_name,
        **_letter_part(row, letter),
        "file": {"name": file.name, "sha256": file.sha256, "pages": len(file.pages)},
        "person": {
            "username": person.username,
            "name": person.name,
            "kind": person.kind,
            "nik": masked(person.nik),
            "nip": masked(person.nip),
        },
    }
