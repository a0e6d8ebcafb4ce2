"""Accesses that end soon: for notices, and for those who renew them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.grants import LegalDay, zone_of_grant
from gapura.access.queries.places import below
from gapura.access.states import LIVE_GRANT, OPEN_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

PAGE = 40
# What the list looks ahead when nobody chose a day.
AHEAD_DAYS = 60
_DAY = timedelta(days=1)
_ORDER = ("ends_before", "id")


class _DayBefore(Func):
    """The last day that counts; nothing for an open end."""

    template = "(%(expressions)s - 1)"
    output_field = DateField()


class _Left(Func):
    """Whole days from the second day to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Ending:
    """One access that ends on `last_day` (legal day in its unit's zone).

    `renewed` says that its successor is there already, `asked` that one was asked for.
    """

    grant: UUID
    person: UUID
    name: str
    username: str
    role: str
    unit: str
    unit_name: str
    letter: UUID | None
    letter_reference: str
    letter_number: str
    last_day: date
    renewed: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class EndingLetter:
    """One letter on which so many accesses rest that end; `soonest` is the first last day.

    `registered`: it stands in the register, so a new letter can name its officers again.
    """

    letter: UUID
    number: str
    reference: str
    officers: int
    soonest: date
    registered: bool


_COLUMNS = (
    "id",
    "person_id",
    "person__name",
    "person__username",
    "role",
    "unit_id",
    "unit__name",
    "letter_id",
    "letter__reference",
    "letter__number",
    "last",
    "renewed",
    "asked",
)


def ending(at: datetime, days: int) -> QuerySet[Any]:
    """Working grants whose last usable day lies within `days` days from the legal day of `at`.

    Annotated with the `last` day, the days `left` in the unit's zone, `renewed` and `asked`.
    """
    today = LegalDay(Value(at, output_field=DateTimeField()), zone_of_grant())
    # By day, so that an index finds them: the day begins first in the east, two hours ahead.
    first = clock.legal_day(at)
    near = Q(ends_before__gt=first, ends_before__lte=first + timedelta(days=days + 2))
    rows = Grant.objects.filter(near, state="active", superseded_at__isnull=True)
    found: QuerySet[Any] = _flagged(rows).annotate(left=_Left(F("last"), today))
    return found.filter(left__gte=0, left__lte=days)


def _flagged(rows: QuerySet[Grant]) -> QuerySet[Any]:
    """With the `last` day, and whether what follows is `renewed` or `asked` for."""
    followers = Grant.objects.filter(
        follows=OuterRef("pk"), state__in=LIVE_GRANT, superseded_at__isnull=True
    )
    asked = AccessRequest.objects.filter(follows=OuterRef("pk"), state__in=OPEN_REQUEST)
    last = _DayBefore("ends_before")
    return rows.annotate(last=last, renewed=Exists(followers), asked=Exists(asked))


def ending_soon(
    actor: Actor, *, until: date | None = None, after: tuple[date, UUID] | None = None
) -> tuple[Sequence[Ending], tuple[date, UUID] | None]:
    """One page of what ends up to and with `until` at the actor's place, soonest first.

    Answers the page and where the next one begins. Officers of a unit see that unit, overseers of
    an agency the agency (a bounded verifier what lies below the unit).

    :raises Refused: the active role looks after nobody's access.
    """
    require(actor, Can.SEE_EXPIRING)
    rows = _until(actor, until)
    if after is not None:
        behind = after[0] + _DAY
        rows = rows.filter(
            Q(ends_before__gt=behind) | Q(ends_before=behind, id__gt=after[1]),
            ends_before__gte=behind,
        )
    # Names and flags for one page only: an agency may have tens of thousands at the year's end.
    chosen = rows.order_by(*_ORDER).values("id")[: PAGE + 1]
    shown = _flagged(Grant.objects.filter(pk__in=chosen)).order_by(*_ORDER)
    found = [_ending(row) for row in shown.values(*_COLUMNS)]
    page = found[:PAGE]
    return page, (page[-1].last_day, page[-1].grant) if len(found) > PAGE else None


def ending_letters(actor: Actor, *, until: date | None = None) -> tuple[EndingLetter, ...]:
    """What ends at the actor's place by letter, the one most rest on first.

    What is renewed already is not counted. At most PAGE letters. The wave of 1 January is this
    until 31 December.

    :raises Refused: for whoever looks after nobody's access.
    """
    require(actor, Can.SEE_EXPIRING)
    rows = _until(actor, until).filter(letter__isnull=False, renewed=False)
    found = (
        rows.values("letter_id", "letter__number", "letter__reference", "letter__state")
        .annotate(officers=Count("id"), soonest=Min("last"))
        .order_by("-officers", "letter_id")
    )
    return tuple(
        EndingLetter(
            row["letter_id"],
            row["letter__number"],
            row["letter__reference"],
            row["officers"],
            row["soonest"],
            bool(row["letter__state"]),
        )
        for row in found[:PAGE]
    )


def _until(actor: Actor, until: date | None) -> QuerySet[Any]:
    last = until or clock.today() + timedelta(days=AHEAD_DAYS)
    days = max((last - clock.today()).days, 0) + 1
    return _scoped(actor, ending(clock.now(), days)).filter(last__lte=last)


def _scoped(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    grant = actor.grant
    assert grant is not None  # noqa: S101 - the permission said so
    rows = rows.filter(agency=grant.agency)
    if grant.reach:
        return rows.filter(below(grant.reach))
    return rows.filter(unit=grant.unit) if grant.unit else rows


def _ending(row: dict[str, Any]) -> Ending:
    return Ending(
        grant=row["id"],
        person=row["person_id"],
        name=row["person__name"],
        username=row["person__username"],
        role=row["role"],
        unit=row["unit_id"] or "",
        unit_name=row["unit__name"] or "",
        letter=row["letter_id"],
        letter_reference=row["letter__reference"] or "",
        letter_number=row["letter__number"] or "",
        last_day=row["last"],
        renewed=row["renewed"],
        asked=row["asked"],
    )


def notice_days() -> list[int]:
    """How many days ahead an end is told, the earliest first."""
    return sorted(AccessRule.value_at("expiry_notice_days", clock.today()), reverse=True)
