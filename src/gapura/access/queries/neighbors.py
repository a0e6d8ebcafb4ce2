"""What stands before and after a request in the verifiers' queue."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.permissions import Can
from gapura.access.queries.queue import START
from gapura.access.queries.views import Neighbors
from gapura.access.queries.waiting import TABS, Values, needs, prepared, values_for, waiting
from gapura.access.roles import DECIDES, Level
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def neighbors(actor: Actor, request_id: UUID, due_at: datetime | None) -> Neighbors:
    """What stands before and after a request in the actor's queue. Two queries.

    A request that has left the queue has only a next one: the first that waits.

    :raises Refused: when the active role has no queue.
    """
    require(actor, Can.SEE_QUEUE)
    level, values = DECIDES[actor.role], values_for(actor)
    if due_at is None:
        return Neighbors(None, _next(level, "after", {**values, **START}))
    here = {**values, "after": due_at, "after_id": request_id}
    return Neighbors(_next(level, "before", here), _next(level, "after", here))


def next_free(actor: Actor, request_id: UUID, due_at: datetime | None) -> UUID | None:
    """The next request that nobody else is checking, after one that was just decided.

    Behind the last one it begins at the front again. Two queries at most.

    :raises Refused: when the active role has no queue.
    """
    require(actor, Can.SEE_QUEUE)
    level, values = DECIDES[actor.role], values_for(actor)
    query = _free_query(level, bounded=bool(values["reach"]))
    here = {"after": due_at or START["after"], "after_id": request_id}
    rows = query({**values, **here}) or query({**values, **START})
    found: UUID | None = rows[0][0] if rows else None
    return found


@cache
def _free_query(level: Level, *, bounded: bool) -> Callable[[Values], list[tuple[Any, ...]]]:
    def build(values: Values) -> QuerySet[Any, Any]:
        past = Q(due_at__gt=values["after"]) | Q(due_at=values["after"], id__gt=values["after_id"])
        free = TABS["unclaimed"].condition(values) | TABS["mine"].condition(values)
        found = waiting(level, values).filter(past, free)
        return found.order_by("due_at", "id").values_list("id")[:1]

    return prepared((*needs(level, bounded=bounded), "stale", "after", "after_id"), build)


# Which way to look from a deadline, and the order that brings the nearest first.
_SIDES = {"before": ("lt", ("-due_at", "-id")), "after": ("gt", ("due_at", "id"))}


@cache
def _next_query(
    level: Level, side: str, *, bounded: bool
) -> Callable[[Values], list[tuple[Any, ...]]]:
    than, order = _SIDES[side]

    def build(values: Values) -> QuerySet[Any, Any]:
        elsewhere = Q(**{f"due_at__{than}": values["after"]})
        same_moment = Q(due_at=values["after"], **{f"id__{than}": values["after_id"]})
        found = waiting(level, values).filter(elsewhere | same_moment)
        return found.order_by(*order).values_list("id", "reference")[:1]

    return prepared((*needs(level, bounded=bounded), "after", "after_id"), build)


def _next(level: Level, side: str, values: Values) -> tuple[UUID, str] | None:
    rows = _next_query(level, side, bounded=bool(values["reach"]))(values)
    return (rows[0][0], rows[0][1]) if rows else None
