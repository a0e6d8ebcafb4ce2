"""Units and agencies get other names, other places in the tree, or go into another unit."""

from datetime import date

from django.db import transaction

from gapura.kernel.actor import Actor
from gapura.kernel.clock import JAKARTA
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.organizations import events
from gapura.organizations.errors import ClosedBefore
from gapura.organizations.kinds import STAY_OR_END
from gapura.organizations.models import PlaceChange, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.place_errors import (
    NameSame,
    ParentSame,
    SuccessorUnfit,
    TreeTooDeep,
    WouldLoop,
)
from gapura.organizations.place_facts import Placed
from gapura.organizations.rules import is_code, tidy_line
from gapura.organizations.services.decreed import (
    Decreed,
    checked,
    decide,
    held_agency,
    held_unit,
    name_problem,
    record_change,
)
from gapura.organizations.services.endings import check_awaits_none, still_open
from gapura.organizations.services.tree import LONGEST_PATH, longest_below


def rename_unit(*, actor: Actor, code: str, name: str, decreed: Decreed) -> PlaceChange:
    """Decide that a unit is called `name` from a day on. What was signed before keeps the old name.

    :raises NoSuchUnit, Refused: unknown code; not the agency's administrator nor the platform.
    :raises ClosedBefore, ChangeWaits: it ends anyway; a renaming waits for its day already.
    :raises FieldProblems: name, from_day, deed, reason.
    """
    name = tidy_line(name)
    with transaction.atomic():
        row = held_unit(code)
        require(actor, Can.RENAME_UNIT, Placed(row.agency_id, row))
        same = NameSame() if name == row.name else None
        decreed = checked(decreed, row.zone, name=name_problem(name) or same)
        _still_open(row, decreed.from_day)
        change = decide(actor, "renamed", row.agency_id, row, decreed, before=row.name, after=name)
        record_change(actor, events.UNIT_RENAMED, change, name=name)
    return change


def rename_agency(*, actor: Actor, code: str, name: str, decreed: Decreed) -> PlaceChange:
    """Decide that an agency is called `name` from a day (Jakarta) on.

    :raises NoSuchAgency, Refused: unknown code; not the platform.
    :raises ClosedBefore, ChangeWaits: it ends anyway; a renaming waits for its day already.
    :raises FieldProblems: name, from_day, deed, reason.
    """
    name = tidy_line(name)
    with transaction.atomic():
        row = held_agency(code)
        require(actor, Can.RENAME_AGENCY, Placed(row.code))
        same = NameSame() if name == row.name else None
        decreed = checked(decreed, JAKARTA, name=name_problem(name) or same)
        if row.closed_on is not None and row.closed_on <= decreed.from_day:
            raise ClosedBefore()
        change = decide(actor, "renamed", row.code, None, decreed, before=row.name, after=name)
        record_change(actor, events.AGENCY_RENAMED, change, name=name)
    return change


def move_unit(*, actor: Actor, code: str, parent: str, decreed: Decreed) -> PlaceChange:
    """Decide that a unit with all its parts lies below `parent` from a day on; empty: at the top.

    :raises NoSuchUnit, Refused: unknown code; not the agency's administrator nor the platform.
    :raises ClosedBefore, ChangeWaits: it ends anyway; a move waits for its day already.
    :raises FieldProblems: parent, from_day, deed, reason.
    """
    with transaction.atomic():
        row = held_unit(code)
        require(actor, Can.MOVE_UNIT, Placed(row.agency_id, row))
        target = _unit_of(row, parent)
        same = ParentSame() if (row.parent_id or "") == parent else None
        unfit = SuccessorUnfit() if parent and target is None else None
        wrong = same or unfit or (place_problem(row, target, decreed.from_day) if target else None)
        decreed = checked(decreed, row.zone, parent=wrong)
        _still_open(row, decreed.from_day)
        old = row.parent.name if row.parent else ""
        change = decide(
            actor, "moved", row.agency_id, row, decreed,
            before=old, after=target.name if target else "", new_parent=target,
        )  # fmt: skip
        record_change(actor, events.UNIT_MOVED, change, **({"parent": parent} if parent else {}))
    return change


def merge_unit(
    *, actor: Actor, code: str, successor: str, grants: str, decreed: Decreed
) -> PlaceChange:
    """Decide that a unit goes into another one of its agency on a day.

    From that day on nothing new begins there. Its parts and itself lie below the successor, so that
    whoever leads or verifies the successor reaches them. The roles at it go on until their own last
    day (`grants` is "stay") or end on that day ("end").

    :raises NoSuchUnit, Refused: unknown code; not the agency's administrator nor the platform.
    :raises ClosedBefore, ChangeWaits: it ends anyway.
    :raises FieldProblems: successor, grants, from_day, deed, reason.
    """
    with transaction.atomic():
        row = held_unit(code)
        require(actor, Can.MERGE_UNIT, Placed(row.agency_id, row))
        target = _unit_of(row, successor)
        wrong = place_problem(row, target, decreed.from_day) if target else SuccessorUnfit()
        unknown = SuccessorUnfit() if grants not in STAY_OR_END else None
        decreed = checked(decreed, row.zone, successor=wrong, grants=unknown)
        if row.closed_on is not None:
            raise ClosedBefore()
        check_awaits_none(row)
        change = decide(
            actor, "merged", row.agency_id, row, decreed,
            before=row.name, after=target.name if target else "", successor=target, grants=grants,
        )  # fmt: skip
        row.closed_on = decreed.from_day
        row.ends_on = decreed.from_day if grants == "end" else None
        row.save(update_fields=["closed_on", "ends_on"])
        record_change(actor, events.UNIT_MERGED, change, successor=successor, grants=grants)
    return change


def _unit_of(row: Unit, code: str) -> Unit | None:
    """Another unit of the same agency."""
    if not code or not is_code(code):
        return None
    return Unit.objects.filter(pk=code, agency=row.agency_id).first()


def place_problem(row: Unit, target: Unit, day: date) -> Problem | None:
    """Why `row` cannot lie below `target` on a day."""
    if target.path.startswith(row.path):
        return WouldLoop()
    if not still_open(target, day) or target.closed_on is not None:
        return SuccessorUnfit()
    if len(target.path) + longest_below(row.path) > LONGEST_PATH:
        return TreeTooDeep()
    return None


def _still_open(row: Unit, day: date) -> None:
    if not still_open(row, day):
        raise ClosedBefore()
