"""Takes the steps of loaded orders along the state tables, in memory."""

from datetime import datetime
from types import MappingProxyType

from gapura.kernel.states import Step
from gapura.purchasing import events
from gapura.purchasing.models import Order
from gapura.purchasing.services.bulk_contract import CONTRACT_EFFECTS
from gapura.purchasing.services.bulk_delivery import DELIVERY_EFFECTS
from gapura.purchasing.services.bulk_story import (
    EVENTS,
    ReadyStep,
    Story,
    add_moment,
    write_entry,
)
from gapura.purchasing.services.steps import deadline, side_of
from gapura.purchasing.states import DELIVERY, ORDER, PROCESS, WAITING

_EFFECTS = MappingProxyType({**CONTRACT_EFFECTS, **DELIVERY_EFFECTS})


def tell_step(story: Story, step: ReadyStep) -> None:
    """Take one step: its effects, its state, its entry in the log, its moment.

    :raises ValueError: the state does not allow it.
    """
    if step.verb == "draft":
        facts = {
            "company": story.row.company.name,
            "lines": len(story.lines),
            "total": str(story.row.total),
            "company_id": story.row.company_id,
        }
        write_entry(story, step.actor, events.DRAFTED, facts, None)
        add_moment(story, step, "buyer")
        return
    move = _move(story, step.verb)
    note, reason = step.words.get("note", ""), step.words.get("reason_code", "")
    facts = _EFFECTS[step.verb](story, step)
    event = EVENTS[move.event]
    if note and "note" in event.personal:
        facts["note"] = note
    if reason:
        facts["reason_code"] = reason
    if story.row.state not in WAITING:
        story.row.due_at = None
    write_entry(story, step.actor, event, facts, move)
    add_moment(story, step, side_of(step.actor))


def _move(story: Story, verb: str) -> Step:
    """Put the order, or its delivery, into the state that the table says."""
    row, delivery = story.row, story.delivery
    for move in ORDER.verbs_from(row.state):
        if move.verb == verb:
            row.state = move.target
            return move
    if delivery is not None and row.state == PROCESS:
        for move in DELIVERY.verbs_from(delivery.state):
            if move.verb == verb:
                delivery.state = move.target
                return move
    raise ValueError(f"an order in state {row.state!r} has no step {verb!r}")


_DEADLINES = MappingProxyType(
    {step.source: step.due for step in ORDER.steps if step.verb == "lapse" and step.due}
)


def deadline_of(row: Order) -> datetime | None:
    """When the present state ends by itself, counted from now; None when it waits for nobody."""
    key = _DEADLINES.get(row.state)
    return deadline(row, key) if key else None
