"""What hangs on a person at an agency, from all rooms, and who goes on with it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from gapura.access.queries import Leaving, agencies_of, colleagues, leaving
from gapura.access.services import look_at_holder
from gapura.accounts.queries import ClaimedCase, claimed_cases
from gapura.kernel.actor import Actor
from gapura.organizations.queries import WaitingLetter, letters_entered_by
from gapura.purchasing.queries import LeftOrder, orders_left


@dataclass(frozen=True, slots=True)
class Heir:
    """One office (role at a unit) of the person, who else holds it, and the orders that wait."""

    role: str
    unit: str
    unit_name: str
    names: tuple[str, ...]
    people: frozenset[UUID]
    orders: tuple[LeftOrder, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it. `version` is the mark of what was seen; `agencies` where else something hangs.

    `heirs` are the person's offices and those that orders of theirs wait for; `others` orders that
    wait for no office of the unit now (for the supplier, say).
    """

    left: Leaving
    cases: tuple[ClaimedCase, ...]
    letters: tuple[WaitingLetter, ...]
    orders: tuple[LeftOrder, ...]
    heirs: tuple[Heir, ...]
    others: tuple[LeftOrder, ...]
    agencies: tuple[str, ...]
    version: str

    @property
    def is_empty(self) -> bool:
        """Nothing is left that offboarding would end or hand over."""
        left = self.left
        mine = (left.grants, left.given, left.requests, left.claims, self.cases)
        return not any(mine) and not any(order.only_signer for order in self.orders)


def look(*, actor: Actor, username: str, agency: str = "") -> Picture:
    """What hangs on the person; that somebody looked is recorded.

    `agency` counts for the platform's administrator only: others look at their own. Empty means
    the person's home agency, else the first where they hold something.

    :raises NoSuchHolder: unknown, or nobody whom this agency has to do with.
    :raises Refused: not somebody who may end it; the person themselves.
    """
    look_at_holder(actor=actor, username=username)
    return see(actor, username, agency)


def see(actor: Actor, username: str, agency: str = "") -> Picture:
    """The same without a record, for the act itself."""
    agencies = (actor.agency,) if actor.agency else agencies_of(username)
    chosen = actor.agency or agency or next(iter(agencies), "")
    left = leaving(actor, username, chosen)
    person = left.subject.id
    held = left.offices
    found = colleagues(held, person)
    alone = held - {(one.role, one.unit) for one in found}
    orders = orders_left(person, chosen, alone)
    more = frozenset((order.role, order.unit) for order in orders if order.role) - held
    found += colleagues(more, person) if more else ()
    cases, letters = claimed_cases(person, chosen), letters_entered_by(person, chosen)
    return Picture(
        left=left,
        cases=cases,
        letters=letters,
        orders=orders,
        heirs=tuple(_heir(office, left, orders, found) for office in sorted(held | more)),
        others=tuple(order for order in orders if not order.role),
        agencies=agencies,
        version=_mark(left, cases, letters, orders, found),
    )


def _heir(
    office: tuple[str, str], left: Leaving, orders: tuple[LeftOrder, ...], found: Any
) -> Heir:
    role, unit = office
    mine = tuple(order for order in orders if (order.role, order.unit) == office)
    # Somebody whom the law keeps from every one of these orders is nobody who goes on with them.
    barred = frozenset.intersection(*(order.barred for order in mine)) if mine else frozenset()
    those = [one for one in found if (one.role, one.unit) == office and one.id not in barred]
    names = {one.place.unit: one.place.unit_name for one in left.grants}
    names |= {order.unit: order.unit_name for order in orders}
    return Heir(
        role,
        unit,
        names[unit],
        tuple(one.name for one in those),
        frozenset(one.id for one in those),
        mine,
    )


def _mark(left: Leaving, *more: Any) -> str:
    """A short mark of what was seen: should any of it change, the page is stale."""
    mine = (left.grants, left.given, left.requests, left.claims)
    shown = [left.agency, *([_key(one) for one in rows] for rows in (*mine, *more))]
    return sha256(json.dumps(shown).encode()).hexdigest()[:32]


def _key(one: Any) -> tuple[str, ...]:
    return str(one.id), str(getattr(one, "state", "")), str(getattr(one, "role", ""))
