"""How many requests wait in each tab of a queue: exact up to a thousand, told as more beyond."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Case, IntegerField, JSONField, QuerySet, Subquery, Value, When

from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries.views import QueueFigures
from gapura.access.queries.waiting import TABS, Values, needs, prepared, values_for, waiting
from gapura.access.roles import DECIDES, Level
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# Nobody works through more in a day, and counting them all would cost more than showing a page.
MOST_COUNTED = 1000


class _Counted(Subquery):
    """How many of the first rows of a query there are, with one column `number`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class _Figures(Subquery):
    """Of the first rows: how many, `free` ones, `late` ones, and the first `due_at`."""

    template = (
        "(SELECT JSON_BUILD_ARRAY(COUNT(*), COUNT(counted.free), COUNT(counted.late), "
        "MIN(counted.due_at)) FROM (%(subquery)s) AS counted)"
    )
    output_field = JSONField()


@cache
def _query(level: Level, *, bounded: bool) -> Callable[[Values], list[tuple[Any, ...]]]:
    def build(values: Values) -> QuerySet[Any, Any]:
        found = waiting(level, values).annotate(
            free=Case(When(TABS["unclaimed"].condition(values), then=Value(1))),
            late=Case(When(TABS["late"].condition(values), then=Value(1))),
        )
        mine = waiting(level, values).filter(TABS["mine"].condition(values)).order_by()
        ordered = found.order_by("due_at", "id").values("free", "late", "due_at")
        first = ordered[: MOST_COUNTED + 1]
        # One row to ask beside: the grant the actor acts under.
        return Grant.objects.filter(pk=values["grant"]).values_list(
            _Figures(first), _Counted(mine.values("claimed_by")[: MOST_COUNTED + 1])
        )

    return prepared((*needs(level, bounded=bounded), "now", "stale", "grant"), build)


def queue_figures(actor: Actor) -> QueueFigures:
    """How many requests are in each tab of the actor's queue, and the soonest deadline. One query.

    :raises Refused: when the active role has no queue.
    """
    require(actor, Can.SEE_QUEUE)
    values = values_for(actor)
    rows = _query(DECIDES[actor.role], bounded=bool(values["reach"]))(values)
    if not rows:
        return QueueFigures(dict.fromkeys(TABS, 0), None)
    ordered, mine = rows[0]
    return _figures(ordered if isinstance(ordered, list) else json.loads(ordered), mine)


def _figures(ordered: list[Any], mine: int) -> QueueFigures:
    every, free, late, soonest = ordered
    found = {"all": every, "mine": mine, "unclaimed": free, "late": late}
    more = {name for name, number in found.items() if number > MOST_COUNTED}
    if every > MOST_COUNTED:
        # What lies behind the first thousand was not looked at: some of it may be free.
        more.add("unclaimed")
    counts = {name: min(found[name], MOST_COUNTED) for name in TABS}
    return QueueFigures(
        counts, datetime.fromisoformat(soonest) if soonest else None, frozenset(more)
    )
