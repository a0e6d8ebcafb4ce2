"""Where to look closer: groups of agencies, the agencies of a group, and what waits there."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from gapura.access.models import AccessRequest
from gapura.kernel import clock
from gapura.organizations.models import Agency, Region
from gapura.reports.queries.figures.scope import PROVINCE, Scope, group_of
from gapura.reports.words import KIND_NAMES, WAITING_REQUEST


@dataclass(frozen=True, slots=True)
class Place:
    """A group or an agency to look at. `name` are words as they are, else `message` is an id.

    `waiting` and `late` are open requests and those past their deadline, None where not counted.
    """

    code: str
    name: str
    message: str
    waiting: int | None = None
    late: int | None = None


def groups() -> list[Place]:
    """Ministries, agencies of the center, then the provinces. One statement."""
    kinds = [Place(code, "", message) for code, message in KIND_NAMES.items()]
    provinces = Region.objects.exclude(code__contains=".").order_by("name")
    return kinds + [
        Place(f"{PROVINCE}{code}", name, "") for code, name in provinces.values_list("code", "name")
    ]


def agencies_in(scope: Scope) -> list[Place]:
    """The agencies of a group by name. One statement."""
    rows = Agency.objects.filter(pk__in=scope.agencies or ()).order_by("name")
    return [Place(code, name, "") for code, name in rows.values_list("code", "name")]


def with_queues(places: list[Place], scope: Scope) -> list[Place]:
    """The same places with what waits there; places where nothing waits stay. One statement."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    rows = AccessRequest.objects.filter(scope.where(), state__in=WAITING_REQUEST).order_by()
    found = rows.values_list("agency", "agency__kind", "agency__region").annotate(
        waiting=Count("pk"), late=late
    )
    waits, overdue = Counter[str](), Counter[str]()
    for agency, kind, region, waiting, past in found:
        code = group_of(kind or "", region) if scope.agencies is None else agency
        waits[code] += waiting
        overdue[code] += past
    return [Place(p.code, p.name, p.message, waits[p.code], overdue[p.code]) for p in places]
