"""A hold on the account stops writing, or only what binds, under every role."""

from uuid import UUID

import pytest

from gapura.kernel import holds, permissions
from gapura.kernel.actor import Actor
from gapura.kernel.holds import Stops, declare, hold, holds_of, reading, weigh
from gapura.kernel.permissions import Refused, decide, is_signed_in, register, require
from gapura.kernel.prospects import Answer, prospect

ALL = hold("all", Stops.WRITING, "All writing stops.", law="A law", link="/mend")
LIGHT = hold("light", Stops.BINDING, "Nothing that binds.")


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_rules", {})
    monkeypatch.setattr(holds, "_kinds", {})
    monkeypatch.setattr(holds, "_exempt", set())
    monkeypatch.setattr(holds, "_binding", set())
    verbs = ("see_plan", "draw", "sell", "mend")
    register({f"lamp.bulb.{verb}": ((is_signed_in,),) for verb in verbs})
    declare(ALL, LIGHT)
    weigh(exempt={"lamp.bulb.mend"}, binding={"lamp.bulb.sell"})


def held(*kinds: str) -> Actor:
    return Actor(person=UUID(int=1), acr=2, holds=holds_of(kinds))


@pytest.mark.parametrize(
    ("kind", "stopped"),
    [("all", {"draw", "sell"}), ("light", {"sell"}), ("never declared", {"draw", "sell"})],
)
def test_a_hold_stops_what_its_kind_says_and_an_unknown_one_all_writing(
    kind: str, stopped: set[str]
) -> None:
    verbs = ("see_plan", "draw", "sell", "mend")
    assert {v for v in verbs if not decide(held(kind), f"lamp.bulb.{v}")} == stopped
    assert {
        v for v in verbs if prospect(held(kind), f"lamp.bulb.{v}").answer is Answer.NEVER
    } == stopped


def test_a_refusal_by_a_hold_tells_the_reason_the_law_and_the_way_out() -> None:
    verdict = decide(held("light", "all"), "lamp.bulb.sell")
    assert [(c.name, c.says, c.law, c.link) for c in verdict.missing] == [
        ("not_held_all", "All writing stops.", "A law", "/mend")
    ]
    assert verdict.held
    assert not verdict.only_needs_strength


def test_whoever_may_not_anyway_is_not_told_that_a_hold_is_the_reason() -> None:
    nobody = Actor(holds=holds_of(["all"]))
    assert not decide(nobody, "lamp.bulb.sell").held
    assert decide(Actor(person=UUID(int=1), acr=2), "lamp.bulb.sell")


def test_a_kind_of_hold_has_one_home() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(hold("all", Stops.BINDING, "Something else."))


def test_while_only_reading_a_hold_hides_nothing_and_still_draws_no_button() -> None:
    with reading():
        require(held("all"), "lamp.bulb.draw")
        assert not decide(held("all"), "lamp.bulb.draw")
        with pytest.raises(Refused):
            require(Actor(holds=holds_of(["all"])), "lamp.bulb.draw")
    with pytest.raises(Refused):
        require(held("all"), "lamp.bulb.draw")
