"""Every event has a writer, and its sentence can be told."""

import pytest

from gapura.audit.events import Event
from tools.house.inventory import event_constant, events, modules, sources, words_in

EVENTS = events()
# A protocol without I/O names its entries by their names, and its doors write them.
DOORS = {"sso": ("api",)}


def test_there_are_events_to_look_at() -> None:
    assert len(EVENTS) > 40


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_every_event_has_a_writer(event: Event) -> None:
    room = event.name.split(".")[0]
    constant = event_constant(event.name)
    tables = {"events.py", "states.py"}
    writers = [
        source.name
        for source in sources()
        if source.path.name not in tables
        and source.room in {room, "journeys", *DOORS.get(room, ())}
        and {constant, *([event.name] if room in DOORS else [])} & words_in(source.tree)
    ]
    assert writers, f"nobody writes {event.name}"


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_every_event_is_named_after_its_room(event: Event) -> None:
    """`access.request.approved` is declared by access."""
    declared = next(m for m in modules() if event in vars(m).values())
    assert declared.__name__.split(".")[1] == event.name.split(".")[0]


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_no_personal_value_stands_in_a_sentence_shown_to_all(event: Event) -> None:
    """A sentence is built from facts; an erased value could not be taken out of a fixed text."""
    assert event.places.isdisjoint({"nik", "nip", "phone", "email", "password", "code"})
