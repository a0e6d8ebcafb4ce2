"""What ends soon at a place, for those who renew it: officer by officer, or by letter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, F, Min, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries.expiry import followers, open_requests
from gapura.access.queries.grants import LegalDay
from gapura.access.queries.places import below, value_of
from gapura.access.queries.waiting import prepared
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

PAGE = 40
# What the list looks ahead when nobody chose a day.
AHEAD_DAYS = 60
_DAY = timedelta(days=1)
_START = (date(1970, 1, 1), UUID(int=0))


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


Values = Mapping[str, Any]
Rows = Callable[[Values], list[tuple[Any, ...]]]
_PROBES: dict[str, Any] = {
    "agency": "\0agency",
    "reach": "\0reach",
    "unit": "\0unit",
    "now": datetime(2000, 1, 1, tzinfo=UTC),
    "first": date(2000, 1, 2),
    "sure": date(2000, 1, 3),
    "until": date(2000, 1, 4),
    "behind": date(2000, 1, 5),
    "after_id": UUID(int=2),
}
_NEEDS = ("agency", "now", "first", "sure", "until")
# How a role's place narrows what it looks after in its agency.
_SCOPES: dict[str, Callable[[Values], Q]] = {
    "reach": lambda values: below(values["reach"]),
    "unit": lambda values: Q(unit=values["unit"]),
    "": lambda values: Q(),
}


def ending_soon(
    actor: Actor, *, until: date | None = None, after: tuple[date, UUID] | None = None
) -> tuple[Sequence[Ending], tuple[date, UUID] | None]:
    """One page of what ends up to and with `until` at the actor's place, soonest first.

    Answers the page and where the next one begins. Officers of a unit see that unit, overseers of
    an agency the agency (a bounded verifier what lies below the unit). One query.

    :raises Refused: the active role looks after nobody's access.
    """
    require(actor, Can.SEE_EXPIRING)
    scope, values = _asked(actor, until)
    last, row_id = after or _START
    cursor = {"behind": last + _DAY, "after_id": row_id}
    found = [_ending(row) for row in _page_query(scope)({**values, **cursor})]
    page = found[:PAGE]
    return page, (page[-1].last_day, page[-1].grant) if len(found) > PAGE else None


def ending_letters(actor: Actor, *, until: date | None = None) -> tuple[EndingLetter, ...]:
    """What ends at the actor's place by letter, the one most rest on first. One query.

    What is renewed already is not counted. At most PAGE letters. The wave of 1 January is this
    until 31 December.

    :raises Refused: for whoever looks after nobody's access.
    """
    require(actor, Can.SEE_EXPIRING)
    scope, values = _asked(actor, until)
    return tuple(
        EndingLetter(letter, number, reference, officers, ends - _DAY, bool(state))
        for letter, officers, ends, number, reference, state in _letters_query(scope)(values)
    )


def _asked(actor: Actor, until: date | None) -> tuple[str, Values]:
    """The name of the scope, and what the queries ask with."""
    grant, first = actor.grant, clock.today()
    assert grant is not None  # noqa: S101 - the permission said so
    places = {"reach": grant.reach, "unit": grant.unit}
    scope = next((name for name, place in places.items() if place), "")
    return scope, {
        **places,
        "agency": grant.agency,
        "now": clock.now(),
        "first": first,
        "sure": first + _DAY,
        "until": (until or first + timedelta(days=AHEAD_DAYS)) + _DAY,
    }


@cache
def _page_query(scope: str) -> Rows:
    def build(values: Values) -> QuerySet[Any, Any]:
        # The second is what the index is read from, for whatever day the plan was made.
        past = Q(ends_before__gt=values["behind"]) | Q(id__gt=values["after_id"])
        rows = _waiting(scope, values).filter(past, ends_before__gte=values["behind"])
        columns = _columns()
        ordered = rows.order_by("ends_before", "id").annotate(**columns)
        lines: QuerySet[Any, Any] = ordered.values_list(*columns)
        return lines[: PAGE + 1]

    return prepared((*_names(scope), "behind", "after_id"), build, _PROBES)


@cache
def _letters_query(scope: str) -> Rows:
    def build(values: Values) -> QuerySet[Any, Any]:
        rows = _waiting(scope, values).filter(~Exists(followers()), letter__isnull=False)
        counted = rows.values("letter_id").annotate(officers=Count("id"), ends=Min("ends_before"))
        said = {
            f"its_{name}": value_of(Grant, "letter", name)
            for name in ("number", "reference", "state")
        }
        first = counted.order_by("-officers", "letter_id").annotate(**said)
        lines: QuerySet[Any, Any] = first.values_list("letter_id", "officers", "ends", *said)
        return lines[:PAGE]

    return prepared(_names(scope), build, _PROBES)


def _names(scope: str) -> tuple[str, ...]:
    return (*_NEEDS, scope) if scope else _NEEDS


def _waiting(scope: str, values: Values) -> QuerySet[Any]:
    """Working grants at the place that end after today and not after `until`."""
    moment = Value(values["now"], output_field=DateTimeField())
    zone = Coalesce(value_of(Grant, "unit", "zone"), Value(clock.JAKARTA))
    # In the east the day begins up to two hours ahead: what is over there is looked at closely.
    near = Q(ends_before__gt=values["sure"]) | Q(ends_before__gt=LegalDay(moment, zone))
    return Grant.objects.filter(
        near,
        _SCOPES[scope](values),
        state="active",
        superseded_at__isnull=True,
        agency=values["agency"],
        ends_before__gt=values["first"],
        ends_before__lte=values["until"],
    )


def _columns() -> dict[str, Any]:
    """What a line shows, in the order in which `_ending` takes it."""
    return {
        "grant": F("id"),
        "who": F("person_id"),
        "name": value_of(Grant, "person"),
        "username": value_of(Grant, "person", "username"),
        "office": F("role"),
        "place": F("unit_id"),
        "place_name": value_of(Grant, "unit"),
        "paper": F("letter_id"),
        "reference": value_of(Grant, "letter", "reference"),
        "number": value_of(Grant, "letter", "number"),
        "ends": F("ends_before"),
        # Not `Exists`: for a page of 40, PostgreSQL would read every open request of the country.
        "renewed": Subquery(followers().values("id")[:1]),
        "asked": Subquery(open_requests().values("id")[:1]),
    }


def _ending(row: tuple[Any, ...]) -> Ending:
    grant, who, name, username, role, unit, place, letter, reference, number, ends, *after = row
    follower, request = after
    return Ending(
        grant=grant,
        person=who,
        name=name,
        username=username,
        role=role,
        unit=unit or "",
        unit_name=place or "",
        letter=letter,
        letter_reference=reference or "",
        letter_number=number or "",
        last_day=ends - _DAY,
        renewed=follower is not None,
        asked=request is not None,
    )
