"""What rooms claim about their tables: which entries tell of each row, so that both must agree."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gapura.audit.marks import mark
from gapura.kernel.states import Machine

_NAME = re.compile(r"[a-z_]+\.[a-z_]+")

_registry: dict[str, "Claim"] = {}


@dataclass(frozen=True, slots=True)
class Telling:
    """One event that tells of a row.

    `object` is where the entry names the row: `subject_id`, `facts.grant`. `sets` says by column
    what the row holds afterwards, `starts` what it held before: a path into the entry
    (`after.state`; one that ends with `?` is empty where it is left out) or a word (`=active`).
    `born`: the row begins with it, so it stands in the log exactly once. `ends`: the row goes.
    """

    event: str
    object: str = "subject_id"
    sets: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    born: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A table that must agree with the log, named `room.thing`; creating it registers it.

    `rows` is a SELECT of the row's id and of `columns`, all as text and never null. Of those in
    `keyed`, which hold personal values, entries and bundles have the `marks.mark` only.

    :raises ValueError: for a second claim of that name or a malformed name.
    """

    name: str
    rows: str
    columns: tuple[str, ...]
    tellings: tuple[Telling, ...]
    keyed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"claim {self.name!r} is not named room.thing")
        if _registry.setdefault(self.name, self) is not self:
            raise ValueError(f"claim {self.name} is declared twice")

    def row(self, values: Sequence[str]) -> dict[str, str]:
        """A row of `rows` as it is compared and exported."""
        found = dict(zip(("id", *self.columns), values, strict=True))
        return found | {n: mark(f"{self.name}.{n}", found[n]) for n in self.keyed}

    def as_json(self) -> dict[str, Any]:
        """For the bundle; the statement stays at home."""
        tellings = [
            {
                "event": one.event,
                "object": one.object,
                "from": dict(one.starts),
                "sets": dict(one.sets),
                "born": one.born,
                "ends": one.ends,
            }
            for one in self.tellings
        ]
        return {"name": self.name, "columns": list(self.columns), "tellings": tellings}


def steps_of(machine: Machine, sets: Mapping[str, str] | None = None) -> tuple[Telling, ...]:
    """The tellings of a state table: each step's event goes from `before.state` to `after.state`.

    `sets` are further columns that each of these events tells.
    """
    return tuple(
        Telling(
            event=name,
            starts={"state": "before.state"},
            sets={"state": "after.state", **(sets or {})},
        )
        for name in dict.fromkeys(step.event for step in machine.steps)
    )


def all_claims() -> tuple[Claim, ...]:
    """Every claim that the rooms have declared, by name."""
    return tuple(_registry[name] for name in sorted(_registry))
