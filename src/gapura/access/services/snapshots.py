"""A version of a request as it is kept: what the verifier gets to compare, numbers masked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from gapura.access.drafts import as_json
from gapura.access.kinds import DEFINITIVE
from gapura.access.models import AccessRequest
from gapura.access.queries.drafts import facts_of_unit, fields_of
from gapura.access.queries.places import place_of
from gapura.accounts.queries import masked, person_by_id
from gapura.documents.queries import get_document
from gapura.organizations.queries import LetterText


def document_of(row: AccessRequest) -> UUID:
    """The scan of a complete request."""
    assert row.document_id is not None  # noqa: S101 - lacks() said so
    return row.document_id


def letter_part(row: AccessRequest, letter: LetterText) -> dict[str, Any]:
    """What makes one letter: its words, its file and its place."""
    place = {"agency": row.agency_id or "", "unit": row.unit_id or ""}
    return {"letter": as_json(letter), "document": str(row.document_id), **place}


def snapshot(row: AccessRequest, letter: LetterText, warned: Sequence[str]) -> dict[str, Any]:
    """The whole version; `warned` are codes of rules about roles held together that only warn."""
    place, person = place_of(row), person_by_id(row.person_id)
    file = get_document(document_of(row))
    return {
        "role": row.role,
        "kind": row.kind,
        "agency_name": place.agency_name,
        "unit_name": place.unit_name,
        "company_name": place.company_name,
        **letter_part(row, letter),
        **_office(row),
        "warned": list(warned),
        "file": {"name": file.name, "sha256": file.sha256, "pages": len(file.pages)},
        "person": {
            "username": person.username,
            "name": person.name,
            "kind": person.kind,
            "nik": masked(person.nik),
            "nip": masked(person.nip),
        },
    }


def _office(row: AccessRequest) -> dict[str, Any]:
    """The answers of the role's own form, and how the office is held."""
    unit = facts_of_unit(row)
    names = {each.name for each in fields_of(row, unit)}
    principal = row.principal
    stands_in = row.standing != DEFINITIVE and principal is not None
    registered = row.letter is not None and bool(row.letter.state)
    return {
        "details": {k: v for k, v in row.details.items() if k in names},
        "unit_npwp": masked(row.unit_npwp or ""),
        "unit_npwp_known": masked(unit.npwp),
        "beyond_year": bool(row.details.get("beyond_year")),
        "standing": row.standing,
        "principal": principal.username if principal and stands_in else "",
        "principal_name": principal.name if principal and stands_in else "",
        "leaves_name": row.leaves.name if row.leaves else "",
        "registered": row.letter.reference if row.letter and registered else "",
    }
