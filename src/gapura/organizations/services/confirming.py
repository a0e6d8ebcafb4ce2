"""Once a year an agency's administrator confirms what is kept of each unit, and mends it."""

from dataclasses import dataclass, replace

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import events
from gapura.organizations.errors import UnitClosed
from gapura.organizations.models import Agency, Unit, UnitConfirmation
from gapura.organizations.permissions import Can
from gapura.organizations.place_errors import HeadMissing, TaxNumberWrong
from gapura.organizations.place_facts import Placed
from gapura.organizations.rules import (
    LONGEST_NUMBER,
    LONGEST_POSITION,
    address_problem,
    is_npwp,
    is_plain_line,
    tidy_line,
    whole_npwp,
)
from gapura.organizations.services.decreed import held_unit


@dataclass(frozen=True, slots=True)
class UnitTruth:
    """What is confirmed of a unit; `npwp` is empty where it has none of its own."""

    address: str
    npwp: str
    head_name: str
    head_position: str


def confirm_unit(*, actor: Actor, code: str, truth: UnitTruth) -> list[str]:
    """Confirm what is kept of a unit, with what is new; answers the fields that changed.

    :raises NoSuchUnit, Refused: unknown code; not an administrator of the unit's agency.
    :raises UnitClosed: it ended.
    :raises FieldProblems: address, npwp, head_name, head_position.
    """
    truth = _tidied(truth)
    with transaction.atomic():
        row = held_unit(code)
        require(actor, Can.CONFIRM_UNIT, Placed(row.agency_id, row))
        if row.closed_on is not None and row.closed_on <= clock.today(row.zone):
            raise UnitClosed(name=row.name)
        _check(truth)
        changed = _take(row, truth)
        row.confirmed_at, row.confirmed_by = clock.now(), actor.who
        row.save(update_fields=[*changed, "confirmed_at", "confirmed_by"])
        _keep(actor, row, truth, changed)
        subject = Subject("unit", row.code, row.code)
        facts = {"changed": changed}
        audit.record(
            actor, events.UNIT_CONFIRMED, subject, facts=facts, agency=row.agency_id, unit=row.code
        )
    return changed


def _keep(actor: Actor, row: Unit, truth: UnitTruth, changed: list[str]) -> None:
    UnitConfirmation.objects.create(
        unit=row,
        address=truth.address,
        npwp=truth.npwp or None,
        head_name=truth.head_name,
        head_position=truth.head_position,
        changed=changed,
        confirmed_by=actor.who,
        confirmed_at=clock.now(),
    )


def _tidied(truth: UnitTruth) -> UnitTruth:
    return replace(
        truth,
        address=tidy_line(truth.address),
        npwp=whole_npwp(truth.npwp),
        head_name=tidy_line(truth.head_name),
        head_position=tidy_line(truth.head_position),
    )


def _check(truth: UnitTruth) -> None:
    found: dict[str, Problem | str | None] = {
        "address": address_problem(truth.address),
        "npwp": TaxNumberWrong() if truth.npwp and not is_npwp(truth.npwp) else None,
    }
    for field, most in (("head_name", LONGEST_NUMBER), ("head_position", LONGEST_POSITION)):
        sound = is_plain_line(getattr(truth, field), 2, most)
        found[field] = None if sound else HeadMissing()
    if wrong := {field: problem for field, problem in found.items() if problem is not None}:
        raise FieldProblems(wrong)


def _take(row: Unit, truth: UnitTruth) -> list[str]:
    changed = []
    for field in ("address", "npwp", "head_name", "head_position"):
        if getattr(truth, field) != (getattr(row, field) or ""):
            setattr(row, field, getattr(truth, field) or (None if field == "npwp" else ""))
            changed.append(field)
    return changed


def note_reminded(*, actor: Actor, agency: str) -> None:
    """Remember that an agency's administrators were told of units to confirm just now.

    :raises Refused: a person tried.
    """
    require(actor, Can.REMIND_PLACES)
    Agency.objects.filter(pk=agency).update(reminded_at=clock.now())
