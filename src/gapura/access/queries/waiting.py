"""What waits for a decision, by level, tab and reach: what the queue and its counts narrow by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.models import AccessRequest
from gapura.access.queries.places import below
from gapura.access.roles import Level
from gapura.access.states import WAITING_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.claims import CLAIM_MINUTES
from gapura.kernel.prepared import Prepared

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

PROBES: dict[str, Any] = {
    "me": UUID(int=1),
    "agency": "\0agency",
    "role": "\0role",
    "text": "\0text",
    "reach": "\0reach",
    "now": datetime(2000, 1, 1, tzinfo=UTC),
    "stale": datetime(2000, 1, 2, tzinfo=UTC),
    "after": datetime(2000, 1, 3, tzinfo=UTC),
    "after_id": UUID(int=2),
    "grant": UUID(int=3),
}


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
    probes: Values = PROBES,
) -> Callable[[Values], list[tuple[Any, ...]]]:
    """A prepared query that takes its values by name."""
    query = Prepared(
        lambda *given: build(dict(zip(names, given, strict=True))),
        *(probes[name] for name in names),
    )
    return lambda values: query.rows(*(values[name] for name in names))


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
        "grant": actor.grant.id if actor.grant else None,
    }
