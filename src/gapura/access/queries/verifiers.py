"""Who verifies an agency and its parts, and who leads a unit."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from gapura.access.models import Grant
from gapura.access.queries.grants import working
from gapura.access.queries.holders import holders
from gapura.access.roles import AGENCY_VERIFIER
from gapura.kernel import clock

LEADERS = ("kepala_unit", "kpa", "pa")


def _verifying(agency: str, path: str) -> QuerySet[Grant]:
    """Working grants that verify the agency as a whole, or a unit at or above `path`."""
    grants = working(clock.now()).filter(role=AGENCY_VERIFIER, agency=agency)
    if not path:
        return grants.filter(unit__isnull=True)
    above = grants.alias(at=StrIndex(Value(path), F("unit__path")))
    return above.filter(Q(unit__isnull=True) | Q(at=1))


def verifiers_of(agency: str, path: str = "") -> list[UUID]:
    """Who can decide requests there: those of the agency, and those of a unit above `path`."""
    people = _verifying(agency, path).order_by("person_id").values_list("person_id", flat=True)
    return list(people.distinct())


def leaders_of(agency: str, unit: str, *, besides: UUID | None = None) -> list[UUID]:
    """Who leads a unit, for notices: its head; where none is known, who answers for its budget."""
    for role in LEADERS:
        if found := [one for one in holders(role, agency, unit=unit) if one != besides]:
            return found
    return []


def leaders_at(units: Collection[str]) -> dict[str, list[UUID]]:
    """The same of many units, by their codes, in one query; units without any are left out."""
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    grants = working(clock.now()).filter(role__in=LEADERS, unit__in=units)
    rows = grants.order_by("person_id").values_list("unit_id", "role", "person_id").distinct()
    for unit, role, person in rows:
        found[unit, role].append(person)
    first = {unit: next((r for r in LEADERS if (unit, r) in found), "") for unit in units}
    return {unit: found[unit, role] for unit, role in first.items() if role}


def verifiers_at(agencies: Collection[str]) -> dict[str, list[UUID]]:
    """Who verifies each of many agencies as a whole, in one query; none where there is nobody."""
    found: dict[str, list[UUID]] = defaultdict(list)
    grants = working(clock.now()).filter(role=AGENCY_VERIFIER, agency__in=agencies)
    whole = grants.filter(unit__isnull=True).order_by("person_id")
    for agency, person in whole.values_list("agency_id", "person_id").distinct():
        found[agency].append(person)
    return found


def is_orphaned(agency: str, path: str, besides: UUID) -> bool:
    """Nobody but this person verifies there, so that their request would wait for nobody."""
    return not _verifying(agency, path).exclude(person=besides).exists()
