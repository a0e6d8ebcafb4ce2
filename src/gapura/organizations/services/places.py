"""Closing agencies and units on a date: grants there end by themselves on that day."""

from datetime import date

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import ClosedBefore, NoSuchAgency, NoSuchUnit, ReasonMissing
from gapura.organizations.models import Agency, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.rules import is_plain_line, tidy_line
from gapura.organizations.services.letters import LEAST_REASON, LONGEST_REASON


def close_agency(*, actor: Actor, code: str, closed_on: date, reason: str) -> None:
    """Close an agency from the legal day `closed_on` on.

    :raises NoSuchAgency: unknown code.
    :raises ClosedBefore: it has a closing date.
    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = _sound(reason)
    with transaction.atomic():
        require(actor, Can.CLOSE_AGENCY)
        row = Agency.objects.select_for_update().filter(pk=code).first()
        if row is None:
            raise NoSuchAgency()
        _close(actor, events.AGENCY_CLOSED, row, closed_on, reason, agency=row.code)


def close_unit(*, actor: Actor, code: str, closed_on: date, reason: str) -> None:
    """Close a unit from the legal day `closed_on` in its zone on.

    :raises NoSuchUnit: unknown code.
    :raises ClosedBefore: it has a closing date.
    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = _sound(reason)
    with transaction.atomic():
        require(actor, Can.CLOSE_UNIT)
        row = Unit.objects.select_for_update().filter(pk=code).first()
        if row is None:
            raise NoSuchUnit()
        _close(actor, events.UNIT_CLOSED, row, closed_on, reason, agency=row.agency_id)


def _sound(reason: str) -> str:
    reason = tidy_line(reason)
    if not is_plain_line(reason, LEAST_REASON, LONGEST_REASON):
        raise ReasonMissing(least=LEAST_REASON, most=LONGEST_REASON)
    return reason


def _close(
    actor: Actor, event: Event, row: Agency | Unit, closed_on: date, reason: str, *, agency: str
) -> None:
    if row.closed_on is not None:
        raise ClosedBefore()
    row.closed_on = closed_on
    row.save(update_fields=["closed_on"])
    subject = Subject(event.name.split(".")[1], row.code, row.code)
    facts = {"closed_on": closed_on, "reason": reason}
    audit.record(actor, event, subject, facts=facts, agency=agency)
