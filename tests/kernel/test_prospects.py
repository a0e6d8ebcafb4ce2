"""What rules come to when the thing is unknown, or known by its place only."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from gapura.kernel import permissions
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import clause, is_signed_in, register, signed_in_strongly
from gapura.kernel.prospects import Answer, SomeThing, best, clause_answer, prospect

SOMEBODY = Actor(person=UUID(int=1), acr=2, grant=ActiveGrant(UUID(int=2), "guard", agency="A1"))


@clause("You do not guard this agency.")
def guards_it(actor: Actor, thing: SomeThing) -> bool:
    return bool(actor.agency == thing.agency)


@clause("The lamp is off.")
def is_lit(actor: Actor, thing: SomeThing) -> bool:
    return bool(thing.lit)


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(permissions, "_rules", {})
    register(
        {
            "lamp.bulb.guard": ((is_signed_in, guards_it, signed_in_strongly),),
            "lamp.bulb.dim": ((guards_it, is_lit), (is_signed_in, is_lit)),
        }
    )
    return iter(())


def test_what_is_not_known_leaves_the_answer_open() -> None:
    assert clause_answer(is_lit, SOMEBODY) is Answer.DEPENDS
    assert clause_answer(is_lit, SOMEBODY, SomeThing(lit=False)) is Answer.NEVER
    found = prospect(SOMEBODY, "lamp.bulb.guard")
    assert found.answer is Answer.DEPENDS
    assert [c.name for c in found.open] == ["guards_it"]


def test_the_place_alone_can_settle_it() -> None:
    assert prospect(SOMEBODY, "lamp.bulb.guard", SomeThing(agency="A1")).answer is Answer.ALWAYS
    other = prospect(SOMEBODY, "lamp.bulb.guard", SomeThing(agency="A2"))
    assert other.answer is Answer.NEVER
    assert [c.name for c in other.missing] == ["guards_it"]


def test_strength_that_is_missing_is_told_apart() -> None:
    weak = Actor(person=UUID(int=1), acr=1, grant=SOMEBODY.grant)
    assert prospect(weak, "lamp.bulb.guard", SomeThing(agency="A1")).only_needs_strength
    assert not prospect(weak, "lamp.bulb.guard", SomeThing(agency="A2")).only_needs_strength


def test_the_rule_that_lacks_least_is_told() -> None:
    found = prospect(SOMEBODY, "lamp.bulb.dim", SomeThing(agency="A2"))
    assert [c.name for c in found.rule] == ["is_signed_in", "is_lit"]
    never = prospect(Actor(), "lamp.bulb.dim", SomeThing(agency="A2", lit=False))
    assert best([never, found]) is found


def test_who_stands_in_lacks_what_the_law_takes_away() -> None:
    grant = ActiveGrant(
        UUID(int=2), "guard", agency="A1", standing="plh", without=frozenset({"lamp.bulb.guard"})
    )
    found = prospect(SOMEBODY.as_grant(grant), "lamp.bulb.guard", SomeThing(agency="A1"))
    assert found.answer is Answer.NEVER
    assert [c.name for c in found.missing] == ["acts_in_own_right"]
