"""Of which agencies figures are counted, and within how many days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.models import Agency, Region
from gapura.reports.errors import NoSuchPlace
from gapura.reports.permissions import Can
from gapura.reports.words import KIND_NAMES

PERIODS = (30, 90, 365)
PLATFORM = "admin_platform"
PROVINCE = "province-"


@dataclass(frozen=True, slots=True)
class Scope:
    """`agencies` None: the whole platform. `name` are words as they are, empty for the platform.

    `group` is the code of a group of agencies (`ministry`, `agency`, `province-35`), `agency` that
    of one; both are empty for the platform. `zone` is the agency's own, Jakarta's for all others.
    `message` is the name of a kind of agencies, a message id.
    """

    agencies: tuple[str, ...] | None = None
    name: str = ""
    message: str = ""
    group: str = ""
    agency: str = ""
    zone: str = clock.JAKARTA

    def where(self, column: str = "agency") -> Q:
        """The condition on a column that holds an agency's code."""
        return Q() if self.agencies is None else Q(**{f"{column}__in": self.agencies})


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of day `first` to before that of `until`, in `zone`."""

    first: date
    until: date
    zone: str = clock.JAKARTA

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until, time(), ZoneInfo(self.zone))

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.until - timedelta(days=1)

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone of its days."""
        return ZoneInfo(self.zone)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.first).days

    def within(self, column: str) -> Q:
        """The condition on a column that holds a moment."""
        return Q(**{f"{column}__gte": self.since, f"{column}__lt": self.end})


def last_days(days: int, zone: str = clock.JAKARTA) -> Span:
    """The last so many days, with today."""
    tomorrow = clock.today(zone) + timedelta(days=1)
    return Span(tomorrow - timedelta(days=days), tomorrow, zone)


def scope_for(actor: Actor, *, agency: str = "", group: str = "") -> Scope:
    """What the actor may look at: the platform, a group or an agency; others only their own.

    :raises Refused: for roles that oversee nothing.
    :raises NoSuchPlace: unknown, or another agency's.
    """
    require(actor, Can.SEE_FIGURES)
    if actor.role != PLATFORM:
        if group or agency not in {"", actor.agency}:
            raise NoSuchPlace()
        return agency_scope(actor.agency)
    if agency:
        return agency_scope(agency)
    return group_scope(group) if group else Scope()


def agency_scope(code: str) -> Scope:
    """One agency.

    :raises NoSuchPlace: unknown.
    """
    rows = Agency.objects.filter(pk=code[:20]).order_by("units__path", "units__code")
    found = rows.values_list("name", "units__zone").first()
    if found is None:
        raise NoSuchPlace()
    name, zone = found
    return Scope((code,), name=name, agency=code, zone=zone or clock.JAKARTA)


def group_scope(group: str) -> Scope:
    """All agencies of one kind of the center, or of one province with its regencies and cities.

    :raises NoSuchPlace: unknown.
    """
    rows = Agency.objects.order_by("code")
    if group in KIND_NAMES:
        codes = tuple(rows.filter(kind=group).values_list("code", flat=True))
        return Scope(codes, message=KIND_NAMES[group], group=group)
    region = group.removeprefix(PROVINCE)
    name = Region.objects.filter(pk=region).values_list("name", flat=True).first()
    if not group.startswith(PROVINCE) or len(region) != len("35") or name is None:
        raise NoSuchPlace()
    codes = tuple(rows.filter(region__startswith=region).values_list("code", flat=True))
    return Scope(codes, name=name, group=group)


def group_of(kind: str, region: str | None) -> str:
    """The code of the group that an agency is counted under."""
    return kind if kind in KIND_NAMES else f"{PROVINCE}{(region or '')[:2]}"
