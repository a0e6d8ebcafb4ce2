"""Sending a request in: the letter enters the register, the clock starts, the version is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.drafts import from_json
from gapura.access.errors import Incomplete
from gapura.access.models import AccessRequest, AccessRule, Submission
from gapura.access.permissions import Can
from gapura.access.queries.drafts import lacks
from gapura.access.queries.requests import visible_request
from gapura.access.queries.verifiers import is_orphaned
from gapura.access.roles import Level
from gapura.access.rules import due_at
from gapura.access.services.details import grant_agency
from gapura.access.services.drafting import EDITABLE, is_registered
from gapura.access.services.entries import facts_of, note
from gapura.access.services.judging import judge_now
from gapura.access.services.notices import tell
from gapura.access.services.snapshots import document_of, letter_part, snapshot
from gapura.access.states import REQUEST
from gapura.accounts.services import submit_identity
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.references import next_reference
from gapura.organizations.queries import LetterText
from gapura.organizations.services import register_letter

__all__ = ["Submitted", "grant_agency", "submit_request"]
# Profile states from which sending a request also sends in the identity.
UNPROVEN = ("contact_verified", "needs_correction", "needs_reverification")


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it is kept: its number, and what the verifier gets to compare."""

    number: int
    snapshot: dict[str, Any]


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
    :raises RolesConflict: the law forbids the role beside another one of this person.
    :raises StandingNotAllowed, StandingTooLong, PrincipalMissing: nobody may stand in like this.
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
        warned = judge_now(actor, row, letter)
        last = Submission.objects.filter(request=row).order_by("number").last()
        letter_id = _letter(actor, row, letter, last)
        version = Version((last.number if last else 0) + 1, snapshot(row, letter, warned))
        return _send_in(actor, row, letter_id, version)


def _send_in(
    actor: Actor, row: AccessRequest, letter_id: UUID | None, version: Version
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
        "level": _level(row),
    }
    step = move(REQUEST, row, "submit", **changes)
    Submission.objects.create(
        request=row, number=version.number, snapshot=version.snapshot, submitted_at=now
    )
    if row.person.state in UNPROVEN:
        submit_identity(actor=actor, person_id=row.person_id)
    told = {**facts_of(row), "number": version.number, "due_at": due}
    event = note(actor, events.SUBMITTED, row, step, **told)
    tell(row.person, "request_submitted", row, event=event, due_at=due)
    return Submitted(row.id, row.reference, due)


def _level(row: AccessRequest) -> str:
    """Where it waits: an agency that nobody else verifies is looked after by the platform."""
    if row.level != Level.AGENCY or row.agency_id is None:
        return row.level
    path = row.unit.path if row.unit else ""
    return Level.PLATFORM if is_orphaned(row.agency_id, path, row.person_id) else row.level


def _letter(
    actor: Actor, row: AccessRequest, letter: LetterText, last: Submission | None
) -> UUID | None:
    """The registered letter; one that a correction left untouched is not registered twice.

    A company's letter stays with the request: the register is that of agencies.
    """
    if row.company_id is not None:
        return None
    if is_registered(row):
        return row.letter_id
    same = last is not None and all(
        last.snapshot[key] == value for key, value in letter_part(row, letter).items()
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
        document=document_of(row),
    )
