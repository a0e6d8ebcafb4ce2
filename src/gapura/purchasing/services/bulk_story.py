"""One loaded order on its way into the database, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gapura.audit.events import Event, Subject
from gapura.audit.services import compose
from gapura.kernel.actor import Actor
from gapura.kernel.states import Step
from gapura.purchasing import events
from gapura.purchasing.models import Delivery, Moment, Order, OrderLine

if TYPE_CHECKING:
    from gapura.audit.entries import Entry

EVENTS: Mapping[str, Event] = MappingProxyType(
    {event.name: event for event in vars(events).values() if isinstance(event, Event)}
)


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """One step: its verb, who takes it when, and the words that its service would be given."""

    verb: str
    at: datetime
    actor: Actor
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    """One order on its way into the database."""

    row: Order
    lines: list[OrderLine]
    delivery: Delivery | None = None
    more: list[Any] = field(default_factory=list)
    entries: list[tuple[str, Entry]] = field(default_factory=list)

    def parts(self) -> Iterator[Any]:
        """Every row but the order's own, those that others point at first."""
        yield from self.lines
        if self.delivery is not None:
            yield self.delivery
        yield from self.more

    def last(self, kind: type[Any]) -> Any:
        """The newest row of a kind."""
        return next(row for row in reversed(self.more) if isinstance(row, kind))


def by_event(stories: Iterable[Story]) -> list[tuple[Event, list[Entry]]]:
    """All entries, sorted by what happened."""
    found: dict[str, list[Entry]] = {}
    for name, entry in (pair for story in stories for pair in story.entries):
        found.setdefault(name, []).append(entry)
    return [(EVENTS[name], entries) for name, entries in found.items()]


# Some steps have facts beside the note and the coded reason.
Facts = dict[str, Any]
Effect = Callable[[Story, ReadyStep], Facts]


def write_entry(story: Story, actor: Actor, event: Event, facts: Facts, move: Step | None) -> None:
    """One entry of the log about the order; its agency may read it, and its buyer."""
    row = story.row
    entry = compose(
        actor,
        event,
        Subject("order", str(row.id), row.reference or row.id.hex[-8:].upper()),
        facts=facts,
        before={"state": move.source} if move else None,
        after={"state": move.target} if move else None,
        agency=row.agency_id,
        unit=row.unit_id,
        person=row.buyer_id,
    )
    story.entries.append((event.name, entry))


def add_moment(story: Story, step: ReadyStep, side: str) -> None:
    """One step on the order's timeline."""
    story.more.append(
        Moment(
            order=story.row,
            verb=step.verb,
            side=side,
            person_id=step.actor.person,
            reason_code=step.words.get("reason_code", ""),
            note=step.words.get("note", ""),
            at=step.at,
        )
    )
