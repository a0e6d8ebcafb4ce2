"""Decisions are any of all of, and a refusal says what is missing."""

from uuid import UUID

import pytest

from gapura.kernel import permissions
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Refused,
    clause,
    decide,
    is_signed_in,
    is_the_system,
    register,
    require,
    signed_in_strongly,
)
from gapura.kernel.prospects import prospect


@clause("You are not the owner.", mend="The owner can.")
def is_owner(actor: Actor, thing: object) -> bool:
    return actor.person == thing


OWNER, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_rules", {})
    register(
        {
            "lamp.bulb.switch": ((is_signed_in, is_owner), (is_signed_in, signed_in_strongly)),
            "lamp.bulb.look": ((),),
        }
    )


def test_any_rule_is_enough_and_the_verdict_names_it() -> None:
    verdict = decide(Actor(person=OWNER, acr=1), "lamp.bulb.switch", OWNER)
    assert verdict
    assert verdict.rule == ("is_signed_in", "is_owner")
    assert decide(Actor(person=OTHER, acr=2), "lamp.bulb.switch", OWNER)


def test_a_refusal_names_what_the_nearest_rule_misses() -> None:
    verdict = decide(Actor(person=OTHER, acr=1), "lamp.bulb.switch", OWNER)
    assert not verdict
    assert [c.name for c in verdict.missing] == ["is_owner"]


def test_a_refusal_that_only_needs_a_stronger_sign_in_says_so() -> None:
    register({"lamp.bulb.replace": ((is_signed_in, signed_in_strongly),)})
    assert decide(Actor(person=OTHER, acr=1), "lamp.bulb.replace").only_needs_strength
    assert not decide(Actor(), "lamp.bulb.replace").only_needs_strength


@pytest.mark.parametrize("acr", [1, 2])
@pytest.mark.parametrize("first", [True, False], ids=["system first", "system last"])
def test_a_person_is_not_told_that_the_system_does_it(acr: int, first: bool) -> None:
    own, people = (is_the_system,), (is_signed_in, is_owner, signed_in_strongly)
    register({"lamp.bulb.renew": (own, people) if first else (people, own)})
    verdict = decide(Actor(person=OTHER, acr=acr), "lamp.bulb.renew", OWNER)
    missing = ["is_owner"] if acr == 2 else ["is_owner", "signed_in_strongly"]
    assert [c.name for c in verdict.missing] == missing
    found = prospect(Actor(person=OTHER, acr=acr), "lamp.bulb.renew", OWNER)
    assert [c.name for c in found.missing] == missing


def test_what_only_the_system_does_says_so() -> None:
    register({"lamp.bulb.dim": ((is_the_system,),)})
    verdict = decide(Actor(person=OWNER, acr=2), "lamp.bulb.dim")
    assert [c.name for c in verdict.missing] == ["is_the_system"]


def test_nobody_gets_nothing_but_the_public_parts() -> None:
    with pytest.raises(Refused):
        require(Actor(), "lamp.bulb.switch", OWNER)
    require(Actor(), "lamp.bulb.look")


def test_an_undeclared_permission_is_an_error_not_a_yes() -> None:
    with pytest.raises(KeyError):
        decide(Actor(person=OWNER, acr=3), "lamp.bulb.steal")


def test_a_permission_has_one_home() -> None:
    with pytest.raises(ValueError, match="twice"):
        register({"lamp.bulb.look": ((is_owner,),)})


def test_a_watched_page_shows_which_permissions_it_asked() -> None:
    with permissions.watched() as asked:
        decide(Actor(), "lamp.bulb.look")
    assert asked == {"lamp.bulb.look"}


def test_a_reason_is_worked_out_when_it_is_read_and_stays_what_failed() -> None:
    """Most refusals only hide a button; and a thing may have changed until somebody asks why."""
    asked: list[str] = []
    open_now = {"door": False}

    @clause("The door is shut.")
    def is_open(actor: Actor, thing: object) -> bool:
        asked.append("open")
        return open_now["door"]

    @clause("There is nobody inside.")
    def is_inside(actor: Actor, thing: object) -> bool:
        asked.append("inside")
        return False

    register({"lamp.door.enter": ((is_open, is_inside),)})
    verdict = decide(Actor(person=OWNER, acr=1), "lamp.door.enter", "door")
    assert asked == ["open"]
    open_now["door"] = True
    assert [c.name for c in verdict.missing] == ["is_open", "is_inside"]
    assert verdict.rule == ("is_open", "is_inside")
    asked.clear()
    assert verdict.missing
    assert asked == []


def test_the_same_question_is_asked_again_for_another_actor() -> None:
    verdict = decide(Actor(person=OTHER, acr=1), "lamp.bulb.switch", OWNER)
    assert verdict.about == OWNER
    assert verdict.again(Actor(person=OTHER, acr=2))
    assert not verdict.again(Actor(person=OTHER))
