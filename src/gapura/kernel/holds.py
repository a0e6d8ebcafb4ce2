"""Holds: what stops a person from writing, or only from binding deeds, whatever the roles allow.

A hold works by pull: who acts is resolved with the holds that stand at that moment, and each
decision asks them. Reading stays possible, and so does what a room declares as exempt: mending
the account is the way out of most holds.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gapura.kernel.actor import Actor
from gapura.kernel.clauses import Clause
from gapura.kernel.texts import N_


class Stops(StrEnum):
    """How much a hold stops: all writing, only what binds (approving, signing, paying), or nothing
    yet: then it only tells on every page what will follow.
    """

    WRITING = "writing"
    BINDING = "binding"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hold:
    """One kind of hold. `missing` is what every refusal tells: why, by which law, the way out."""

    kind: str
    stops: Stops
    missing: Clause


# The verbs of permissions that only look; every other permission writes unless it is exempt.
READING = frozenset(
    {"compare", "download", "explore", "export", "fetch", "get", "list", "look", "read"}
    | {"search", "see", "show"}
)

_kinds: dict[str, Hold] = {}
_exempt: set[str] = set()
_binding: set[str] = set()
_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


def hold(
    kind: str, stops: Stops, says: str, *, law: str = "", mend: str = "", link: str = ""
) -> Hold:
    """Make a kind of hold of its sentence."""

    def not_held(actor: Actor, thing: object) -> bool:
        return all(one.kind != kind for one in actor.holds)

    return Hold(kind, stops, Clause(f"not_held_{kind}", not_held, says, law, mend, link))


def declare(*kinds: Hold) -> None:
    """Add a room's kinds.

    :raises ValueError: a kind has two homes.
    """
    for one in kinds:
        if _kinds.setdefault(one.kind, one) is not one:
            raise ValueError(f"hold {one.kind} is declared twice")


def weigh(*, exempt: Iterable[str] = (), binding: Iterable[str] = ()) -> None:
    """Say which permissions of a room no hold stops, and which bind others or move money."""
    _exempt.update(exempt)
    _binding.update(binding)


def exempt() -> frozenset[str]:
    """Permissions that no hold stops."""
    return frozenset(_exempt)


def binding() -> frozenset[str]:
    """Permissions that also the lighter kind of hold stops."""
    return frozenset(_binding)


def kinds() -> tuple[str, ...]:
    """Every kind that a room declared."""
    return tuple(_kinds)


_UNKNOWN = hold(
    "unknown",
    Stops.WRITING,
    N_("A hold stands on your account that this version of the software does not know."),
    mend=N_("The platform administrator can tell which."),
    link="/help/contact",
)


def holds_of(kinds: Iterable[str]) -> tuple[Hold, ...]:
    """The holds of these kinds; a kind nobody declared stops all writing rather than nothing."""
    return tuple(_kinds.get(kind, _UNKNOWN) for kind in sorted(set(kinds)))


def stopping(holds: tuple[Hold, ...], permission: str) -> Hold | None:
    """The hold that stops this permission, the one that stops most first; None to go on."""
    if permission in _exempt or reads(permission):
        return None
    for one in sorted(holds, key=lambda h: h.stops is not Stops.WRITING):
        if one.stops is Stops.WRITING or (one.stops is Stops.BINDING and permission in _binding):
            return one
    return None


@cache
def reads(permission: str) -> bool:
    """True when its verb only looks."""
    return permission.rpartition(".")[2].split("_")[0] in READING


@contextmanager
def reading() -> Iterator[None]:
    """Inside nothing is written: holds on the account do not hide what its person may see.

    `decide` and `may` still answer for the deed itself, so no button is drawn for it.
    """
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def only_reading() -> bool:
    """Whether nothing is written now, so that holds hide nothing."""
    return _reading.get()
