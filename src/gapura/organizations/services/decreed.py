"""What every change of a unit or an agency says: from which day, by which deed, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.errors import NoSuchAgency, NoSuchUnit, ReasonMissing
from gapura.organizations.models import Agency, PlaceChange, Unit
from gapura.organizations.place_errors import (
    ChangeWaits,
    DayFar,
    DayPast,
    DeedMissing,
    NameUnfit,
)
from gapura.organizations.rules import is_plain_line, tidy_line
from gapura.organizations.services.letters import LEAST_REASON, LONGEST_REASON

LEAST_DEED, LONGEST_DEED = 3, 200
LEAST_NAME, LONGEST_NAME = 3, 200
# Against slips in the year; no law knows such a number.
FURTHEST_DAYS = 731


@dataclass(frozen=True, slots=True)
class Decreed:
    """The legal day from which a change counts, what orders it, and the reason told to people."""

    from_day: date
    deed: str
    reason: str


def checked(decreed: Decreed, zone: str, **problems: Problem | None) -> Decreed:
    """The same with its lines tidied.

    :raises FieldProblems: of the day, the deed, the reason, and of what else was found.
    """
    deed, reason = tidy_line(decreed.deed), tidy_line(decreed.reason)
    found: dict[str, Problem | str | None] = dict(problems)
    found["from_day"] = _day_problem(decreed.from_day, clock.today(zone))
    if not is_plain_line(deed, LEAST_DEED, LONGEST_DEED):
        found["deed"] = DeedMissing(least=LEAST_DEED, most=LONGEST_DEED)
    if not is_plain_line(reason, LEAST_REASON, LONGEST_REASON):
        found["reason"] = ReasonMissing(least=LEAST_REASON, most=LONGEST_REASON)
    wrong = {field: problem for field, problem in found.items() if problem is not None}
    if wrong:
        raise FieldProblems(wrong)
    return Decreed(decreed.from_day, deed, reason)


def _day_problem(day: date, today: date) -> Problem | None:
    if day < today:
        return DayPast()
    return DayFar() if (day - today).days > FURTHEST_DAYS else None


def name_problem(name: str) -> Problem | None:
    """What is wrong with a tidied name."""
    sound = is_plain_line(name, LEAST_NAME, LONGEST_NAME)
    return None if sound else NameUnfit(least=LEAST_NAME, most=LONGEST_NAME)


def held_agency(code: str) -> Agency:
    """The agency, locked: whoever changes its tree waits here, so that two see each other's work.

    :raises NoSuchAgency: unknown code.
    """
    row = Agency.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise NoSuchAgency()
    return row


def held_unit(code: str) -> Unit:
    """The unit, with its agency and then itself locked.

    :raises NoSuchUnit: unknown code.
    """
    agency = Unit.objects.filter(pk=code).values_list("agency_id", flat=True).first()
    if agency is None:
        raise NoSuchUnit()
    held_agency(agency)
    return Unit.objects.select_for_update().get(pk=code)


def decide(
    actor: Actor, kind: str, agency: str, unit: Unit | None, decreed: Decreed, **values: Any
) -> PlaceChange:
    """Note a decided change.

    :raises ChangeWaits: one of the kind waits already, or the place ends anyway.
    """
    row = PlaceChange(kind=kind, agency_id=agency, unit=unit, from_day=decreed.from_day, **values)
    row.deed, row.reason = decreed.deed, decreed.reason
    row.decided_by, row.decided_at = actor.person, clock.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ChangeWaits() from error
    return row


def record_change(actor: Actor, event: Event, change: PlaceChange, **facts: Any) -> None:
    """Log what was decided of a place; its day, deed and reason are told with it."""
    told = {"from_day": change.from_day, "deed": change.deed, "reason": change.reason, **facts}
    record_place(actor, event, change, told)


def record_place(
    actor: Actor, event: Event, change: PlaceChange, facts: Mapping[str, object]
) -> None:
    """Log something of a change, under its unit or its agency."""
    unit = change.unit_id or ""
    subject = Subject(
        "unit" if unit else "agency", unit or change.agency_id, unit or change.agency_id
    )
    audit.record(actor, event, subject, facts=facts, agency=change.agency_id, unit=unit)
