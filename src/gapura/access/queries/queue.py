"""The verifiers' queue: what waits for a decision, soonest deadline first."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.places import value_of
from gapura.access.queries.queue_counts import queue_figures
from gapura.access.queries.views import Queue, QueueFilters, QueueRow
from gapura.access.queries.waiting import TABS, Values, needs, prepared, values_for, waiting
from gapura.access.roles import DECIDES, Level
from gapura.access.rules import is_overdue
from gapura.kernel.actor import Actor
from gapura.kernel.claims import claim_is_free
from gapura.kernel.permissions import require

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

START = {"after": datetime(1970, 1, 1, tzinfo=UTC), "after_id": UUID(int=0)}


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
    return Queue(rows, queue_figures(actor), more)


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
