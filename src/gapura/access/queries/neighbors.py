"""What stands before and after a request in the verifiers' queue."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.permissions import Can
from gapura.access.queries.queue import START, Values, needs, prepared, values_for, waiting
from gapura.access.queries.views import Neighbors
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


# Which way to look from a deadline, and the order that brings the nearest first.
_SIDES = {"before": ("lt", ("-due_at", "-id")), "after": ("gt", ("due_at", "id"))}


@cache
def _next_query(level: Level, side: str) -> Callable[[Values], list[tuple[Any, ...]]]:
    than, order = _SIDES[side]

    def build(values: Values) -> QuerySet[Any, Any]:
        elsewhere = Q(**{f"due_at__{than}": values["after"]})
        same_moment = Q(due_at=values["after"], **{f"id__{than}": values["after_id"]})
        found = waiting(level, values).filter(elsewhere | same_moment)
        return found.order_by(*order).values_list("id", "reference")[:1]

    return prepared((*needs(level), "after", "after_id"), build)


def _next(level: Level, side: str, values: Values) -> tuple[UUID, str] | None:
    rows = _next_query(level, side)(values)
    return (rows[0][0], rows[0][1]) if rows else None
