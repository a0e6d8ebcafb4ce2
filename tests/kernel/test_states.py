"""The state table finds its own mistakes and draws itself."""

from dataclasses import replace

import pytest

from gapura.kernel.states import Machine, Step

SOUND = Machine(
    name="lamp.bulb",
    start="off",
    ends=frozenset({"broken"}),
    states=("off", "on", "broken"),
    steps=(
        Step("switch_on", "off", "on", "lamp.bulb.switch", "lamp.bulb.switched_on"),
        Step("switch_off", "on", "off", "lamp.bulb.switch", "lamp.bulb.switched_off"),
        Step("drop", "on", "broken", "lamp.bulb.drop", "lamp.bulb.dropped"),
    ),
)


def test_a_sound_table_has_no_problems() -> None:
    assert SOUND.problems() == []


def test_a_verb_leads_from_its_state_only() -> None:
    step = SOUND.step("off", "switch_on")
    assert step is not None
    assert step.target == "on"
    assert SOUND.step("broken", "switch_on") is None
    assert [s.verb for s in SOUND.verbs_from("on")] == ["switch_off", "drop"]


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        (replace(SOUND, states=(*SOUND.states, "lost"), ends=SOUND.ends | {"lost"}), "unreachable"),
        (replace(SOUND, ends=frozenset()), "dead end"),
        (replace(SOUND, ends=SOUND.ends | {"on"}), "way out of the end"),
        (replace(SOUND, steps=(*SOUND.steps, SOUND.steps[0])), "two ways"),
        (replace(SOUND, states=("off", "on")), "unknown state"),
        (replace(SOUND, name="car.bulb"), "another room"),
    ],
)
def test_each_kind_of_mistake_is_found(broken: Machine, word: str) -> None:
    assert any(word in problem for problem in broken.problems())


def test_the_chart_shows_every_row() -> None:
    chart = SOUND.mermaid()
    assert "[*] --> off" in chart
    assert "on --> broken: drop" in chart
    assert "broken --> [*]" in chart
