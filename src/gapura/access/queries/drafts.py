"""A request while it is being prepared: what it says, what it lacks, which parts are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gapura.access.drafts import LetterDraft, from_json, version_of
from gapura.access.forms import (
    BY_NAME,
    NPWP_CONFIRMED,
    UNIT_ADDRESS,
    UNIT_NPWP,
    FormField,
    asked,
    may_be_at_a_company,
)
from gapura.access.kinds import BOUNDED, DEFINITIVE
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.budget import ends_with_the_year
from gapura.access.queries.forms import (
    DETAILS,
    IDENTITY,
    LETTER,
    PLACE,
    ROLE,
    Section,
    sections_of,
    standings_for,
)
from gapura.access.queries.places import place_of
from gapura.access.queries.requests import corrections_of, submissions_of, visible_request
from gapura.access.queries.views import CorrectionView, Place
from gapura.access.roles import ROLES
from gapura.accounts.queries import masked
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.organizations.queries import UnitFacts, unit_facts

# What a request lacks, by the field of the form that mends it.
LACKS: dict[str, str] = {
    "role": N_("Choose a role."),
    "agency": N_("Choose the agency."),
    "company": N_("Choose the company that you buy for."),
    "unit": N_("Choose the unit: this role is held at one unit."),
    **{name: field.missing for name, field in BY_NAME.items() if field.required},
    "principal": N_("Name the officer whom you stand in for."),
    "letter": N_("Enter the details of the appointment letter."),
    "document": N_("Add a scan of the appointment letter."),
}
_NOTHING = UnitFacts("", "")


@dataclass(frozen=True, slots=True)
class DraftView:
    """The read-back page: what would be sent in, and by field name (message id) what it lacks.

    `fields` is what the form of the role asks of this person, `details` the answers by name;
    `npwp` is the unit's number as told now and `npwp_known` the one known before, both masked.
    `registered` is the reference of the letter of the register that it rests on. `outside` says
    that the place is a company, or can only be one; `year_bound` that the role usually ends with
    the budget year.
    """

    id: UUID
    state: str
    kind: str
    role: str
    place: Place
    leaves: str
    leaves_name: str
    standing: str
    principal: str
    standings: tuple[str, ...]
    fields: tuple[FormField, ...]
    details: Mapping[str, str]
    npwp: str
    npwp_known: str
    npwp_confirmed: bool
    letter: LetterDraft
    registered: str
    letter_id: UUID | None
    year_bound: bool
    document: UUID | None
    version: str
    missing: dict[str, str]
    sections: tuple[Section, ...]
    corrections: tuple[CorrectionView, ...]
    outside: bool
    may_be_outside: bool
    bounded: bool

    @property
    def renews(self) -> bool:
        """It follows an access, so role and place are fixed."""
        return self.kind != "new"

    @property
    def todo(self) -> Section | None:
        """The first part that is not done."""
        return next((each for each in self.sections if not each.done), None)


def facts_of_unit(row: AccessRequest) -> UnitFacts:
    """What is known of the request's unit; nothing without one."""
    return unit_facts(row.unit_id) if row.unit_id else _NOTHING


def fields_of(row: AccessRequest, unit: UnitFacts) -> tuple[FormField, ...]:
    """What the form asks for this request. A renewal asks nothing but the letter."""
    if row.follows_id is not None:
        return ()
    known = (UNIT_ADDRESS,) if unit.address else ()
    return asked(row.role, row.person.kind, at_company=_outside(row), known=known)


def _outside(row: AccessRequest) -> bool:
    """Held at a company, or only possible there: citizens hold no office in an agency."""
    role = ROLES.get(row.role)
    if row.company_id is not None or role is None:
        return row.company_id is not None
    nowhere = row.agency_id is None and may_be_at_a_company(row.role)
    return nowhere and row.person.kind not in role.kinds


def lacks(row: AccessRequest, unit: UnitFacts | None = None) -> dict[str, str]:
    """By form field, what the request still needs before it can be sent in."""
    role, outside = ROLES.get(row.role), _outside(row)
    unit = facts_of_unit(row) if unit is None else unit
    answers = {**row.details, UNIT_NPWP: _npwp_told(row, unit)}
    wanting = {
        "role": role is None,
        "agency": row.agency_id is None and not outside,
        "company": outside and row.company_id is None,
        "unit": role is not None and role.needs_unit and not outside and row.unit_id is None,
        **{f.name: f.required and not answers.get(f.name) for f in fields_of(row, unit)},
        "principal": row.standing != DEFINITIVE and row.principal_id is None,
        "letter": from_json(row.letter_draft).complete is None,
        "document": row.document_id is None,
    }
    return {field: LACKS[field] for field, missing in wanting.items() if missing}


def _npwp_told(row: AccessRequest, unit: UnitFacts) -> bool:
    return bool(row.unit_npwp) or bool(unit.npwp and row.details.get(NPWP_CONFIRMED))


def draft_version(row: AccessRequest) -> str:
    """The mark of what is saved now; a form that shows another one is stale."""
    place = (row.agency_id, row.unit_id, row.company_id, row.leaves_id)
    held = (row.standing, row.principal_id, row.details, row.unit_npwp)
    return version_of(row.role, place, held, row.letter_draft, row.letter_id, row.document_id)


def draft_view(actor: Actor, request_id: UUID) -> DraftView:
    """The read-back of an own draft, or of an own request that came back for correction.

    :raises NoSuchRequest: unknown, or not the actor's.
    :raises Refused: when the actor may not apply for this.
    """
    row = visible_request(actor, request_id)
    require(actor, Can.SUBMIT, row)
    versions = submissions_of(row)
    unit = facts_of_unit(row)
    missing = lacks(row, unit)
    corrections = corrections_of(versions[-1]) if versions else ()
    return DraftView(
        id=row.id,
        state=row.state,
        kind=row.kind,
        role=row.role,
        version=draft_version(row),
        missing=missing,
        corrections=corrections,
        sections=_sections(row, missing, corrections, unit),
        **_place(row),
        **_answers(row, unit),
        **_letter(row),
    )


def _place(row: AccessRequest) -> dict[str, Any]:
    leaves = row.leaves
    return {
        "place": place_of(row),
        "leaves": leaves.code if leaves else "",
        "leaves_name": leaves.name if leaves else "",
        "outside": _outside(row),
        "may_be_outside": may_be_at_a_company(row.role),
        "bounded": row.role in BOUNDED,
    }


def _answers(row: AccessRequest, unit: UnitFacts) -> dict[str, Any]:
    return {
        "standing": row.standing,
        "principal": row.principal.username if row.principal else "",
        "standings": standings_for(row.role) if row.follows_id is None else (),
        "fields": fields_of(row, unit),
        "details": dict(row.details),
        "npwp": masked(row.unit_npwp or ""),
        "npwp_known": masked(unit.npwp),
        "npwp_confirmed": bool(unit.npwp and row.details.get(NPWP_CONFIRMED)),
    }


def _letter(row: AccessRequest) -> dict[str, Any]:
    registered = row.letter is not None and bool(row.letter.state)
    return {
        "letter": from_json(row.letter_draft),
        "registered": row.letter.reference if row.letter and registered else "",
        "letter_id": row.letter_id if registered else None,
        "year_bound": bool(row.agency and ends_with_the_year(row.role, row.agency.kind)),
        "document": row.document_id,
    }


def _sections(
    row: AccessRequest,
    missing: Mapping[str, str],
    corrections: tuple[CorrectionView, ...],
    unit: UnitFacts,
) -> tuple[Section, ...]:
    """The parts of this request's form in their order."""
    wanting = sections_of(missing)
    returned = row.state == "needs_correction"
    back = sections_of(each.field for each in corrections) if returned else frozenset()
    fixed = (ROLE, PLACE) if row.follows_id is not None else ()
    names = [ROLE, PLACE, LETTER, IDENTITY]
    if row.follows_id is None and (fields_of(row, unit) or standings_for(row.role)):
        names.insert(2, DETAILS)
    wanting |= {IDENTITY} if row.person.state == "needs_correction" else frozenset()
    return tuple(
        Section(name, done=name not in wanting, asked=name in back, fixed=name in fixed)
        for name in names
    )
