"""Telling ahead that an access ends: the person, who leads the unit, who verifies the agency."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from gapura.access.models import AccessRule, ExpiryNotice, Grant
from gapura.access.permissions import Can
from gapura.access.queries.expiry import ending
from gapura.access.queries.verifiers import leaders_at, verifiers_at
from gapura.access.services.notices import message, tell_each
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import notify_many

BATCH = 500
_LIST = "/people/expiring"


def tell_endings(*, actor: Actor) -> int:
    """Tell of up to BATCH endings that are due to be told; answers how many grants were.

    The steps are the rule `expiry_notice_days` (days ahead). A night that was left out is made up
    for by the step then due, and nobody is told one step twice. What is renewed is not told.

    :raises Refused: a person tried.
    """
    require(actor, Can.TELL_ENDINGS)
    steps = AccessRule.value_at("expiry_notice_days", clock.today())
    with transaction.atomic():
        due = _due(steps)
        now = clock.now()
        made = [
            ExpiryNotice(grant=grant, last_day=last, days=step, sent_at=now)
            for grant, last, step in due
        ]
        ExpiryNotice.objects.bulk_create(made, ignore_conflicts=True)
        return notify_many(
            message(grant.person, "grant_ending", grant, until=last, days=_left(last), step=step)
            for grant, last, step in due
        )


def tell_leaders(*, actor: Actor, since: datetime) -> int:
    """Tell who leads a unit, and who verifies an agency, of what was told since then.

    One mail a place however many end there, after the last batch; answers how many places.

    :raises Refused: a person tried.
    """
    require(actor, Can.TELL_ENDINGS)
    told = ExpiryNotice.objects.filter(sent_at__gte=since)
    units, agencies = _by_place(told, "grant__unit"), _by_place(told, "grant__agency")
    for places, readers in ((units, leaders_at(units)), (agencies, verifiers_at(agencies))):
        lines = [(one, places[place]) for place in places for one in readers.get(place, ())]
        for start in range(0, len(lines), BATCH):
            with transaction.atomic():
                tell_each(lines[start : start + BATCH], "grants_ending", _LIST)
    return len(units) + len(agencies)


def _by_place(told: QuerySet[ExpiryNotice], place: str) -> dict[str, dict[str, Any]]:
    """How many end at each place, and the first of their last days."""
    rows = told.filter(**{f"{place}__isnull": False}).values(place).order_by(place)
    found = rows.annotate(count=Count("grant", distinct=True), first=Min("last_day"))
    return {row[place]: {"count": row["count"], "first": row["first"]} for row in found}


Due = tuple[Grant, date, int]


def _left(last: date) -> int:
    return max((last - clock.today()).days, 0)


def _due(steps: list[int]) -> list[Due]:
    """Grants whose present step was not told yet, with their last day, soonest first."""
    found: list[Due] = []
    for low, high in _spans(steps):
        told = ExpiryNotice.objects.filter(
            grant=OuterRef("pk"), days=high, last_day=OuterRef("last")
        )
        rows = (
            ending(clock.now(), high)
            .filter(left__gt=low, renewed=False)
            .exclude(Exists(told))
            .select_related("person", "agency", "unit", "company")
            .defer("person__nik", "person__nip", "person__phone")
            .order_by("last", "id")
        )
        found += [(row, _annotated_last(row), high) for row in rows[: BATCH - len(found)]]
    return found


def _annotated_last(row: Any) -> date:
    last: date = row.last
    return last


def _spans(steps: list[int]) -> list[tuple[int, int]]:
    """Each step with the one below it: (-1, 1), (1, 7), ... (30, 60)."""
    ordered = sorted(steps)
    return list(zip([-1, *ordered[:-1]], ordered, strict=True))
