"""Who verifies an agency, and which agencies have fewer verifiers than the rule asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from gapura.access.errors import NoSuchRegister
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.grants import last_usable_day, with_stops, working
from gapura.access.roles import AGENCY_VERIFIER
from gapura.access.states import LIVE_GRANT, WAITING_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.organizations.errors import NoSuchAgency
from gapura.organizations.queries import AgencyView, agency, find_agencies, open_agencies

PAGE = 40
_MOST = 200
_DELEGATE = "delegate"


@dataclass(frozen=True, slots=True)
class Verifier:
    """One verifier of an agency: of all of it, or of `unit_name` and what lies below.

    `standing` says how the office is held and `principal` for whom; `until` is the last usable day.
    """

    name: str
    username: str
    unit_name: str
    standing: str
    principal: str
    state: str
    works: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class Verifiers:
    """The verifiers of an agency; `working` counts who decide for all of it in their own right."""

    agency: str
    agency_name: str
    rows: tuple[Verifier, ...]
    working: int
    least: int
    waiting: int

    @property
    def enough(self) -> bool:
        """The rule `verifiers_least` is kept."""
        return self.working >= self.least


@dataclass(frozen=True, slots=True)
class ShortAgency:
    """An agency with too few verifiers, and how many requests there wait for the agency."""

    code: str
    name: str
    working: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ShortAgencies:
    """One page of them, those without any verifier and with the most waiting first."""

    rows: tuple[ShortAgency, ...]
    total: int
    orphaned: int
    least: int
    next: int | None


_COLUMNS = (
    "person_id",
    "person__name",
    "person__username",
    "unit__name",
    "standing",
    "principal__name",
    "state",
    "why",
    "valid",
    "letter__valid",
    "rests_on__valid",
    "rests_on__letter__valid",
)


class _Asked:
    """What the permission is asked about."""

    def __init__(self, code: str) -> None:
        self.agency_id = code


def verifiers_for(actor: Actor, code: str = "") -> Verifiers:
    """The verifiers of the actor's agency; the platform names one. Three queries.

    Who verifies only a part of the agency sees those of the whole and those of that part.

    :raises Refused: the active role looks after no verifiers.
    :raises NoSuchRegister: of another agency, or of none that there is.
    """
    require(actor, Can.LIST_VERIFIERS)
    code = code or actor.agency
    if not may(actor, Can.LIST_VERIFIERS, _Asked(code)):
        raise NoSuchRegister()
    try:
        found = agency(code)
    except NoSuchAgency as problem:
        raise NoSuchRegister() from problem
    listed = _listed(actor, code)
    least, waiting = _numbers(code)
    return Verifiers(
        agency=found.code,
        agency_name=found.name,
        rows=tuple(_verifier(row) for row in listed),
        working=len({row["person_id"] for row in listed if _counts(row)}),
        least=least,
        waiting=waiting,
    )


def _listed(actor: Actor, code: str) -> list[dict[str, Any]]:
    rows = with_stops(clock.now()).filter(
        role=AGENCY_VERIFIER, agency=code, state__in=LIVE_GRANT, superseded_at__isnull=True
    )
    reach = actor.grant.reach if actor.grant else ""
    if reach:
        rows = rows.filter(Q(unit__isnull=True) | Q(unit__path__startswith=reach))
    return list(rows.order_by("unit__path", "person__name", "id").values(*_COLUMNS)[:_MOST])


def _counts(row: dict[str, Any]) -> bool:
    whole = row["unit__name"] is None
    return whole and not row["why"] and row["standing"] != _DELEGATE


def _verifier(row: dict[str, Any]) -> Verifier:
    spans = ("valid", "letter__valid", "rests_on__valid", "rests_on__letter__valid")
    return Verifier(
        name=row["person__name"],
        username=row["person__username"],
        unit_name=row["unit__name"] or "",
        standing=row["standing"],
        principal=row["principal__name"] or "",
        state=row["state"],
        works=not row["why"],
        until=last_usable_day(*(row[name] for name in spans)),
    )


def _numbers(code: str) -> tuple[int, int]:
    """How many verifiers are asked for, and how many requests wait there."""
    waits = AccessRequest.objects.filter(agency=code, state__in=WAITING_REQUEST)
    number = waits.order_by().values("agency").annotate(n=Count("id")).values("n")
    rule = _rule(clock.today()).annotate(waiting=Coalesce(Subquery(number), 0))
    least, waiting = rule.values_list("value", "waiting").get()
    return least, waiting


def _rule(day: date) -> QuerySet[AccessRule]:
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return AccessRule.objects.filter(in_force, key="verifiers_least", scope="", valid_from__lte=day)


def _whole(at: datetime) -> QuerySet[Grant]:
    """Working grants that verify a whole agency; a deputy adds nobody to it for good."""
    grants = working(at).filter(role=AGENCY_VERIFIER, unit__isnull=True)
    return grants.exclude(standing=_DELEGATE)


def looks_after(actor: Actor) -> bool:
    """Whether the actor is warned when the agency has too few verifiers."""
    whole = actor.grant is not None and not actor.grant.reach
    return whole and bool(actor.agency) and may(actor, Can.LIST_VERIFIERS)


def broken_rule(agency: str, at: datetime, day: date) -> QuerySet[AccessRule]:
    """The rule of how many verifiers an agency needs, if the agency has fewer at this moment."""
    working_there = _whole(at).filter(agency=agency).order_by().values("role")
    number = working_there.annotate(n=Count("person", distinct=True)).values("n")
    found = Coalesce(Subquery(number), 0, output_field=IntegerField())
    return (
        _rule(day)
        .alias(least=Cast("value", IntegerField()), found=found)
        .filter(found__lt=F("least"))
    )


def short_agencies(actor: Actor, *, text: str = "", start: int = 0) -> ShortAgencies:
    """Open agencies with fewer working verifiers than the rule, the emptiest first. Three queries.

    `text` narrows by words of the name; `start` is `ShortAgencies.next`.

    :raises Refused: only the platform sees all agencies.
    """
    require(actor, Can.LIST_VERIFIERS, _Asked(""))
    least: int = AccessRule.value_at("verifiers_least", clock.today())
    waits = AccessRequest.objects.filter(state__in=WAITING_REQUEST, agency__isnull=False)
    working_at, waiting_at = _counted(
        _whole(clock.now()), Count("person", distinct=True), waits, Count("id")
    )
    named: Iterable[AgencyView] = find_agencies(text, 50) if text else open_agencies()
    rows = [
        ShortAgency(one.code, one.name, working_at.get(one.code, 0), waiting_at.get(one.code, 0))
        for one in named
        if working_at.get(one.code, 0) < least
    ]
    rows.sort(key=lambda row: (row.working, -row.waiting, row.name, row.code))
    page = tuple(rows[start : start + PAGE])
    more = start + PAGE if len(rows) > start + PAGE else None
    return ShortAgencies(page, len(rows), sum(not row.working for row in rows), least, more)


def _counted(
    grants: QuerySet[Grant], people: Count, requests: QuerySet[AccessRequest], number: Count
) -> tuple[dict[str, int], dict[str, int]]:
    """Both numbers by agency in one query."""
    one = grants.order_by().values("agency").annotate(n=people, of=Value(0))
    other = requests.order_by().values("agency").annotate(n=number, of=Value(1))
    columns = ("of", "agency", "n")
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for of, code, n in one.values_list(*columns).union(other.values_list(*columns), all=True):
        found[of][code] = n
    return found
