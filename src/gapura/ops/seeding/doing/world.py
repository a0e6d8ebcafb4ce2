"""What the verbs share: who is who, who acts, and the sign-ins that wait to be written together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from gapura.access.queries import OwnRequest, own_requests
from gapura.accounts.queries import person_by_id
from gapura.audit.services import record_all
from gapura.authentication.events import SIGNED_IN
from gapura.catalog.queries import ids_by_name
from gapura.kernel.actor import Actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import SYSTEM, acting
from gapura.ops.seeding.rounds import Deed
from gapura.ops.seeding.someone import Someone
from gapura.purchasing.services import ReadyOrder, load_orders

if TYPE_CHECKING:
    from gapura.accounts.models import Person
    from gapura.audit.entries import Entry


class World:
    """The people of the plan as the database knows them. A later run finds them again by name."""

    def __init__(self, people: Mapping[str, Someone]) -> None:
        self.people = people
        self._ids: dict[str, UUID] = {}
        self._known: dict[str, Person] = {}
        self._sign_ins: list[Entry] = []
        # The demo's own people do the most, and their roles do not change meanwhile.
        self._personas: dict[tuple[str, str, int], Actor] = {}
        # Drawings that were handed in, by what they show, and products by company and name.
        self.pictures: dict[str, UUID] = {}
        self._products: dict[str, dict[str, UUID]] = {}
        self._orders: list[ReadyOrder] = []

    def id_of(self, username: str) -> UUID:
        """Whose id that is.

        :raises LookupError: nobody has the name yet.
        """
        if username not in self._ids:
            self._ids[username] = persona_id(username)
        return self._ids[username]

    def enter(self, username: str, person_id: UUID) -> None:
        """Somebody new."""
        self._ids[username] = person_id

    def person(self, username: str) -> Person:
        """Name, address and agency, as they were when first asked for."""
        if username not in self._known:
            self._known[username] = person_by_id(self.id_of(username))
        return self._known[username]

    def actor(self, username: str, role: str = "", *, acr: int = 2) -> Actor:
        """Somebody signed in now, from the usual address."""
        if known := self.people.get(username):
            return acting(self.id_of(username), role, acr=acr, ip=known.ip)
        key = (username, role, acr)
        if key not in self._personas:
            self._personas[key] = acting(self.id_of(username), role, acr=acr)
        return self._personas[key]

    def latest_request(self, username: str) -> OwnRequest:
        """What this person asked for last."""
        return own_requests(Actor(person=self.id_of(username), acr=1))[0]

    def product(self, company: str, name: str) -> UUID:
        """The product that this company calls so.

        :raises KeyError: it has none of this name.
        """
        if company not in self._products or name not in self._products[company]:
            self._products[company] = ids_by_name(company)
        return self._products[company][name]

    def keep_product(self, company: str, name: str, product: UUID) -> None:
        """A new product, so that it is not looked for."""
        self._products.setdefault(company, {})[name] = product

    def keep_order(self, order: ReadyOrder) -> None:
        """To be written with the others of the round."""
        self._orders.append(order)

    def write_orders(self) -> None:
        """All that waited, in a few statements."""
        load_orders(actor=SYSTEM, orders=self._orders)
        self._orders = []

    def keep_sign_in(self, entry: Entry) -> None:
        """To be written with the others of the round: its id carries its moment."""
        self._sign_ins.append(entry)

    def write_sign_ins(self) -> None:
        """All that waited, in a few statements."""
        record_all(SIGNED_IN, self._sign_ins)
        self._sign_ins = []


Verb = Callable[[World, Deed], None]
