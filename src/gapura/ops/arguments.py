"""How a subcommand and its arguments are written down; imports nothing of the product."""

import argparse
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument as argparse takes it."""

    name: str
    about: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand; `target` is `module:function`, imported only when it runs.

    `offline` takes its place, without Django, where the argument `path` was given.
    """

    words: tuple[str, ...]
    about: str
    target: str
    args: tuple[Arg, ...] = ()
    django: bool = True
    offline: str = ""


def flag(name: str, about: str) -> Arg:
    """One that is there or not."""
    return Arg(name, about, {"action": "store_true"})


def number(name: str, about: str, default: int | None = None) -> Arg:
    """One that takes a whole number."""
    return Arg(name, about, {"type": int, "default": default})


JSON = flag("--json", "print data as JSON")
LEASH = Arg("--leash", argparse.SUPPRESS, {"type": int, "default": None})
