"""The verifier's side of a request: claim, release, ask for correction, reject."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from gapura.access import events
from gapura.access.errors import (
    AlreadyDecided,
    BadDecision,
    ClaimedByAnother,
)
from gapura.access.models import AccessRequest, Correction, Submission
from gapura.access.permissions import Can
from gapura.access.queries.requests import visible_request
from gapura.access.reasons import (
    CORRECTABLE,
    CORRECTION_REASONS,
    IDENTITY,
    REJECTION_REASONS,
)
from gapura.access.rules import REASON_AT_LEAST, CorrectionNote
from gapura.access.services.entries import note
from gapura.access.services.notices import tell
from gapura.access.states import REQUEST, WAITING_REQUEST
from gapura.accounts.queries import note_problem, tidy_note
from gapura.accounts.services import ask_correction as ask_identity_correction
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.claims import CLAIM_MINUTES, claim_is_free
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import Refused, decide
from gapura.kernel.problems import Problem
from gapura.kernel.states import Step
from gapura.kernel.texts import N_

_FREE = {"claimed_by_id": None, "claimed_at": None}
NOTE_LIMIT = 500
REASON_LIMIT = 1000
_TOO_SHORT = N_("Write at least 10 characters, so that the applicant knows what to do.")
_TOO_LONG = N_("Shorten this text.")


def open_for(actor: Actor, can: Can, request_id: UUID) -> AccessRequest:
    """The locked row, once the actor may do this to it now.

    :raises NoSuchRequest: not there, or not for this actor.
    :raises Refused: with the reasons.
    :raises AlreadyDecided: naming who was first.
    :raises ClaimedByAnother: naming who checks it now.
    """
    row = visible_request(actor, request_id, lock=True)
    verdict = decide(actor, can, row)
    lacks_only_claim = {c.name for c in verdict.missing} <= {"holds_the_claim"}
    if not lacks_only_claim:
        raise Refused(verdict)
    if row.decided_by is not None:
        raise AlreadyDecided(name=row.decided_by.name)
    if row.state not in WAITING_REQUEST:
        raise NoSuchMove()
    if not verdict:
        _refuse_if_claimed(row)
        raise Refused(verdict)
    return row


def _refuse_if_claimed(row: AccessRequest) -> None:
    free = claim_is_free(row.claimed_by_id, row.claimed_at, clock.now())
    if row.claimed_by is not None and not free:
        raise ClaimedByAnother(name=row.claimed_by.name, minutes=CLAIM_MINUTES)


def claim_request(*, actor: Actor, request_id: UUID) -> None:
    """Take a request to check it. A claim lasts CLAIM_MINUTES; after that others may take it over.

    Claiming again what one holds renews the claim.

    :raises NoSuchRequest, Refused, AlreadyDecided: see above.
    :raises ClaimedByAnother: somebody took it less than CLAIM_MINUTES ago.
    """
    with transaction.atomic():
        row = open_for(actor, Can.CLAIM, request_id)
        renewed = row.claimed_by_id == actor.person
        if not renewed:
            _refuse_if_claimed(row)
        step = move(REQUEST, row, "claim", claimed_by_id=actor.who, claimed_at=clock.now())
        if not renewed:
            note(actor, events.CLAIMED, row, step)


def release_request(*, actor: Actor, request_id: UUID) -> None:
    """Give a claimed request back to the queue. The deadline stays.

    :raises NoSuchRequest, Refused, AlreadyDecided, ClaimedByAnother: see above.
    """
    with transaction.atomic():
        row = open_for(actor, Can.RELEASE, request_id)
        step = move(REQUEST, row, "release", **_FREE)
        note(actor, events.RELEASED, row, step)


def settle(actor: Actor, row: AccessRequest, verb: str, **changes: Any) -> Step:
    """Move a request to its decision, by this actor at this moment."""
    decision = {"decided_by_id": actor.who, "decided_at": clock.now(), "due_at": None}
    return move(REQUEST, row, verb, **decision, **changes)


def ask_correction(*, actor: Actor, request_id: UUID, notes: Sequence[CorrectionNote]) -> None:
    """Send the request back, field by field. The clock stops until it is sent in again.

    When a field of the profile is among them, the applicant may change the profile again.

    :raises NoSuchRequest, Refused, AlreadyDecided, ClaimedByAnother: see above.
    :raises BadDecision: no field, an unknown field or reason, a note missing or too long.
    """
    _check_notes(notes)
    with transaction.atomic():
        row = open_for(actor, Can.ASK_CORRECTION, request_id)
        version = Submission.objects.filter(request=row).order_by("number").last()
        now = clock.now()
        Correction.objects.bulk_create(
            Correction(
                submission=version,
                field=n.field,
                reason_code=n.reason_code,
                note=tidy_note(n.note),
                asked_by_id=actor.who,
                asked_at=now,
            )
            for n in notes
        )
        step = move(REQUEST, row, "ask_correction", due_at=None, **_FREE)
        if row.person.state == "identity_pending" and _on_identity(notes):
            _send_identity_back(actor, row, notes)
        asked = [{"field": n.field, "reason": n.reason_code} for n in notes]
        event = note(actor, events.CORRECTION_ASKED, row, step, corrections=asked)
        tell(row.person, "correction_asked", row, event=event, corrections=_lines(notes))


def _on_identity(notes: Sequence[CorrectionNote]) -> list[CorrectionNote]:
    return [n for n in notes if n.field.startswith(IDENTITY)]


def _send_identity_back(actor: Actor, row: AccessRequest, notes: Sequence[CorrectionNote]) -> None:
    with override(row.person.language):
        lines = [f"{gettext(CORRECTABLE[n.field])}: {_why(n)}" for n in _on_identity(notes)]
    reason = "; ".join(lines)
    ask_identity_correction(
        actor=actor,
        person_id=row.person_id,
        agency=row.agency_id or "",
        path=row.unit.path if row.unit else "",
        reason=reason,
    )


def _why(n: CorrectionNote) -> str:
    reason = gettext(CORRECTION_REASONS[n.reason_code])
    told = " ".join(n.note.split())
    return f"{reason} ({told})" if told else reason


def _lines(notes: Sequence[CorrectionNote]) -> list[dict[str, str]]:
    return [
        {
            "field": CORRECTABLE[n.field],
            "reason": CORRECTION_REASONS[n.reason_code],
            "note": tidy_note(n.note),
        }
        for n in notes
    ]


def _check_notes(notes: Sequence[CorrectionNote]) -> None:
    problems: dict[str, Any] = {}
    if not notes:
        problems["corrections"] = N_("Choose at least one field that has to be corrected.")
    if len({n.field for n in notes}) != len(notes):
        problems["corrections"] = N_("Name each field once.")
    for n in notes:
        if problem := _note_problem(n):
            problems[n.field] = problem
    if problems:
        raise BadDecision(problems)


def _note_problem(n: CorrectionNote) -> Problem | str:
    if n.field not in CORRECTABLE:
        return N_("This field cannot be sent back.")
    if n.reason_code not in CORRECTION_REASONS:
        return N_("Choose a reason.")
    if n.reason_code == "other" and len(tidy_note(n.note)) < REASON_AT_LEAST:
        return _TOO_SHORT
    if len(n.note) > NOTE_LIMIT:
        return _TOO_LONG
    return note_problem(tidy_note(n.note), NOTE_LIMIT) or ""


def reject_request(*, actor: Actor, request_id: UUID, reason_code: str, reason: str) -> None:
    """Reject for good, with a code of REJECTION_REASONS and an explanation.

    :raises NoSuchRequest, Refused, AlreadyDecided, ClaimedByAnother: see above.
    :raises BadDecision: unknown code, or an explanation under 10 or over 1,000 characters, or
        with letters that nobody sees.
    """
    reason = tidy_note(reason)
    problems: dict[str, Any] = {}
    if reason_code not in REJECTION_REASONS:
        problems["reason_code"] = N_("Choose a reason.")
    if not REASON_AT_LEAST <= len(reason) <= REASON_LIMIT:
        problems["reason"] = _TOO_SHORT if len(reason) < REASON_AT_LEAST else _TOO_LONG
    elif unsafe := note_problem(reason, REASON_LIMIT):
        problems["reason"] = unsafe
    if problems:
        raise BadDecision(problems)
    with transaction.atomic():
        row = open_for(actor, Can.REJECT, request_id)
        step = settle(actor, row, "reject", reason_code=reason_code, reason=reason)
        event = note(actor, events.REJECTED, row, step, reason_code=reason_code, reason=reason)
        why = REJECTION_REASONS[reason_code]
        tell(row.person, "request_rejected", row, event=event, reason=why, explanation=reason)
