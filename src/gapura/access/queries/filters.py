"""A verifier's kept filters of the queue."""

import json
from dataclasses import dataclass
from uuid import UUID

from gapura.access.errors import NoSuchFilter
from gapura.access.models import SavedFilter
from gapura.access.permissions import Can
from gapura.access.queries.views import QueueFilters
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

# More would be hard to find again; product policy.
MOST_FILTERS = 10
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A name for a way of looking at the queue."""

    id: UUID
    name: str
    filters: QueueFilters


def kept_filters(actor: Actor) -> tuple[KeptFilter, ...]:
    """The actor's own, by name. One query."""
    require(actor, Can.SAVE_FILTER)
    rows = SavedFilter.objects.filter(person=actor.who).order_by("name", "id")[:MOST_FILTERS]
    return tuple(KeptFilter(row.id, row.name, unpacked(row.query)) for row in rows)


def own_filter(actor: Actor, filter_id: UUID) -> SavedFilter:
    """One of the actor's own, for services.

    :raises NoSuchFilter: deleted, or somebody else's.
    """
    row = SavedFilter.objects.filter(pk=filter_id).first()
    if row is None or not may(actor, Can.DROP_FILTER, row):
        raise NoSuchFilter()
    return row


def packed(filters: QueueFilters) -> str:
    """As it is kept: tab, role and text, never a page."""
    told = {"tab": filters.tab, "role": filters.role, "text": filters.text}
    return json.dumps(told, ensure_ascii=False)


def unpacked(query: str) -> QueueFilters:
    """As the queue takes it."""
    told = json.loads(query)
    return QueueFilters(tab=told["tab"], role=told["role"], text=told["text"])
