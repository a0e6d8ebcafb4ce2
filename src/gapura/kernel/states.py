"""State machines as tables: one row is one verb. Plain Python; the database move is in moves.py."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One row: the verb, from where to where, who may, what is recorded, under which guards.

    `due` names the dated rule that fires the verb when nobody does.
    """

    verb: str
    source: str
    target: str
    permission: str
    event: str
    guards: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Machine:
    """A named table of steps with one start and its ends."""

    name: str
    start: str
    ends: frozenset[str]
    steps: tuple[Step, ...]
    states: tuple[str, ...]
    _rows: dict[tuple[str, str], Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = {(step.source, step.verb): step for step in self.steps}
        object.__setattr__(self, "_rows", rows)

    def step(self, state: str, verb: str) -> Step | None:
        """The row for `verb` in `state`, or None when the table has no such move."""
        return self._rows.get((state, verb))

    def verbs_from(self, state: str) -> tuple[Step, ...]:
        """The rows that leave `state`; a page draws its buttons from them."""
        return tuple(step for step in self.steps if step.source == state)

    def reachable(self) -> set[str]:
        """Every state a thing can come to from the start."""
        seen, queue = {self.start}, deque([self.start])
        while queue:
            for step in self.verbs_from(queue.popleft()):
                if step.target not in seen:
                    seen.add(step.target)
                    queue.append(step.target)
        return seen

    def problems(self) -> list[str]:
        """What is wrong with the table; an empty list for a sound one."""
        used = {step.source for step in self.steps} | {step.target for step in self.steps}
        keys = [(step.source, step.verb) for step in self.steps]
        left = {step.source for step in self.steps}
        found = [f"{self.name}: unknown state {state}" for state in sorted(used - set(self.states))]
        found += [
            f"{self.name}: {s} is unreachable" for s in self.states if s not in self.reachable()
        ]
        found += [f"{self.name}: two ways out of {s} with {v}" for s, v in _twice(keys)]
        found += [f"{self.name}: dead end {s}" for s in self.states if s not in left | self.ends]
        found += [f"{self.name}: a way out of the end {s}" for s in sorted(left & self.ends)]
        room = self.name.split(".")[0] + "."
        for step in self.steps:
            if not (step.permission.startswith(room) and step.event.startswith(room)):
                found.append(f"{self.name}: {step.verb} names another room's permission or event")
        return found

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram for the documentation."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {s.source} --> {s.target}: {s.verb}" for s in self.steps]
        lines += [f"    {end} --> [*]" for end in sorted(self.ends)]
        return "\n".join(lines)


def _twice(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    return [key for key in keys if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
