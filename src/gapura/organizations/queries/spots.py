"""Places as decisions look at them, as statements that doors run on their own connections."""

from dataclasses import dataclass
from typing import Any

from gapura.kernel.prepared import Prepared
from gapura.organizations.models import Agency, Company, Unit
from gapura.organizations.rules import is_code


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: `kind` is unit, agency, company or platform; the codes of all it lies in.

    `path` are the codes from the top of the tree down to the unit, each closed by a slash.
    """

    kind: str
    agency: str = ""
    unit: str = ""
    company: str = ""
    path: str = ""
    name: str = ""


PLATFORM = Spot("platform")
_STATEMENTS = {
    "unit": (
        ("unit", "agency", "path", "name"),
        Prepared(
            lambda code: Unit.objects.filter(pk=code).values_list(
                "code", "agency_id", "path", "name"
            ),
            "probe",
        ),
    ),
    "agency": (
        ("agency", "name"),
        Prepared(lambda code: Agency.objects.filter(pk=code).values_list("code", "name"), "probe"),
    ),
    "company": (
        ("company", "name"),
        Prepared(lambda code: Company.objects.filter(pk=code).values_list("code", "name"), "probe"),
    ),
}
SPOT_KINDS = (*_STATEMENTS, PLATFORM.kind)


def spot_statement(kind: str, code: str) -> tuple[str, list[Any]] | None:
    """SQL and parameters that find a place; None for the platform and for what cannot be a code."""
    if kind not in _STATEMENTS or not is_code(code):
        return None
    return _STATEMENTS[kind][1].statement(code)


def spot_read(kind: str, rows: list[tuple[Any, ...]]) -> Spot | None:
    """What the statement found; the platform is always there."""
    if kind == PLATFORM.kind:
        return PLATFORM
    if kind not in _STATEMENTS or not rows:
        return None
    return Spot(kind, **dict(zip(_STATEMENTS[kind][0], rows[0], strict=True)))


def spot(kind: str, code: str = "") -> Spot | None:
    """One place, closed or not; None when there is none. At most one query."""
    rows = _STATEMENTS[kind][1].rows(code) if kind in _STATEMENTS and is_code(code) else []
    return spot_read(kind, rows)
