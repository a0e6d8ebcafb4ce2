"""What is still open about a person's requests, for the home page."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from gapura.access.models import AccessRequest, AccessRule
from gapura.access.permissions import Can
from gapura.access.queries.views import Matter, Place
from gapura.access.rules import activation_ends
from gapura.access.states import OPEN_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared

_SHOWN = 10
_COLUMNS = (
    "id",
    "reference",
    "role",
    "agency_id",
    "agency__name",
    "unit_id",
    "unit__name",
    "unit__zone",
    "state",
    "due_at",
    "grant__state",
    "grant__approved_at",
    "activation_days",
)


def _open(person: UUID, day: date) -> QuerySet[Any, Any]:
    rules = AccessRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        key="activation_days",
        scope="",
        valid_from__lte=day,
    )
    days = Subquery(rules.order_by("-valid_from").values("value")[:1])
    mine = AccessRequest.objects.filter(person=person)
    is_open = Q(state__in=OPEN_REQUEST) | Q(grant__state="approved")
    return (
        mine.filter(is_open)
        .annotate(activation_days=days)
        .order_by("-created_at", "-id")
        .values_list(*_COLUMNS)[:_SHOWN]
    )


_OPEN = Prepared(_open, UUID(int=1), date(2000, 1, 1))


def open_matters(actor: Actor) -> tuple[Matter, ...]:
    """The actor's requests that are not at their end, newest first, at most ten. One query."""
    require(actor, Can.SEE_OWN)
    return tuple(_matter(row) for row in _OPEN.rows(actor.who, clock.today()))


def _matter(values: tuple[Any, ...]) -> Matter:
    row = dict(zip(_COLUMNS, values, strict=True))
    waits = row["grant__state"] == "approved"
    # A plain cursor hands jsonb out as text.
    days = json.loads(row["activation_days"]) if waits else 0
    return Matter(
        id=row["id"],
        reference=row["reference"],
        role=row["role"],
        place=Place(
            row["agency_id"] or "",
            row["agency__name"] or "",
            row["unit_id"] or "",
            row["unit__name"] or "",
            zone=row["unit__zone"] or clock.JAKARTA,
        ),
        state=row["state"],
        due_at=row["due_at"],
        grant_state=row["grant__state"] or "",
        activate_before=activation_ends(row["grant__approved_at"], days) if waits else None,
    )
