"""The registry: names, places, one home per event."""

import pytest

from gapura.audit.events import Event, Readers, all_events, event_named


def test_an_event_registers_itself(happened: Event) -> None:
    assert all_events()["audit.trial.happened"] is happened
    assert event_named("audit.trial.happened") is happened
    assert happened.readers == Readers.AGENCY


def test_a_second_event_of_that_name_is_refused(happened: Event) -> None:
    with pytest.raises(ValueError, match="twice"):
        Event("audit.trial.happened", "again")


@pytest.mark.parametrize("name", ["happened", "audit.happened", "Audit.trial.happened", "a.b.c.d"])
def test_a_name_is_room_noun_verb(name: str) -> None:
    with pytest.raises(ValueError, match=r"room\.noun\.verb"):
        Event(name, "x")


def test_a_sentence_shows_only_declared_facts() -> None:
    with pytest.raises(ValueError, match="colour"):
        Event("audit.trial.painted", "%(actor)s painted it %(colour)s")
    assert event_named("audit.trial.painted") is None
