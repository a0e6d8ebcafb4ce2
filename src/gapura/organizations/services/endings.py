"""Closing agencies and units on a date: grants there end by themselves on that day."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations import events
from gapura.organizations.errors import ClosedBefore, NoSuchAgency, ReasonMissing
from gapura.organizations.models import Agency, PlaceChange, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.place_errors import AwaitsUnits, DayPast, PartsOpen, SuccessorUnfit
from gapura.organizations.place_facts import Placed
from gapura.organizations.rules import is_plain_line, tidy_line
from gapura.organizations.services.decreed import (
    LONGEST_DEED,
    Decreed,
    decide,
    held_agency,
    held_unit,
    record_place,
)
from gapura.organizations.services.letters import LEAST_REASON, LONGEST_REASON

# Names of parts that a sentence spells out.
_NAMED = 3


def close_agency(
    *, actor: Actor, code: str, closed_on: date, reason: str, deed: str = "", successor: str = ""
) -> PlaceChange:
    """Close an agency from the legal day `closed_on` on; `successor` took over its work.

    Roles there end on that day, also if there is a successor: its own verifiers appoint anew.

    :raises NoSuchAgency: unknown code.
    :raises ClosedBefore: it has a closing date.
    :raises ReasonMissing: not 10 to 500 characters.
    :raises FieldProblems: a past day; a successor that is not there or closed.
    """
    decreed = _decreed(closed_on, deed, reason)
    with transaction.atomic():
        require(actor, Can.CLOSE_AGENCY)
        row = held_agency(code)
        _check_day(actor, closed_on, clock.JAKARTA)
        if row.closed_on is not None:
            raise ClosedBefore()
        heir = _heir(row, successor)
        row.closed_on, row.successor = closed_on, heir
        row.save(update_fields=["closed_on", "successor"])
        after = heir.name if heir else ""
        change = decide(actor, "closed", code, None, decreed, before=row.name, after=after)
        _record(actor, change, events.AGENCY_CLOSED, {"successor": successor} if heir else {})
    return change


def close_unit(
    *, actor: Actor, code: str, closed_on: date, reason: str, deed: str = ""
) -> PlaceChange:
    """Close a unit from the legal day `closed_on` in its zone on.

    Roles at it end on that day, and those of units that were merged into it before.

    :raises NoSuchUnit: unknown code.
    :raises Refused: not the agency's administrator nor the platform.
    :raises ClosedBefore: it has a closing date.
    :raises PartsOpen, AwaitsUnits: parts below it go on; another unit is to be merged into it.
    :raises ReasonMissing: not 10 to 500 characters.
    :raises FieldProblems: a past day.
    """
    decreed = _decreed(closed_on, deed, reason)
    with transaction.atomic():
        row = held_unit(code)
        require(actor, Can.CLOSE_UNIT, Placed(row.agency_id, row))
        _check_day(actor, closed_on, row.zone)
        if row.closed_on is not None:
            raise ClosedBefore()
        if actor.person is not None:
            check_parts_end(row, closed_on)
            check_awaits_none(row)
        Unit.objects.filter(path__startswith=row.path, ends_on__isnull=True).exclude(
            closed_on__isnull=True
        ).update(ends_on=closed_on)
        row.closed_on = row.ends_on = closed_on
        row.save(update_fields=["closed_on", "ends_on"])
        change = decide(actor, "closed", row.agency_id, row, decreed, before=row.name)
        _record(actor, change, events.UNIT_CLOSED, {})
    return change


def _decreed(day: date, deed: str, reason: str) -> Decreed:
    reason, deed = tidy_line(reason), tidy_line(deed)
    if not is_plain_line(reason, LEAST_REASON, LONGEST_REASON):
        raise ReasonMissing(least=LEAST_REASON, most=LONGEST_REASON)
    return Decreed(day, deed[:LONGEST_DEED], reason)


def _check_day(actor: Actor, day: date, zone: str) -> None:
    """A person decides what comes; the system also enters what long was."""
    if actor.person is not None and day < clock.today(zone):
        raise FieldProblems({"from_day": DayPast()})


def _heir(row: Agency, code: str) -> Agency | None:
    if not code:
        return None
    heir = Agency.objects.filter(pk=code, closed_on__isnull=True).first()
    if heir is None or heir.pk == row.pk:
        raise FieldProblems({"successor": NoSuchAgency() if heir is None else SuccessorUnfit()})
    return heir


def check_parts_end(row: Unit, day: date) -> None:
    """No unit that goes on may lie below one that ends: nobody would lead it.

    :raises PartsOpen: otherwise.
    """
    below = Unit.objects.filter(path__startswith=row.path).exclude(pk=row.pk)
    open_ones = below.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    names = list(open_ones.order_by("path").values_list("name", flat=True)[: _NAMED + 1])
    if names:
        more = " …" if len(names) > _NAMED else ""
        raise PartsOpen(names=", ".join(names[:_NAMED]) + more)


def check_awaits_none(row: Unit) -> None:
    """No unit is to be merged into it on a day to come, nor moved below it.

    :raises AwaitsUnits: otherwise.
    """
    waiting = PlaceChange.objects.filter(
        Q(successor=row) | Q(new_parent=row), applied_at__isnull=True, canceled_at__isnull=True
    )
    found = waiting.values_list("unit__name", flat=True).first()
    if found is not None:
        raise AwaitsUnits(name=found)


def still_open(row: Unit, day: date) -> bool:
    """It goes on on that day."""
    return row.closed_on is None or day < row.closed_on


def _record(actor: Actor, change: PlaceChange, event: Event, extra: dict[str, object]) -> None:
    facts: dict[str, object] = {"closed_on": change.from_day, "reason": change.reason, **extra}
    if change.deed:
        facts["deed"] = change.deed
    record_place(actor, event, change, facts)
