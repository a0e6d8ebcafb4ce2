"""The applicant's side of a request: prepare it, correct it, take it back."""

from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.drafts import LetterDraft, as_json
from gapura.access.errors import AlreadyOpen, DraftChanged, Incomplete
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.requests import draft_version, visible_request
from gapura.access.roles import ROLES, Level
from gapura.access.services.entries import facts_of, note
from gapura.access.states import OPEN_REQUEST, REQUEST
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.organizations.queries import LetterText, letter_problems
from gapura.organizations.queries import agency as find_agency
from gapura.organizations.queries import unit as find_unit

_OTHER_UNIT = N_("This unit does not belong to the agency. Choose another one.")
EDITABLE = ("draft", "needs_correction")


def save_draft(
    *,
    actor: Actor,
    role: str,
    agency: str | None = None,
    unit: str | None = None,
    letter: LetterText | LetterDraft | None = None,
    document: UUID | None = None,
    request_id: UUID | None = None,
    seen: str = "",
) -> UUID:
    """Prepare a request page by page; what is None stays as it is. Answers the request's id.

    Without `request_id` a new one begins. Only a draft, and a request that came back for
    correction, can be changed. `document` is one that the actor handed in. A letter may be saved
    in part; it is judged once all of it is there. `seen` is the `DraftView.version` that the page
    showed, where it matters that nothing changed since.

    :raises NoSuchRequest: not there, or not the actor's.
    :raises Refused: the person cannot hold this role.
    :raises Incomplete: the unit or the letter is impossible, by field.
    :raises AlreadyOpen: there is another open request for the same role and place.
    :raises NoSuchMove: the request was sent in meanwhile.
    :raises DraftChanged: it is not what was seen.
    """
    with transaction.atomic():
        row = _draft(actor, request_id, role, seen)
        require(actor, Can.DRAFT, row)
        if row.state not in EDITABLE:
            raise NoSuchMove()
        _set_place(row, agency, unit)
        if letter is not None:
            row.letter_draft = _checked(row, letter)
        if document is not None:
            row.document_id = _own_document(actor, document)
        _save(row)
        if request_id is None:
            note(actor, events.DRAFTED, row, **facts_of(row))
        return row.id


def _draft(actor: Actor, request_id: UUID | None, role: str, seen: str) -> AccessRequest:
    if request_id is None:
        row = AccessRequest(person_id=actor.who, created_at=clock.now(), level=Level.AGENCY)
    else:
        row = visible_request(actor, request_id, lock=True)
        if seen and row.state in EDITABLE and seen != draft_version(row):
            raise DraftChanged()
    row.role = role
    if role in ROLES and row.escalated_at is None:
        row.level = ROLES[role].level
    return row


def _set_place(row: AccessRequest, agency: str | None, unit: str | None) -> None:
    """The unit belongs to the agency, and only unit roles have one.

    :raises NoSuchAgency, NoSuchUnit: unknown or closed places.
    """
    if agency is not None and agency != row.agency_id:
        row.agency_id = find_agency(agency).code if agency else None
        row.unit_id = None
    if not ROLES[row.role].needs_unit:
        row.unit_id = None
    elif unit is not None:
        row.unit_id = _unit_code(unit, row.agency_id) if unit else None


def _unit_code(code: str, agency: str | None) -> str:
    found = find_unit(code)
    if found.agency != agency:
        raise Incomplete({"unit": _OTHER_UNIT})
    return found.code


def _checked(row: AccessRequest, letter: LetterText | LetterDraft) -> dict[str, str]:
    """The letter for keeping, once what it says is possible today; checked again when sent in."""
    zone = row.unit.zone if row.unit else clock.JAKARTA
    whole = letter.complete if isinstance(letter, LetterDraft) else letter
    if whole and (problems := letter_problems(whole, clock.today(zone))):
        raise Incomplete(problems)
    return as_json(letter)


def _own_document(actor: Actor, document: UUID) -> UUID:
    """The id again, once it is known to be a letter that this actor handed in."""
    found = get_document(document)
    if found.uploaded_by != actor.person or found.purpose != "letter":
        raise NoSuchDocument()
    return found.id


def _save(row: AccessRequest) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        other = AccessRequest.objects.filter(
            person=row.person_id,
            role=row.role,
            agency=row.agency_id,
            unit=row.unit_id,
            state__in=OPEN_REQUEST,
        ).exclude(pk=row.pk)
        found = other.values_list("id", flat=True).first()
        if found is None:
            raise
        raise AlreadyOpen(found) from error


def withdraw_request(*, actor: Actor, request_id: UUID) -> None:
    """Take back an own request that is not decided.

    :raises NoSuchRequest: not there, or not the actor's.
    :raises NoSuchMove: it was decided meanwhile.
    """
    with transaction.atomic():
        row = visible_request(actor, request_id, lock=True)
        require(actor, Can.WITHDRAW, row)
        changes = {"due_at": None, "claimed_by_id": None, "claimed_at": None}
        step = move(REQUEST, row, "withdraw", decided_at=clock.now(), **changes)
        note(actor, events.WITHDRAWN, row, step)
