"""Every state table is sound, and each of its verbs has its right, its service and its record."""

import ast

import pytest

from gapura.audit.events import all_events
from gapura.kernel.permissions import all_rules
from gapura.kernel.states import Machine, Step
from tools.house.inventory import (
    Function,
    Source,
    called,
    event_constant,
    functions,
    machines,
    sources,
    texts_given,
    words_in,
)

# One statement moves many rows, which it holds locked in the old state; or they are not there yet.
IN_BULK = {
    "access/services/deadlines.py",
    "access/services/grants.py",
    "access/services/officer_moves.py",
    "purchasing/services/bulk_steps.py",
}
MACHINES = machines()
STEPS = [(machine, step) for machine in MACHINES.values() for step in machine.steps]


def names(pair: tuple[Machine, Step]) -> str:
    return f"{pair[0].name}:{pair[1].source}-{pair[1].verb}"


def test_there_are_tables_to_look_at() -> None:
    assert {"accounts.profile", "access.request", "access.grant", "helpdesk.case"} <= set(MACHINES)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))
def test_no_table_has_a_dead_end_or_two_ways_with_one_verb(machine: Machine) -> None:
    assert machine.problems() == []


@pytest.mark.parametrize("pair", STEPS, ids=names)
def test_every_step_has_a_rule_and_an_event(pair: tuple[Machine, Step]) -> None:
    step = pair[1]
    assert step.permission in all_rules()
    assert step.event in all_events()


@pytest.mark.parametrize("pair", STEPS, ids=names)
def test_every_step_is_recorded_where_it_is_taken(pair: tuple[Machine, Step]) -> None:
    """Repudiation: a change of state that leaves no trace in the log."""
    machine, step = pair
    room = machine.name.split(".")[0]
    verb, event = step.verb, event_constant(step.event)
    services = [s for s in sources() if s.room == room and "services" in s.name]
    takers = [f for s in services for f in _takers(s, verb)]
    assert takers, f"no service of {room} takes the verb {verb}"
    assert [f for f in takers if event in words_in(f)], f"{verb} does not record {event}"


def _takers(source: Source, verb: str) -> list[Function]:
    """The functions that name the verb, in `move(...)` or to one that moves, and their callers."""
    every = functions(source.tree)
    direct = [f for f in every if verb in texts_given(f)]
    known = {f.name for f in direct}
    return direct + [f for f in every if f.name not in known and known & words_in(f)]


def test_no_state_is_set_by_hand() -> None:
    """A state changes by `move`, whose UPDATE asks for the old state: two at once give one move."""
    wrong = [
        f"{source.name}:{getattr(node, 'lineno', 0)}"
        for source in sources()
        if "services" in source.name and source.name not in IN_BULK
        for node in ast.walk(source.tree)
        if _assigns_state(node)
    ]
    assert wrong == []


def _assigns_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Attribute) and t.attr == "state" for t in node.targets)
    if isinstance(node, ast.Call) and called(node) == "update":
        return any(keyword.arg == "state" for keyword in node.keywords)
    return False
