"""Units and agencies as those see them who keep them true: what is due, changes, past names."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, may, require
from gapura.organizations.errors import NoSuchAgency, NoSuchUnit
from gapura.organizations.models import (
    Agency,
    PlaceChange,
    PlaceName,
    PlaceRule,
    Unit,
    UnitConfirmation,
)
from gapura.organizations.permissions import Can
from gapura.organizations.place_facts import Placed
from gapura.organizations.queries.changes import (
    Change,
    PastName,
    changes_among,
    names_among,
    open_units,
)
from gapura.organizations.queries.own_company import masked_number
from gapura.organizations.rules import is_code, months_from

PAGE = 40
# How a unit's yearly confirmation stands, the most urgent first.
OVERDUE, NEVER, SOON, FRESH = "overdue", "never", "soon", "fresh"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list; `due` is the day by which it is to be confirmed again."""

    code: str
    name: str
    level: int
    standing: str
    due: date | None
    head_name: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units of an agency by urgency, 40 a page, and how many stand how."""

    agency: str
    agency_name: str
    lines: tuple[UnitLine, ...]
    counts: dict[str, int]
    more: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One yearly confirmation: by whom, when, and what was mended with it."""

    confirmed_by: UUID
    confirmed_at: datetime
    changed: tuple[str, ...]
    head_name: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit with all that is kept of it. `npwp` is masked."""

    line: UnitLine
    agency: str
    agency_name: str
    parent: str
    parent_name: str
    merged_into: str
    zone: str
    address: str
    npwp: str
    head_position: str
    ends_on: date | None
    changes: tuple[Change, ...]
    names: tuple[PastName, ...]
    confirmations: tuple[Confirmed, ...]
    may_confirm: bool
    may_change: bool


def rule_of_places(key: str) -> int:
    """A period of this room as it is today.

    :raises LookupError: none is in force.
    """
    return int(PlaceRule.value_at(key, clock.today()))


def units_to_keep(actor: Actor, agency: str = "", standing: str = "", page: int = 1) -> UnitList:
    """The open units of the actor's agency, those to be confirmed first; the platform names one.

    :raises Refused: for others than the agency's administrators and the platform.
    :raises NoSuchAgency: unknown code.
    """
    require(actor, Can.LIST_PLACES)
    code = actor.agency or agency
    body = Agency.objects.filter(pk=code).first() if is_code(code) else None
    if body is None:
        raise NoSuchAgency()
    periods = _periods()
    lines = sorted((_line(row, periods) for row in _open_units(actor, code)), key=_urgency)
    counts = dict.fromkeys((OVERDUE, NEVER, SOON, FRESH), 0)
    for line in lines:
        counts[line.standing] += 1
    wanted = [line for line in lines if not standing or line.standing == standing]
    first = (max(page, 1) - 1) * PAGE
    shown = tuple(wanted[first : first + PAGE])
    return UnitList(code, body.name, shown, counts, len(wanted) > first + PAGE)


def _open_units(actor: Actor, agency: str) -> QuerySet[Unit]:
    rows = open_units(agency)
    bound = actor.grant.unit if actor.grant else ""
    if bound:
        path = Unit.objects.filter(pk=bound).values_list("path", flat=True).first()
        rows = rows.filter(path__startswith=path or "-")
    return rows.order_by("path")


def _urgency(line: UnitLine) -> tuple[int, date, str]:
    order = (OVERDUE, NEVER, SOON, FRESH).index(line.standing)
    return order, line.due or date.min, line.code


def _periods() -> tuple[int, int]:
    """Months until a unit is confirmed again, and days ahead of which people are told."""
    return (
        rule_of_places("unit_confirmation_months"),
        rule_of_places("unit_confirmation_notice_days"),
    )


def _line(row: Unit, periods: tuple[int, int]) -> UnitLine:
    due = _due(row, periods[0])
    standing = _standing(due, clock.today(row.zone), periods[1])
    level = max(row.path.count("/") - 1, 0)
    return UnitLine(row.code, row.name, level, standing, due, row.head_name, row.closed_on)


def _due(row: Unit, months: int) -> date | None:
    """By which day a unit is to be confirmed again; None when it never was."""
    if row.confirmed_at is None:
        return None
    return months_from(clock.legal_day(row.confirmed_at, row.zone), months)


def _standing(due: date | None, today: date, notice: int) -> str:
    if due is None:
        return NEVER
    if due < today:
        return OVERDUE
    return SOON if due <= today + timedelta(days=notice) else FRESH


def unit_page(actor: Actor, code: str, change: Can = Can.RENAME_UNIT) -> UnitPage:
    """One unit as those see it who keep it true; `may_change` is about the right `change`.

    :raises NoSuchUnit: unknown, or of an agency that the actor does not administer.
    :raises Refused: when only a stronger sign-in is missing.
    """
    row, thing = _seen(actor, code)
    return UnitPage(
        line=_line(row, _periods()),
        agency=row.agency_id,
        agency_name=row.agency.name,
        parent=row.parent_id or "",
        parent_name=row.parent.name if row.parent else "",
        merged_into=row.merged_into.name if row.merged_into else "",
        zone=row.zone,
        address=row.address,
        npwp=masked_number(row.npwp),
        head_position=row.head_position,
        ends_on=row.ends_on,
        changes=changes_among(PlaceChange.objects.filter(unit=code)),
        names=names_among(PlaceName.objects.filter(unit=code)),
        confirmations=_confirmations(code),
        may_confirm=may(actor, Can.CONFIRM_UNIT, thing),
        may_change=may(actor, change, thing),
    )


def _seen(actor: Actor, code: str) -> tuple[Unit, Placed]:
    rows = Unit.objects.select_related("agency", "parent", "merged_into")
    row = rows.filter(pk=code).first() if is_code(code) else None
    if row is None:
        raise NoSuchUnit()
    thing = Placed(row.agency_id, row)
    verdict = decide(actor, Can.LIST_PLACES, thing)
    if not verdict:
        problem = Refused(verdict)
        raise problem if verdict.only_needs_strength else NoSuchUnit() from problem
    return row, thing


def _confirmations(code: str) -> tuple[Confirmed, ...]:
    rows = UnitConfirmation.objects.filter(unit=code).order_by("-confirmed_at", "-id")
    columns = ("confirmed_by", "confirmed_at", "changed", "head_name")
    found = rows.values_list(*columns)[:PAGE]
    return tuple(Confirmed(by, at, tuple(changed), head) for by, at, changed, head in found)


def agencies_to_remind(limit: int = 200) -> list[tuple[str, int]]:
    """Agencies with units to confirm that were not told lately, and how many units each."""
    now, today = clock.now(), clock.today()
    months, notice = _periods()
    again = now - timedelta(days=rule_of_places("unit_confirmation_again_days"))
    ready = Agency.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))
    ready = ready.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lte=again))
    oldest = months_from(today + timedelta(days=notice), -months)
    before = datetime.combine(oldest + timedelta(days=1), time.min, ZoneInfo(clock.JAKARTA))
    units = Unit.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=today), agency__in=ready
    ).filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=before))
    counted = units.order_by("agency_id").values_list("agency_id").annotate(Count("code"))
    return list(counted[:limit])
