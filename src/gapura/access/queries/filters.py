"""A verifier's kept filters of the queue."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.errors import NoSuchFilter
from gapura.access.models import SavedFilter
from gapura.access.permissions import Can
from gapura.access.queries.views import QueueFilters
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.prepared import Prepared

# More would be hard to find again; product policy.
MOST_FILTERS = 10
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A name for a way of looking at the queue."""

    id: UUID
    name: str
    filters: QueueFilters


def _own(person: UUID) -> QuerySet[Any, Any]:
    found = SavedFilter.objects.filter(person=person).order_by("name", "id")
    return found.values_list("id", "name", "query")[:MOST_FILTERS]


_OWN = Prepared(_own, UUID(int=1))


def kept_filters(actor: Actor) -> tuple[KeptFilter, ...]:
    """The actor's own, by name. One query."""
    require(actor, Can.SAVE_FILTER)
    return tuple(KeptFilter(key, name, unpacked(kept)) for key, name, kept in _OWN.rows(actor.who))


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
