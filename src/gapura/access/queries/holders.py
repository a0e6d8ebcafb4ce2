"""Who holds a role, for notices."""

from datetime import UTC, datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.queries.grants import working
from gapura.kernel import clock
from gapura.kernel.prepared import Prepared

_PROBE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_PLACES = ("agency", "unit", "company")


def _statement(*places: str) -> Prepared:
    """Of a role and a code for each of these places."""

    def build(at: datetime, role: str, *codes: str) -> QuerySet[Any, Any]:
        grants = working(at).filter(role=role, **dict(zip(places, codes, strict=True)))
        return grants.order_by("person_id").values_list("person_id").distinct()

    return Prepared(build, _PROBE_AT, "probe role", *(f"probe {place}" for place in places))


# One for each choice of places that can be named; compiled when it is first asked for.
_HOLDERS = {
    named: _statement(*named)
    for number in range(len(_PLACES) + 1)
    for named in combinations(_PLACES, number)
}


def _whole(at: datetime, role: str, agency: str) -> QuerySet[Any, Any]:
    grants = working(at).filter(role=role, agency=agency, unit__isnull=True)
    return grants.order_by("person_id").values_list("person_id").distinct()


_WHOLE = Prepared(_whole, _PROBE_AT, "probe role", "probe agency")


def holders_of_all(role: str, agency: str) -> list[UUID]:
    """Who holds `role` for a whole agency, not for a part of it; for notices only."""
    return [person for (person,) in _WHOLE.rows(clock.now(), role, agency)]


def holders(role: str, agency: str = "", *, unit: str = "", company: str = "") -> list[UUID]:
    """Who holds `role` with a working grant now, at the places named; for notices only."""
    places = {"agency": agency, "unit": unit, "company": company}
    named = {place: code for place, code in places.items() if code}
    rows = _HOLDERS[tuple(named)].rows(clock.now(), role, *named.values())
    return [person for (person,) in rows]


def people_holding(role: str) -> QuerySet[Any, Any]:
    """Ids of whoever holds `role` anywhere with a working grant now, to be used inside a query."""
    return working(clock.now()).filter(role=role).values("person_id")
