"""Accesses that end soon, for notices."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.queries.grants import LegalDay, zone_of_grant
from gapura.access.states import LIVE_GRANT, OPEN_REQUEST
from gapura.kernel import clock

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
    return rows.annotate(
        last=_DayBefore("ends_before"), renewed=Exists(followers()), asked=Exists(open_requests())
    )


def followers() -> QuerySet[Grant]:
    """The live grants that follow one, for a subquery."""
    return Grant.objects.filter(
        follows=OuterRef("pk"), state__in=LIVE_GRANT, superseded_at__isnull=True
    )


def open_requests() -> QuerySet[AccessRequest]:
    """The open requests to go on after one, for a subquery."""
    return AccessRequest.objects.filter(follows=OuterRef("pk"), state__in=OPEN_REQUEST)


def notice_days() -> list[int]:
    """How many days ahead an end is told, the earliest first."""
    return sorted(AccessRule.value_at("expiry_notice_days", clock.today()), reverse=True)
