"""A second look at what was found in the log: at zones, networks and orders, all at once each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from gapura.audit.queries import Pattern
from gapura.authentication.models import Session
from gapura.kernel import clock
from gapura.organizations.models import Unit
from gapura.purchasing.models import Order

# A provider hands out addresses from networks of about this size.
_PREFIX = {4: 16, 6: 32}


@dataclass(frozen=True, slots=True)
class Kept:
    """A pattern that stands the second look; `subject` is set where it is about something else."""

    pattern: Pattern
    subject: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def all_of_them(found: list[Pattern], parameters: Mapping[str, int]) -> list[Kept]:
    """Nothing to look at twice."""
    return [Kept(one) for one in found]


def at_night(found: list[Pattern], parameters: Mapping[str, int]) -> list[Kept]:
    """What happened at night where the unit is. One query, two where units are unknown."""
    zones = _zones(found)
    kept = []
    for one in found:
        zone = zones.get(one.unit) or zones.get(one.agency) or clock.JAKARTA
        local = one.entries[-1].at.astimezone(ZoneInfo(zone))
        if is_night(local, parameters["from"], parameters["until"]):
            kept.append(Kept(one, values={"zone": zone, "at": f"{local:%H.%M}"}))
    return kept


def is_night(local: datetime, since: int, until: int) -> bool:
    """From the hour `since` to before `until`, over midnight where it is the later one."""
    if since <= until:
        return since <= local.hour < until
    return local.hour >= since or local.hour < until


def _zones(found: Iterable[Pattern]) -> dict[str, str]:
    """By unit; by agency where an entry names no unit: that of most of its units."""
    units = {one.unit for one in found if one.unit}
    zones = dict(Unit.objects.filter(code__in=units).values_list("code", "zone")) if units else {}
    agencies = {one.agency for one in found if one.unit not in zones and one.agency}
    if agencies:
        rows = Unit.objects.filter(agency__in=agencies).values_list("agency", "zone")
        counted = rows.annotate(units=Count("code")).order_by("units")
        zones |= {agency: zone for agency, zone, _ in counted}
    return zones


def in_a_new_network(found: list[Pattern], parameters: Mapping[str, int]) -> list[Kept]:
    """Sign-ins from a network that the account was not seen in lately. Two queries."""
    sessions = {one.session for one in found if one.session}
    if not sessions:
        return []
    here: dict[UUID | None, dict[str, Any]] = {row["id"]: row for row in _stays(id__in=sessions)}
    people = {row["person"] for row in here.values()}
    since = min(row["signed_in_at"] for row in here.values()) if here else clock.now()
    since -= timedelta(days=parameters["within"])
    before: dict[UUID, list[dict[str, Any]]] = {}
    for stay in _stays(person__in=people, signed_in_at__gte=since):
        before.setdefault(stay["person"], []).append(stay)
    return [
        Kept(one, values={"place": row["place"]})
        for one in found
        if (row := here.get(one.session)) and _is_new(row, before[row["person"]], parameters)
    ]


def _stays(**which: Any) -> list[dict[str, Any]]:
    rows = Session.objects.filter(acr__gt=0, ip__isnull=False, **which)
    return [dict(row) for row in rows.values("id", "person", "ip", "place", "signed_in_at")]


def _is_new(
    row: dict[str, Any], stays: list[dict[str, Any]], parameters: Mapping[str, int]
) -> bool:
    since = row["signed_in_at"] - timedelta(days=parameters["within"])
    earlier = [one for one in stays if since <= one["signed_in_at"] < row["signed_in_at"]]
    if len(earlier) < parameters["least"]:
        return False
    return network_of(row["ip"]) not in {network_of(one["ip"]) for one in earlier}


def network_of(ip: str) -> str:
    """The network that stands for an address: /16 of IPv4, /32 of IPv6."""
    address = ip_address(ip)
    return str(ip_network(f"{address}/{_PREFIX[address.version]}", strict=False))


def from_the_same_supplier(found: list[Pattern], parameters: Mapping[str, int]) -> list[Kept]:
    """Approvals that make it so many orders from one company by one officer. Two queries."""
    people = {one.person for one in found if one.person}
    if not people:
        return []
    earliest = min(one.entries[0].at for one in found) - timedelta(days=parameters["within"])
    rows = Order.objects.filter(ppk__in=people, approved_at__gte=earliest)
    orders = [
        (who, whose, when)
        for who, whose, when in rows.values_list("ppk", "company", "approved_at")
        if when is not None
    ]
    kept = []
    for one in found:
        at = one.entries[-1].at
        company = _company_approved(orders, one.person, at)
        since = at - timedelta(days=parameters["within"])
        theirs = [when for who, whose, when in orders if (who, whose) == (one.person, company)]
        number = sum(since <= when <= at + _SLACK for when in theirs)
        if company and number >= parameters["least"]:
            values = {"company": company, "orders": number}
            kept.append(Kept(one, f"{one.person}:{company}", values))
    return kept


# The order's moment and the entry's are taken a little apart within one act.
_SLACK = timedelta(seconds=5)


def _company_approved(
    orders: list[tuple[UUID, str, datetime]], person: UUID | None, at: datetime
) -> str:
    """The company of the order that this officer approved at that moment."""
    near = [
        (abs(when - at), company)
        for who, company, when in orders
        if who == person and abs(when - at) <= _SLACK
    ]
    return min(near)[1] if near else ""
