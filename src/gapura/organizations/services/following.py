"""What was decided of a place happens on its day, or is canceled before it."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, require
from gapura.kernel.problems import Problem
from gapura.organizations import events
from gapura.organizations.errors import NoSuchChange, ReasonMissing
from gapura.organizations.kinds import ENDINGS
from gapura.organizations.models import Agency, PlaceChange, PlaceName, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.place_facts import Placed
from gapura.organizations.rules import is_plain_line, tidy_line
from gapura.organizations.services.changes import place_problem
from gapura.organizations.services.decreed import held_agency, record_place
from gapura.organizations.services.letters import LEAST_REASON, LONGEST_REASON
from gapura.organizations.services.tree import fill_paths

# Said in the log where a change could not happen any more.
_OVERTAKEN = "The tree of units had changed until the day came."


def cancel_change(*, actor: Actor, change: UUID, reason: str) -> PlaceChange:
    """Take a decided change back before its day.

    :raises NoSuchChange: unknown, happened, canceled, or not the actor's to take back.
    :raises Refused: not strongly signed in.
    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = tidy_line(reason)
    if not is_plain_line(reason, LEAST_REASON, LONGEST_REASON):
        raise ReasonMissing(least=LEAST_REASON, most=LONGEST_REASON)
    with transaction.atomic():
        row = _waiting(change)
        verdict = decide(actor, Can.CANCEL_CHANGE, Placed(row.agency_id, row.unit))
        if not verdict:
            problem = Refused(verdict)
            raise problem if verdict.only_needs_strength else NoSuchChange() from problem
        # What counts by its day counts from that day on, whether the nightly run came by or not.
        if row.kind in ENDINGS and row.from_day <= clock.today(_zone(row)):
            raise NoSuchChange()
        _cancel(actor, row, reason)
    return row


def _cancel(actor: Actor, row: PlaceChange, reason: str) -> None:
    row.canceled_at, row.canceled_by = clock.now(), actor.person
    row.save(update_fields=["canceled_at", "canceled_by"])
    if row.kind in ENDINGS:
        _reopen(row)
    facts = {"kind": row.kind, "from_day": row.from_day, "reason": reason}
    record_place(actor, events.CHANGE_CANCELED, row, facts)


def _reopen(row: PlaceChange) -> None:
    if row.unit is None:
        Agency.objects.filter(pk=row.agency_id).update(closed_on=None, successor=None)
        return
    below = Unit.objects.filter(path__startswith=row.unit.path, ends_on=row.from_day)
    below.exclude(merged_into__isnull=True).update(ends_on=None)
    Unit.objects.filter(pk=row.unit_id).update(closed_on=None, ends_on=None, merged_into=None)


def apply_change(*, actor: Actor, change: UUID) -> PlaceChange:
    """Let names and tree follow a change whose day has come. Only the system does this.

    A move or merger that the tree of today does not allow any more is canceled, with an entry.

    :raises NoSuchChange: unknown, happened, canceled, or its day has not come.
    """
    require(actor, Can.APPLY_CHANGE)
    with transaction.atomic():
        row = _waiting(change)
        if row.from_day > clock.today(_zone(row)):
            raise NoSuchChange()
        if _overtaken(row) is not None:
            _cancel(actor, row, _OVERTAKEN)
            return row
        _APPLYING[row.kind](row)
        row.applied_at = clock.now()
        row.save(update_fields=["applied_at"])
        facts = {"kind": row.kind, "from_day": row.from_day}
        record_place(actor, events.CHANGE_APPLIED, row, facts)
    return row


def _overtaken(row: PlaceChange) -> Problem | None:
    target = {"moved": row.new_parent, "merged": row.successor}.get(row.kind)
    if row.unit is None or target is None:
        return None
    return place_problem(row.unit, target, row.from_day)


def _waiting(change: UUID) -> PlaceChange:
    agency = PlaceChange.objects.filter(pk=change).values_list("agency_id", flat=True).first()
    if agency is None:
        raise NoSuchChange()
    held_agency(agency)
    rows = PlaceChange.objects.select_for_update(of=("self",)).select_related(
        "unit", "new_parent", "successor"
    )
    row = rows.filter(pk=change, applied_at__isnull=True, canceled_at__isnull=True).first()
    if row is None:
        raise NoSuchChange()
    return row


def _zone(row: PlaceChange) -> str:
    return row.unit.zone if row.unit else clock.JAKARTA


def _rename(row: PlaceChange) -> None:
    PlaceName.objects.create(
        agency_id=row.agency_id,
        unit=row.unit,
        name=row.unit.name if row.unit else row.agency.name,
        until=row.from_day,
        deed=row.deed,
    )
    if row.unit is None:
        Agency.objects.filter(pk=row.agency_id).update(name=row.after)
    else:
        Unit.objects.filter(pk=row.unit_id).update(name=row.after)


def _move(row: PlaceChange) -> None:
    Unit.objects.filter(pk=row.unit_id).update(parent=row.new_parent)
    fill_paths()


def _merge(row: PlaceChange) -> None:
    """Itself and its parts lie below the successor: whoever leads that reaches them."""
    Unit.objects.filter(parent=row.unit_id).update(parent=row.successor)
    Unit.objects.filter(pk=row.unit_id).update(parent=row.successor, merged_into=row.successor)
    fill_paths()


def _close(row: PlaceChange) -> None:
    """It counts by its dates: nothing more is to be done."""


_APPLYING: dict[str, Callable[[PlaceChange], None]] = {
    "renamed": _rename,
    "moved": _move,
    "merged": _merge,
    "closed": _close,
}
