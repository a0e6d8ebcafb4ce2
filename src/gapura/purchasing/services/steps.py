"""Taking one step with an order: hold it, check the right, move it, record and tell it."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gapura.accounts.queries import note_problem, tidy_note
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.states import Step
from gapura.outside.queries import holidays_between
from gapura.purchasing.errors import NoSuchOrder, TooLate, WrongChoice, WrongText
from gapura.purchasing.models import Moment, Order, PurchasingRule
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import facts_of, kind_of, steps_from, visible
from gapura.purchasing.rules import LEAST_TEXT, LONGEST_TEXT, due_at, horizon, in_time
from gapura.purchasing.services.notices import tell_parties
from gapura.purchasing.states import DELIVERY, ORDER, WAITING


def held(actor: Actor, can: Can, order: UUID, verb: str) -> Order:
    """The locked row, once the actor may take `verb` with it, and in time.

    :raises NoSuchOrder: not there, or not for this actor to know of.
    :raises NoSuchMove: it is not in a state for this verb (any more).
    :raises Refused: not for this actor to do.
    :raises TooLate: its deadline is over, tidied up or not.
    """
    # Locked first, read with its company and delivery after: as those are once the lock is ours.
    if not Order.objects.select_for_update().filter(pk=order).values_list("pk").first():
        raise NoSuchOrder()
    row = visible(actor, order)
    facts = facts_of(row)
    if verb not in {step.verb for step in steps_from(facts)}:
        raise NoSuchMove()
    require(actor, can, facts)
    if row.state in WAITING and not in_time(row.due_at, clock.now()):
        raise TooLate(due=shown(row, row.due_at or clock.now()))
    return row


def take(
    actor: Actor,
    row: Order,
    verb: str,
    event: Event,
    *,
    facts: dict[str, Any] | None = None,
    note: str = "",
    reason_code: str = "",
    **changes: Any,
) -> None:
    """Move a held order along `verb`, with its event, its moment and its notices."""
    step = move(ORDER, row, verb, changed_at=clock.now(), **changes)
    tell(actor, row, step, event, facts=facts or {}, note=note, reason_code=reason_code)


def take_delivery(
    actor: Actor,
    row: Order,
    verb: str,
    event: Event,
    *,
    facts: dict[str, Any] | None = None,
    note: str = "",
    **changes: Any,
) -> None:
    """The same for the delivery of a held order that is carried out."""
    step = move(DELIVERY, row.delivery, verb, **changes)
    Order.objects.filter(pk=row.pk).update(changed_at=clock.now())
    tell(actor, row, step, event, facts=facts or {}, note=note, reason_code="")


def tell(
    actor: Actor,
    row: Order,
    step: Step,
    event: Event,
    *,
    facts: dict[str, Any],
    note: str,
    reason_code: str,
) -> None:
    """Record a step that was made, put it on the timeline, and tell the parties."""
    words = {"note": note if "note" in event.personal else "", "reason_code": reason_code}
    told = {**facts, **{name: word for name, word in words.items() if word}}
    entry = write_down(actor, row, event, told, step)
    Moment.objects.create(
        order=row,
        verb=step.verb,
        side=side_of(actor),
        person_id=actor.person,
        reason_code=reason_code,
        note=note,
        at=clock.now(),
    )
    if row.submitted_at is not None:
        tell_parties(actor, row, step.verb, reason_code=reason_code, note=note, event=entry)


def write_down(
    actor: Actor, row: Order, event: Event, facts: dict[str, Any], step: Step | None = None
) -> UUID:
    """One event about an order; its agency may read it, and its buyer. Answers the entry's id."""
    return record(
        actor,
        event,
        Subject("order", str(row.id), row.reference or row.id.hex[-8:].upper()),
        facts=facts,
        before={"state": step.source} if step else None,
        after={"state": step.target} if step else None,
        agency=row.agency_id,
        unit=row.unit_id,
        person=row.buyer_id,
    )


def side_of(actor: Actor) -> str:
    """On whose side the actor takes a step: a word of words.SIDES."""
    return "system" if actor.system else kind_of(actor)


def grant_of(actor: Actor) -> ActiveGrant:
    """The active grant, where the permission has asked for a role."""
    grant = actor.grant
    assert grant is not None  # noqa: S101 - every permission that leads here asks for a role
    return grant


def deadline(row: Order, key: str) -> datetime:
    """The end of the last working day that rule `key` gives, in the unit's zone (as UTC)."""
    now = clock.now()
    days = int(PurchasingRule.value_at(key, clock.today(row.zone)))
    holidays = holidays_between(*horizon(now, days, row.zone), row.region)
    return due_at(now, days, row.zone, holidays)


def shown(row: Order, at: datetime) -> str:
    """A moment as people of the unit read it."""
    here = at.astimezone(ZoneInfo(row.zone))
    return f"{here:%d/%m/%Y %H:%M} {clock.ZONES[row.zone]}"


def checked_note(note: str, *, least: int = 0, field: str = "note") -> str:
    """The note as it is kept: without its margins, its lines ending alike.

    :raises FieldProblems: shorter than `least` or longer than 1,000 characters, or with letters
        that nobody sees (control, bidi, zero-width, NUL).
    """
    note = tidy_note(note)
    if not least <= len(note) <= LONGEST_TEXT:
        raise FieldProblems({field: WrongText(least=least, most=LONGEST_TEXT)})
    if problem := note_problem(note, LONGEST_TEXT):
        raise FieldProblems({field: problem})
    return note


def checked_reason(code: str, note: str, reasons: dict[str, str]) -> str:
    """The note that goes with a coded reason; `other` needs one.

    :raises FieldProblems: an unknown code, or a note that is missing or too long.
    """
    if code not in reasons:
        raise FieldProblems({"reason_code": WrongChoice()})
    return checked_note(note, least=LEAST_TEXT if code == "other" else 0)
