"""Shapes that a watcher looks for in the log, as data: what counts, about whom, how often."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Each:
    """Every entry of these names; with `fact`, only where that fact is one of `among`."""

    names: tuple[str, ...]
    by: str
    fact: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Often:
    """At least so many entries of these names about the same one within a time.

    `different` names a column of which they must show at least so many values as well.
    """

    names: tuple[str, ...]
    by: str
    different: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """An entry of these names about a person after a long time without any of them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Soon:
    """An entry of `names` within a time after one of `earlier`; `on` is (its column, theirs)."""

    names: tuple[str, ...]
    earlier: tuple[str, ...]
    on: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Without:
    """An entry of `names` with none of `earlier` by the same actor about the same subject before.

    With `fact`, only entries that have this fact and in which it is not empty.
    """

    names: tuple[str, ...]
    earlier: tuple[str, ...]
    fact: str = ""


Shape = Each | Often | Silence | Soon | Without


@dataclass(frozen=True, slots=True)
class Amount:
    """How many make it worth telling, how many of them `different`, and within which time."""

    within: timedelta = timedelta()
    least: int = 1
    different: int = 1
