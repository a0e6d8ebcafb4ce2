"""The register of breaches for the officer: the list, one entry with its numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.privacy.errors.breaches import NoSuchBreach
from gapura.privacy.models import Breach
from gapura.privacy.permissions import Can
from gapura.privacy.states.breaches import OPEN

MOST = 200


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One entry of the list with its numbers; `late`: the hours are over and something is open."""

    id: UUID
    reference: str
    state: str
    what: str
    what_en: str
    found_at: datetime
    due_at: datetime
    people: int
    told: int
    reported_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class BreachView(BreachLine):
    """One entry in full. `unreached` have no address any more."""

    began_at: datetime
    ended_at: datetime | None
    classes: tuple[str, ...]
    how: str
    how_en: str
    measures: str
    measures_en: str
    entered_by: str
    entered_at: datetime
    unreached: int
    telling_at: datetime | None
    told_at: datetime | None
    report_number: str
    closed_at: datetime | None
    close_reason: str


def breaches(actor: Actor) -> list[BreachLine]:
    """The register, open ones first, the most urgent before; 200 at most. One query.

    :raises Refused: not the officer.
    """
    require(actor, Can.LIST_BREACHES)
    rows = _counted().order_by("-state", "due_at", "-pk")
    return [BreachLine(**_line(row)) for row in rows[:MOST]]


def breach(actor: Actor, breach_id: UUID) -> BreachView:
    """One entry. One query.

    :raises Refused: not the officer.
    :raises NoSuchBreach: unknown.
    """
    require(actor, Can.LIST_BREACHES)
    row = _counted().select_related("entered_by").filter(pk=breach_id).first()
    if row is None:
        raise NoSuchBreach()
    more = (
        "began_at", "ended_at", "how", "how_en", "measures", "measures_en", "entered_at",
        "telling_at", "told_at", "report_number", "closed_at", "close_reason", "unreached",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in more}
    named = {"classes": tuple(row.classes), "entered_by": row.entered_by.username}
    return BreachView(**_line(row), **values, **named)


def _counted() -> "QuerySet[Any]":
    told = Q(people__told_at__isnull=False)
    return Breach.objects.annotate(
        count=Count("people"),
        told=Count("people", filter=told),
        unreached=Count("people", filter=told & Q(people__reached=False)),
    )


def _line(row: Any) -> dict[str, Any]:
    names = ("id", "reference", "state", "what", "what_en", "found_at", "due_at", "reported_at")
    open_end = row.reported_at is None or row.told < row.count
    late = row.state == OPEN and row.due_at <= clock.now() and open_end
    values = {name: getattr(row, name) for name in names}
    return {**values, "people": row.count, "told": row.told, "late": late}
