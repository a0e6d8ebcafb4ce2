"""The verifiers' queue: what waits for a decision, soonest deadline first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Value

from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.places import below, value_of
from gapura.access.queries.views import Queue, QueueFigures, QueueFilters, QueueRow
from gapura.access.roles import DECIDES, Level
from gapura.access.rules import is_overdue
from gapura.access.states import WAITING_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.claims import CLAIM_MINUTES, claim_is_free
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared

PAGE = 40
_COLUMNS = (
    "id",
    "reference",
    "role",
    "person_name",
    "agency_name",
    "unit_name",
    "state",
    "submitted_at",
    "due_at",
    "escalated_at",
    "claimed_by_id",
    "claimed_by_name",
    "claimed_at",
)
_NAMED = ("person", "agency", "unit", "claimed_by")

Values = Mapping[str, Any]


def _free(values: Values) -> Q:
    return Q(state="submitted") | Q(state="in_review", claimed_at__lte=values["stale"])


def _mine(values: Values) -> Q:
    return Q(state="in_review", claimed_by=values["me"])


def _late(values: Values) -> Q:
    return Q(due_at__lte=values["now"])


@dataclass(frozen=True, slots=True)
class Tab:
    """What a tab narrows the queue by, and which values its condition needs."""

    needs: tuple[str, ...]
    condition: Callable[[Values], Q]


TABS = {
    "all": Tab((), lambda values: Q()),
    "mine": Tab((), _mine),
    "unclaimed": Tab(("stale",), _free),
    "late": Tab(("now",), _late),
}

_PROBES: dict[str, Any] = {
    "me": UUID(int=1),
    "agency": "\0agency",
    "role": "\0role",
    "text": "\0text",
    "reach": "\0reach",
    "now": datetime(2000, 1, 1, tzinfo=UTC),
    "stale": datetime(2000, 1, 2, tzinfo=UTC),
    "after": datetime(2000, 1, 3, tzinfo=UTC),
    "after_id": UUID(int=2),
}
START = {"after": datetime(1970, 1, 1, tzinfo=UTC), "after_id": UUID(int=0)}


def waiting(level: Level, values: Values) -> QuerySet[AccessRequest]:
    """What waits at a level, without the actor's own: nobody decides those.

    A bounded verifier gets what is asked for at the unit and below.
    """
    found = AccessRequest.objects.filter(state__in=WAITING_REQUEST, level=level)
    if level is Level.AGENCY:
        found = found.filter(agency=values["agency"])
    if "reach" in values:
        found = found.filter(below(values["reach"]))
    return found.exclude(person=values["me"])


def needs(level: Level, *, bounded: bool) -> tuple[str, ...]:
    """The names of the values that `waiting` reads at a level."""
    names = ("me", "agency") if level is Level.AGENCY else ("me",)
    return (*names, "reach") if bounded else names


def prepared(
    names: tuple[str, ...],
    build: Callable[[Values], QuerySet[Any, Any]],
    probes: Values = _PROBES,
) -> Callable[[Values], list[tuple[Any, ...]]]:
    """A prepared query that takes its values by name."""
    query = Prepared(
        lambda *given: build(dict(zip(names, given, strict=True))),
        *(probes[name] for name in names),
    )
    return lambda values: query.rows(*(values[name] for name in names))


def _named(values: Values) -> Q:
    """A part of the applicant's name or of the reference."""
    text = Value(values["text"])
    return Q(person__name__icontains=text) | Q(reference__icontains=text)


# What narrows a tab further, by the name of its value.
_FILTERS: dict[str, Callable[[Values], Q]] = {
    "role": lambda values: Q(role=values["role"]),
    "text": _named,
}


@cache
def _page_query(
    level: Level, tab: str, filters: tuple[str, ...], *, bounded: bool
) -> Callable[[Values], list[tuple[Any, ...]]]:
    def build(values: Values) -> QuerySet[Any, Any]:
        # The first is what the index is read from, for whatever moment the plan was made.
        past = Q(due_at__gt=values["after"]) | Q(id__gt=values["after_id"])
        behind = Q(due_at__gte=values["after"])
        found = waiting(level, values).filter(TABS[tab].condition(values), behind, past)
        for name in filters:
            found = found.filter(_FILTERS[name](values))
        names = {f"{field}_name": value_of(AccessRequest, field) for field in _NAMED}
        rows = found.order_by("due_at", "id").annotate(**names)
        return rows.values_list(*_COLUMNS)[: PAGE + 1]

    names = (*needs(level, bounded=bounded), *TABS[tab].needs, *filters, "after", "after_id")
    return prepared(names, build)


@cache
def _count_query(level: Level, *, bounded: bool) -> Callable[[Values], list[tuple[Any, ...]]]:
    def build(values: Values) -> QuerySet[Any, Any]:
        counts = {
            f"in_{name}": Count("id", filter=tab.condition(values) or None)
            for name, tab in TABS.items()
        }
        figures = {**counts, "soonest": Min("due_at")}
        grouped = waiting(level, values).order_by().values("level").annotate(**figures)
        return grouped.values_list(*figures)

    return prepared((*needs(level, bounded=bounded), "now", "stale"), build)


def reach_of(actor: Actor) -> str:
    """The path below which the active role acts; empty for all of the agency."""
    return actor.grant.reach if actor.grant else ""


def values_for(actor: Actor) -> dict[str, Any]:
    """What the queue's queries ask with for this actor at this moment."""
    now = clock.now()
    return {
        "me": actor.who,
        "agency": actor.agency,
        "reach": reach_of(actor),
        "now": now,
        "stale": now - timedelta(minutes=CLAIM_MINUTES),
    }


def queue_counts(actor: Actor) -> dict[str, int]:
    """How many requests are in each tab of the actor's queue. One query.

    :raises Refused: when the active role has no queue.
    """
    return queue_figures(actor).counts


def queue_figures(actor: Actor) -> QueueFigures:
    """The same with the soonest deadline, for the home page. One query.

    :raises Refused: when the active role has no queue.
    """
    require(actor, Can.SEE_QUEUE)
    values = values_for(actor)
    rows = _count_query(DECIDES[actor.role], bounded=bool(values["reach"]))(values)
    if not rows:
        return QueueFigures(dict.fromkeys(TABS, 0), None)
    return QueueFigures(dict(zip(TABS, rows[0][:-1], strict=True)), rows[0][-1])


def queue_for(actor: Actor, filters: QueueFilters = QueueFilters()) -> Queue:  # noqa: B008 - frozen
    """One page of what the active role decides: its agency's, or what came one level up.

    An unknown tab is the first one and a damaged `after` the first page: both come from an address.

    :raises Refused: when the active role has no queue.
    """
    require(actor, Can.SEE_QUEUE)
    tab = filters.tab if filters.tab in TABS else "all"
    narrowed = {"role": filters.role, "text": filters.text.replace("\0", "")[:100]}
    values = {**values_for(actor), **_cursor(filters.after), **narrowed}
    given = tuple(name for name in _FILTERS if narrowed[name])
    bounded = bool(values["reach"])
    found = _page_query(DECIDES[actor.role], tab, given, bounded=bounded)(values)
    rows = tuple(_row(line, values["now"]) for line in found[:PAGE])
    more = f"{rows[-1].due_at.isoformat()}_{rows[-1].id}" if len(found) > PAGE else ""
    return Queue(rows, queue_counts(actor), more)


def _cursor(after: str) -> dict[str, Any]:
    moment, _, row_id = after.partition("_")
    try:
        # In UTC the ends of the calendar can fall outside of what the database holds.
        at = datetime.fromisoformat(moment)
        return {"after": at.astimezone(UTC), "after_id": UUID(row_id)} if at.tzinfo else START
    except (ValueError, OverflowError):
        return START


def _row(line: tuple[Any, ...], now: datetime) -> QueueRow:
    row = dict(zip(_COLUMNS, line, strict=True))
    return QueueRow(
        id=row["id"],
        reference=row["reference"],
        role=row["role"],
        applicant=row["person_name"],
        agency_name=row["agency_name"] or "",
        unit_name=row["unit_name"] or "",
        state=row["state"],
        submitted_at=row["submitted_at"],
        due_at=row["due_at"],
        late=is_overdue(row["due_at"], now),
        escalated=row["escalated_at"] is not None,
        claimed_by=row["claimed_by_id"],
        claimed_by_name=row["claimed_by_name"] or "",
        claim_is_free=claim_is_free(row["claimed_by_id"], row["claimed_at"], now),
    )
