"""Telling ahead that an access ends: the person, who leads the unit, who verifies the agency."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from gapura.access.models import AccessRule, ExpiryNotice, Grant
from gapura.access.permissions import Can
from gapura.access.queries.expiry import ending
from gapura.access.queries.verifiers import leaders_at, verifiers_at
from gapura.access.roles import ROLES
from gapura.access.services.notices import tell, tell_all
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

BATCH = 500
# Lines that a mail to leaders spells out.
SHOWN = 20
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
        for grant, last, step in due:
            tell(grant.person, "grant_ending", grant, until=last, days=_left(last), step=step)
        _tell_leaders(due)
        return len(due)


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


def _tell_leaders(due: list[Due]) -> None:
    """One mail a unit to who leads it, one an agency to its verifiers, with how many end when."""
    units: dict[str, list[Due]] = defaultdict(list)
    agencies: dict[str, list[Due]] = defaultdict(list)
    for each in due:
        grant = each[0]
        if grant.agency_id is None:
            continue
        agencies[grant.agency_id].append(each)
        if grant.unit_id is not None:
            units[grant.unit_id].append(each)
    leaders, verifiers = leaders_at(units), verifiers_at(agencies)
    for told, readers in ((units, leaders), (agencies, verifiers)):
        for place, rows in told.items():
            tell_all(readers.get(place, ()), "grants_ending", _LIST, **_summary(rows))


def _summary(rows: list[Due]) -> dict[str, Any]:
    """How many end, the soonest day, and the first lines of the list."""
    lines = [
        {"name": grant.person.name, "role": ROLES[grant.role].name, "until": last}
        for grant, last, _ in rows[:SHOWN]
    ]
    return {
        "count": len(rows),
        "first": min(last for _, last, _ in rows),
        "lines": lines,
        "more": max(len(rows) - SHOWN, 0),
    }
