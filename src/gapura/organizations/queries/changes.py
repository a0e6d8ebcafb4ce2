"""What was decided of units and agencies, what is due, and what they were called before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, require
from gapura.organizations.errors import NoSuchAgency, NoSuchChange, NoSuchUnit
from gapura.organizations.models import Agency, PlaceChange, PlaceName, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.place_facts import Placed
from gapura.organizations.rules import is_code

PAGE = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a unit or an agency; it can be canceled while `waits`."""

    id: UUID
    kind: str
    from_day: date
    before: str
    after: str
    grants: str
    deed: str
    reason: str
    decided_by: UUID | None
    decided_at: datetime
    applied_at: datetime | None
    canceled_at: datetime | None

    @property
    def waits(self) -> bool:
        """Its day has not come, and nobody took it back."""
        return self.applied_at is None and self.canceled_at is None


@dataclass(frozen=True, slots=True)
class PastName:
    """What it was called until before this day."""

    name: str
    until: date
    deed: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency as the platform keeps it true."""

    code: str
    name: str
    kind: str
    closed_on: date | None
    successor_name: str
    units: int
    changes: tuple[Change, ...]
    names: tuple[PastName, ...]


def changes_among(rows: QuerySet[PlaceChange]) -> tuple[Change, ...]:
    """What was decided, the latest first; at most 40."""
    columns = (
        "id", "kind", "from_day", "before", "after", "grants", "deed", "reason", "decided_by",
        "decided_at", "applied_at", "canceled_at",
    )  # fmt: skip
    newest = rows.order_by("-from_day", "-decided_at").values_list(*columns)[:PAGE]
    return tuple(Change(*row) for row in newest)


def names_among(rows: QuerySet[PlaceName]) -> tuple[PastName, ...]:
    """What a place was called before, the latest name first; at most 40."""
    newest = rows.order_by("-until").values_list("name", "until", "deed")[:PAGE]
    return tuple(PastName(*row) for row in newest)


def change_for(actor: Actor, change: UUID) -> tuple[Change, tuple[str, str]]:
    """A change that waits, to be taken back; with the codes of its agency and its unit.

    :raises NoSuchChange: unknown, happened, canceled, or not the actor's to take back.
    """
    rows = PlaceChange.objects.select_related("unit").filter(pk=change)
    row = rows.filter(applied_at__isnull=True, canceled_at__isnull=True).first()
    if row is None:
        raise NoSuchChange()
    verdict = decide(actor, Can.CANCEL_CHANGE, Placed(row.agency_id, row.unit))
    if not verdict:
        problem = Refused(verdict)
        raise problem if verdict.only_needs_strength else NoSuchChange() from problem
    (found,) = changes_among(PlaceChange.objects.filter(pk=change))
    return found, (row.agency_id, row.unit_id or "")


def agency_page(actor: Actor, code: str) -> AgencyPage:
    """One agency as the platform keeps it true.

    :raises NoSuchAgency: unknown code.
    :raises Refused: for others than the platform's administrators.
    """
    require(actor, Can.RENAME_AGENCY)
    rows = Agency.objects.select_related("successor")
    row = rows.filter(pk=code).first() if is_code(code) else None
    if row is None:
        raise NoSuchAgency()
    return AgencyPage(
        code=row.code,
        name=row.name,
        kind=row.kind,
        closed_on=row.closed_on,
        successor_name=row.successor.name if row.successor else "",
        units=open_units(code).count(),
        changes=changes_among(PlaceChange.objects.filter(agency=code, unit__isnull=True)),
        names=names_among(PlaceName.objects.filter(agency=code, unit__isnull=True)),
    )


def open_units(agency: str) -> QuerySet[Unit]:
    """The units of an agency that are not closed today."""
    rows = Unit.objects.filter(agency=agency)
    return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today()))


def name_on(day: date, *, agency: str, unit: str = "") -> str:
    """What a unit, or an agency, was called on a legal day; papers of then keep that name.

    :raises NoSuchAgency, NoSuchUnit: unknown code.
    """
    past = PlaceName.objects.filter(agency=agency, unit=unit or None, until__gt=day)
    found = past.order_by("until").values_list("name", flat=True).first()
    if found is not None:
        return str(found)
    rows = Unit.objects.filter(pk=unit) if unit else Agency.objects.filter(pk=agency)
    name = rows.values_list("name", flat=True).first()
    if name is None:
        raise NoSuchUnit() if unit else NoSuchAgency()
    return str(name)


def changes_due(limit: int = 100) -> list[UUID]:
    """Decided changes whose day has come in the easternmost zone; who applies them looks again."""
    today = max(clock.today(zone) for zone in clock.ZONES)
    rows = PlaceChange.objects.filter(
        applied_at__isnull=True, canceled_at__isnull=True, from_day__lte=today
    )
    return list(rows.order_by("from_day", "decided_at").values_list("id", flat=True)[:limit])
