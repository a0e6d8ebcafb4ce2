"""The verifiers' register: requests decided in a month, by whom, with which outcome, how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from gapura.access.errors import NoSuchRegister
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.roles import Level
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.organizations.errors import NoSuchAgency, NoSuchUnit
from gapura.organizations.queries import UnitView, agency, unit, units_of

PAGE = 40
OUTCOMES = ("approved", "rejected")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Which month (any day of it), unit, role and outcome; `agency` is for the platform only.

    Without an agency the platform reads what was decided one level up. `after` is
    `RegisterPage.next`.
    """

    month: date
    agency: str = ""
    unit: str = ""
    role: str = ""
    outcome: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RegisterScope:
    """Whose register: an agency's, or below `reach` in it; without agency, the platform's own."""

    agency: str
    agency_name: str
    reach: str


class RegisterRow(NamedTuple):
    """One decided request; `hours` ran from its last sending in to the decision."""

    id: UUID
    reference: str
    applicant: str
    role: str
    place: str
    letter: str
    submitted_at: datetime
    decided_at: datetime
    decided_by: str
    outcome: str
    hours: float


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page, the newest decision first; `next` is empty on the last one.

    `units` are those to choose from, none where the platform reads of all agencies.
    """

    scope: RegisterScope
    units: tuple[UnitView, ...]
    rows: tuple[RegisterRow, ...]
    next: str


_COLUMNS = (
    "id",
    "reference",
    "person__name",
    "role",
    "unit__name",
    "agency__name",
    "company__name",
    "letter__number",
    "submitted_at",
    "decided_at",
    "decided_by__name",
    "state",
)


class _Asked:
    """What the permission is asked about: the place."""

    def __init__(self, code: str, unit: UnitView | None) -> None:
        self.agency_id, self.unit = code, unit
        self.unit_id = unit.code if unit else None


def register_scope(actor: Actor, filters: RegisterFilters) -> RegisterScope:
    """Whose register this is. One query, two with a unit.

    :raises Refused: the active role reads no register.
    :raises NoSuchRegister: of another agency or unit, or of none that there is.
    """
    require(actor, Can.SEE_REGISTER)
    code = filters.agency or actor.agency
    try:
        found = unit(filters.unit) if filters.unit else None
        name = agency(code).name if code else ""
    except (NoSuchAgency, NoSuchUnit) as problem:
        raise NoSuchRegister() from problem
    grant = actor.grant
    if found is not None and found.agency != code and code:
        raise NoSuchRegister()
    other = code != actor.agency or found is not None
    if other and not may(actor, Can.SEE_REGISTER, _Asked(code, found)):
        raise NoSuchRegister()
    return RegisterScope(code, name, grant.reach if grant else "")


def register_units(scope: RegisterScope) -> tuple[UnitView, ...]:
    """The open units to choose from; none where the platform reads of all agencies. One query."""
    return tuple(one for one in units_of(scope.agency) if one.path.startswith(scope.reach))


def month_of(day: date) -> tuple[datetime, datetime]:
    """The first moment of the day's month and that of the next one, where agencies keep time."""
    first = datetime(day.year, day.month, 1, tzinfo=ZoneInfo(clock.JAKARTA))
    return first, (first + timedelta(days=31)).replace(day=1)


def placed(scope: RegisterScope, filters: RegisterFilters) -> QuerySet[AccessRequest]:
    """Requests of the place, of any time."""
    rows = AccessRequest.objects.all()
    rows = rows.filter(agency=scope.agency) if scope.agency else rows.filter(level=Level.PLATFORM)
    if scope.reach:
        rows = rows.filter(unit__path__startswith=scope.reach)
    given = {"unit": filters.unit, "role": filters.role}
    return rows.filter(**{name: value for name, value in given.items() if value})


def decided(scope: RegisterScope, filters: RegisterFilters) -> QuerySet[AccessRequest]:
    """Those that were decided in the month."""
    first, later = month_of(filters.month)
    states = [filters.outcome] if filters.outcome in OUTCOMES else list(OUTCOMES)
    rows = placed(scope, filters).filter(state__in=OUTCOMES)
    return rows.filter(state__in=states, decided_at__gte=first, decided_at__lt=later)


def register_page(actor: Actor, filters: RegisterFilters) -> RegisterPage:
    """One page of the register. Three queries, four with a unit.

    A damaged `after` is the first page.

    :raises Refused: the active role reads no register.
    :raises NoSuchRegister: of another agency or unit.
    """
    scope = register_scope(actor, filters)
    rows = decided(scope, filters)
    after = _cursor(filters.after)
    if after is not None:
        at, row_id = after
        rows = rows.filter(Q(decided_at__lt=at) | Q(decided_at=at, id__lt=row_id))
    found = register_rows(rows, PAGE + 1)
    page = tuple(found[:PAGE])
    more = f"{page[-1].decided_at.isoformat()}_{page[-1].id}" if len(found) > PAGE else ""
    return RegisterPage(scope, register_units(scope), page, more)


def register_rows(rows: QuerySet[AccessRequest], most: int) -> list[RegisterRow]:
    """So many of them at most, the newest decision first."""
    found = rows.order_by("-decided_at", "-id").values(*_COLUMNS)[:most]
    return [_row(each) for each in found]


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    moment, _, row_id = after.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at.astimezone(UTC), UUID(row_id)) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _row(row: dict[str, Any]) -> RegisterRow:
    names: Sequence[str] = [row[f"{kind}__name"] for kind in ("unit", "agency", "company")]
    return RegisterRow(
        id=row["id"],
        reference=row["reference"],
        applicant=row["person__name"],
        role=row["role"],
        place=next((name for name in names if name), ""),
        letter=row["letter__number"] or "",
        submitted_at=row["submitted_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by__name"] or "",
        outcome=row["state"],
        hours=(row["decided_at"] - row["submitted_at"]) / _HOUR,
    )
