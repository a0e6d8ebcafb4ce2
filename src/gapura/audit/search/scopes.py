"""Which entries each view may hold, as conditions that one index answers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from gapura.audit.assignments.mandates import Mandate, mandate_of
from gapura.audit.events import Readers
from gapura.audit.rules import WHOLE_LOG
from gapura.audit.search.filters import Whose
from gapura.kernel.actor import Actor


class Arm(NamedTuple):
    """One way to entries: a condition that one index answers, newest or oldest first.

    Conditions joined by OR would make the database read everything, or sort all that fits.
    `first` is asked before all others and by itself: its words are written in, so that it is
    planned at every call, and the others need not be.
    """

    sql: str
    params: tuple[Any, ...] = ()
    first: bool = False


def _own_life(actor: Actor) -> list[Arm]:
    readable = f"e.readers <> '{Readers.PLATFORM.value}'"
    return [
        Arm(f"e.person = %s AND {readable}", (actor.person,)),
        Arm(f"e.actor_person = %s AND {readable}", (actor.person,)),
    ]


def _overseen(actor: Actor) -> list[Arm]:
    if actor.role in WHOLE_LOG:
        return [Arm("TRUE")]
    if mandate := mandate_of(actor):
        return [_mandated(mandate)]
    return [Arm(f"e.agency = %s AND e.readers = '{Readers.AGENCY.value}'", (actor.agency,))]


def _mandated(mandate: Mandate) -> Arm:
    """What an auditor's assignment opens, and nothing besides."""
    sql = f"e.readers = '{Readers.AGENCY.value}' AND e.agency = ANY(%s)"
    params: list[Any] = [list(mandate.agencies)]
    for narrows, value in (
        ("e.unit = ANY(%s)", list(mandate.units)),
        ("e.subject_label = %s", mandate.case),
    ):
        if value:
            sql, params = f"{sql} AND {narrows}", [*params, value]
    return Arm(sql, tuple(params))


# What each view may hold, as arms of which an entry has to fit one.
SCOPES: dict[Whose, Callable[[Actor], list[Arm]]] = {
    Whose.MINE: _own_life,
    Whose.OVERSEEN: _overseen,
}
