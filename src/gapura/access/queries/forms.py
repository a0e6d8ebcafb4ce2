"""Which parts a request's form has, which are done, and how an office may be held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gapura.access.forms import BY_NAME
from gapura.access.queries.laws import laws
from gapura.access.reasons import CORRECTABLE
from gapura.kernel import clock
from gapura.kernel.texts import N_

ROLE, PLACE, DETAILS, LETTER, IDENTITY = "role", "place", "details", "letter", "identity"
SECTION_NAMES: dict[str, str] = {
    ROLE: N_("Role"),
    PLACE: N_("Place"),
    DETAILS: N_("Details of your office"),
    LETTER: N_("Appointment letter"),
    IDENTITY: N_("Your name and numbers"),
}
# Which part of the form mends a field; every answer of the role's own form stands in the details.
SECTION_OF: dict[str, str] = {
    "role": ROLE,
    "agency": PLACE,
    "unit": PLACE,
    "company": PLACE,
    "place": PLACE,
    "principal": DETAILS,
    "standing": DETAILS,
    **dict.fromkeys(BY_NAME, DETAILS),
}
# A delegation is made by the one who delegates, never asked for.
_NOT_ASKED = "delegate"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form: a key of SECTION_NAMES; `asked` where a verifier sent it back.

    `fixed` cannot be changed: a renewal keeps role and place.
    """

    name: str
    done: bool
    asked: bool = False
    fixed: bool = False


def standings_for(role: str) -> tuple[str, ...]:
    """The ways in which somebody may stand in for a role today, besides by delegation."""
    today = clock.today()
    found = (law.standing for law in laws().standings if law.role == role and law.covers(today))
    return tuple(dict.fromkeys(each for each in found if each != _NOT_ASKED))


def section_of(field: str) -> str:
    """The part of the form where a field, or what a verifier sent back, is mended."""
    group = field.partition(".")[0]
    return SECTION_OF.get(field) or (IDENTITY if group == IDENTITY else LETTER)


def sections_of(fields: Iterable[str]) -> frozenset[str]:
    """The parts of the form that some fields stand in."""
    return frozenset(section_of(field) for field in fields)


def correctable(snapshot: Mapping[str, Any]) -> tuple[str, ...]:
    """What a verifier can send back of a version: only what its form had asked."""
    told = {**snapshot.get("details", {}), "unit_npwp": snapshot.get("unit_npwp_known", "")}
    told["unit_npwp"] = told["unit_npwp"] or snapshot.get("unit_npwp", "")
    told["standing"] = standings_for(snapshot["role"])
    asked = {*BY_NAME, "standing"}
    return tuple(code for code in CORRECTABLE if code not in asked or told.get(code))
