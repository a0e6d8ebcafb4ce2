"""What happened to requests in a month, by unit and role; units with and without their officers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from gapura.access.models import AccessRequest, Correction
from gapura.access.queries.grants import working
from gapura.access.queries.register import (
    OUTCOMES,
    RegisterFilters,
    RegisterScope,
    decided,
    month_of,
    placed,
    register_scope,
    register_units,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor

# More lines than the largest agency has units and roles.
MOST = 1_000
# Without these two a unit cannot buy: one signs, the other may buy directly.
BUYERS = ("ppk", "pp")
_HOUR = timedelta(hours=1)


class _Median(Aggregate):
    """The middle one of the spans of a group."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class RecapLine:
    """Counts of one unit and role in the month; `hours` is the median, None where none was decided.

    `sent_back` counts versions; `submitted` requests by their last sending in.
    """

    place: str
    role: str
    submitted: int
    approved: int
    rejected: int
    sent_back: int
    escalated: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Recap:
    """A month by unit and role, with its sums."""

    scope: RegisterScope
    lines: tuple[RecapLine, ...]
    total: RecapLine


@dataclass(frozen=True, slots=True)
class UnitOfficers:
    """Which of the roles that buying takes somebody holds at a unit today."""

    code: str
    name: str
    held: frozenset[str]

    @property
    def complete(self) -> bool:
        """At least one working PPK and one PP."""
        return self.held >= set(BUYERS)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Every open unit of the place, in the order of the tree."""

    scope: RegisterScope
    units: tuple[UnitOfficers, ...]

    @property
    def complete(self) -> int:
        """How many are complete."""
        return sum(one.complete for one in self.units)


_COUNTS = ("submitted", "approved", "rejected", "sent_back", "escalated")


def recap(actor: Actor, filters: RegisterFilters) -> Recap:
    """The month's recap. Three queries, four with a unit. The outcome does not narrow it.

    :raises Refused: the active role reads no register.
    :raises NoSuchRegister: of another agency or unit.
    """
    scope = register_scope(actor, filters)
    first, later = month_of(filters.month)
    rows = _grouped(placed(scope, filters), first, later)
    lines = tuple(_line(row) for row in rows[:MOST])
    spent = F("decided_at") - F("submitted_at")
    every = RegisterFilters(filters.month, filters.agency, filters.unit, filters.role)
    middle = decided(scope, every).aggregate(middle=_Median(spent))["middle"]
    sums = {name: sum(getattr(line, name) for line in lines) for name in _COUNTS}
    return Recap(scope, lines, RecapLine(place="", role="", hours=_hours(middle), **sums))


def _grouped(
    rows: QuerySet[AccessRequest], first: datetime, later: datetime
) -> QuerySet[Any, dict[str, Any]]:
    """Whatever happened to requests in the month, by place and role."""

    def within(name: str) -> Q:
        return Q(**{f"{name}__gte": first, f"{name}__lt": later})

    ended = Q(state__in=OUTCOMES) & within("decided_at")
    rows = rows.annotate(times=_times_sent_back(within("asked_at")))
    touched = ended | within("submitted_at") | within("escalated_at") | Q(times__gt=0)
    names = ("agency__name", "unit__name", "company__name", "role")
    found = rows.exclude(submitted_at=None).filter(touched).order_by(*names).values(*names)
    counted: QuerySet[Any, dict[str, Any]] = found.annotate(
        submitted=Count("id", filter=within("submitted_at")),
        approved=Count("id", filter=ended & Q(state="approved")),
        rejected=Count("id", filter=ended & Q(state="rejected")),
        sent_back=Sum("times"),
        escalated=Count("id", filter=within("escalated_at")),
        middle=_Median(F("decided_at") - F("submitted_at"), filter=ended),
    )
    return counted


def _times_sent_back(in_the_month: Q) -> Coalesce:
    back = Correction.objects.filter(in_the_month, submission__request=OuterRef("pk"))
    versions = back.order_by().values("submission__request")
    number = versions.annotate(n=Count("submission", distinct=True)).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _line(row: dict[str, Any]) -> RecapLine:
    names = (row["unit__name"], row["agency__name"], row["company__name"])
    place = next((name for name in names if name), "")
    counts = {name: row[name] for name in _COUNTS}
    return RecapLine(place=place, role=row["role"], hours=_hours(row["middle"]), **counts)


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else span / _HOUR


def completeness(actor: Actor, filters: RegisterFilters) -> Completeness:
    """Which units have a working PPK and a working PP now. Three queries.

    Without an agency there are no units: the platform chooses one first.

    :raises Refused: the active role reads no register.
    :raises NoSuchRegister: of another agency.
    """
    scope = register_scope(actor, filters)
    units = register_units(scope)
    held: dict[str, set[str]] = {}
    if units:
        grants = working(clock.now()).filter(agency=scope.agency, role__in=BUYERS)
        for code, role in grants.order_by().values_list("unit_id", "role").distinct():
            held.setdefault(code or "", set()).add(role)
    found = (UnitOfficers(u.code, u.name, frozenset(held.get(u.code, ()))) for u in units)
    return Completeness(scope, tuple(found))
