"""The table of an account's life is sound and names only what exists."""

from gapura.accounts.permissions import Can
from gapura.accounts.states import PROFILE, STATES
from gapura.audit.events import all_events
from gapura.kernel.permissions import all_rules


def test_the_machine_has_no_problems() -> None:
    assert PROFILE.problems() == []


def test_every_state_can_be_reached() -> None:
    assert PROFILE.reachable() == set(STATES)


def test_every_step_names_a_declared_permission_and_event() -> None:
    for step in PROFILE.steps:
        assert step.permission in all_rules()
        assert step.event in all_events()


def test_every_permission_has_a_rule() -> None:
    assert set(Can) <= set(all_rules())


def test_nobody_comes_back_from_suspension_without_a_new_check() -> None:
    ways = {step.target for step in PROFILE.verbs_from("suspended")}
    assert ways == {"needs_reverification", "closed"}
