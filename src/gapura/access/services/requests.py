"""The applicant's side of a request: prepare it, correct it, take it back."""

from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.drafts import LetterDraft, as_json
from gapura.access.errors import DraftChanged, Incomplete, KeptByRenewal
from gapura.access.forms import OF_THE_UNIT, may_be_at_a_company
from gapura.access.kinds import BOUNDED, DEFINITIVE
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.budget import budget_problem
from gapura.access.queries.drafts import draft_version
from gapura.access.queries.requests import visible_request
from gapura.access.roles import ROLES, Level
from gapura.access.services.drafting import (
    EDITABLE,
    forget_letter,
    is_registered,
    save_row,
    set_beyond_year,
    set_level,
)
from gapura.access.services.entries import facts_of, note
from gapura.access.states import REQUEST
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

__all__ = ["EDITABLE", "save_draft", "withdraw_request"]
_OTHER_UNIT = N_("This unit does not belong to the agency. Choose another one.")


def save_draft(
    *,
    actor: Actor,
    role: str,
    agency: str | None = None,
    unit: str | None = None,
    leaves: str | None = None,
    letter: LetterText | LetterDraft | None = None,
    beyond_year: bool | None = None,
    document: UUID | None = None,
    request_id: UUID | None = None,
    seen: str = "",
) -> UUID:
    """Prepare a request page by page; what is None stays as it is. Answers the request's id.

    Without `request_id` a new one begins. Only a draft, and a request that came back for
    correction, can be changed. `document` is one that the actor handed in. A letter may be saved
    in part; it is judged once all of it is there. `beyond_year` says that the letter itself names
    a last day after the budget year. `leaves` is the agency that the person moves away from.
    `seen` is the `DraftView.version` that the page showed, where it matters that nothing changed.

    :raises NoSuchRequest: not there, or not the actor's.
    :raises Refused: the person cannot hold this role.
    :raises Incomplete: the unit or the letter is impossible, by field.
    :raises AlreadyOpen: there is another open request for the same role and place.
    :raises NoSuchMove: the request was sent in meanwhile.
    :raises DraftChanged: it is not what was seen.
    :raises KeptByRenewal: a renewal is for another role or place.
    """
    with transaction.atomic():
        row = _draft(actor, request_id, role, seen)
        _set_place(row, agency, unit)
        require(actor, Can.DRAFT, row)
        if row.state not in EDITABLE:
            raise NoSuchMove()
        _set_leaves(row, leaves)
        _set_letter(actor, row, letter, beyond_year, document)
        save_row(row)
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
    if role != row.role:
        _set_role(row, role)
    return row


def _set_role(row: AccessRequest, role: str) -> None:
    """Another role: what was only asked for the one before is forgotten."""
    if row.follows_id is not None:
        raise KeptByRenewal()
    row.role, row.standing, row.principal = role, DEFINITIVE, None
    if role not in ROLES or not ROLES[role].needs_unit:
        row.unit = None
    if not may_be_at_a_company(role):
        row.company = None
    if is_registered(row):
        forget_letter(row)


def _set_place(row: AccessRequest, agency: str | None, unit: str | None) -> None:
    """The unit belongs to the agency; only unit roles have one, and verifiers may.

    :raises NoSuchAgency, NoSuchUnit: unknown or closed places.
    """
    if row.role not in ROLES:
        return
    before = row.agency_id, row.unit_id
    if agency is not None and agency != row.agency_id:
        row.agency_id = find_agency(agency).code if agency else None
        row.unit_id = None
        if agency:
            row.company = None
    if not ROLES[row.role].needs_unit and row.role not in BOUNDED:
        row.unit_id = None
    elif unit is not None:
        row.unit_id = _unit_code(unit, row.agency_id) if unit else None
    if before != (row.agency_id, row.unit_id):
        _moved(row)
    set_level(row)


def _set_leaves(row: AccessRequest, leaves: str | None) -> None:
    if leaves is not None:
        row.leaves_id = find_agency(leaves).code if leaves else None


def _moved(row: AccessRequest) -> None:
    """Another place: what belongs to the one before is forgotten."""
    if row.follows_id is not None:
        raise KeptByRenewal()
    row.unit_npwp = None
    row.details = {k: v for k, v in row.details.items() if k not in OF_THE_UNIT}
    if is_registered(row):
        forget_letter(row)
    if row.leaves_id == row.agency_id:
        row.leaves_id = None


def _unit_code(code: str, agency: str | None) -> str:
    found = find_unit(code)
    if found.agency != agency:
        raise Incomplete({"unit": _OTHER_UNIT})
    return found.code


def _set_letter(
    actor: Actor,
    row: AccessRequest,
    letter: LetterText | LetterDraft | None,
    beyond_year: bool | None,
    document: UUID | None,
) -> None:
    set_beyond_year(row, beyond_year)
    if letter is not None:
        if is_registered(row):
            forget_letter(row)
        row.letter_draft = _checked(row, letter)
    if document is not None:
        row.document_id = _own_document(actor, document)


def _checked(row: AccessRequest, letter: LetterText | LetterDraft) -> dict[str, str]:
    """The letter for keeping, once what it says is possible today; checked again when sent in."""
    zone = row.unit.zone if row.unit else clock.JAKARTA
    whole = letter.complete if isinstance(letter, LetterDraft) else letter
    if whole:
        problems = dict(letter_problems(whole, clock.today(zone)))
        if not problems and (beyond := budget_problem(row, whole)):
            problems["valid_until"] = beyond
        if problems:
            raise Incomplete(problems)
    return as_json(letter)


def _own_document(actor: Actor, document: UUID) -> UUID:
    """The id again, once it is known to be a letter that this actor handed in."""
    found = get_document(document)
    if found.uploaded_by != actor.person or found.purpose != "letter":
        raise NoSuchDocument()
    return found.id


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
