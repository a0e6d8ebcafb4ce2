"""A small shop: one unit that buys, one company that sells, and an order in any state."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from gapura.authentication.services import Deed
from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.models import Company
from gapura.purchasing import services
from gapura.purchasing.models import Order, OrderDocument
from gapura.purchasing.services.answers import ACCEPT
from gapura.purchasing.services.delivery import CONFIRM, HAND_OVER
from gapura.purchasing.services.review import SIGN
from tests import deeds, sessions
from tests.catalog import goods
from tests.web.people import holder

_numbers = count(1)
BUDGET = Decimal(10_000_000_000)


def places() -> None:
    """Agencies, units, categories, and the dated rules."""
    goods.places()


def acting(role: str, place: str = "") -> Actor:
    """Somebody new in that role, signed in with the app: can confirm deeds."""
    found = holder(role, place)
    sessions.app_of(found)
    return sessions.acting(found)


@dataclass
class Shop:
    """The people of one unit and of one company, and what the company sells."""

    pp: Actor
    ppk: Actor
    treasurer: Actor
    seller: Actor
    curator: Actor

    def product(self, price: int = 1_000_000, stock: int = 100, name: str = "") -> UUID:
        """Something in the catalog."""
        what = goods.laptop(name or f"Laptop {next(_numbers)}")
        return goods.listed(self.seller, self.curator, what, price=price, stock=stock)

    def draft(
        self, product: UUID | None = None, quantity: int = 2, buyer: Actor | None = None
    ) -> UUID:
        """A draft of one line."""
        buyer = buyer or self.pp
        product = product or self.product()
        choose_product(actor=buyer, product=product, quantity=Decimal(quantity))
        return services.draft_order(actor=buyer, company="PT1", **terms())

    def deed(self, actor: Actor, order: UUID, kind: str, name: str) -> Deed:
        """What the actor confirms for the newest paper of that kind."""
        papers = OrderDocument.objects.filter(order=order, kind=kind)
        return deeds.confirmed(actor, papers.latest("version").sha256, name)

    def submit(self, order: UUID) -> None:
        services.submit_order(actor=self.pp, order=order, seen=read(order))

    def propose(self, order: UUID) -> None:
        prices = [Decimal(900_000)]
        services.propose_price(actor=self.pp, order=order, prices=prices, seen=read(order))

    def approve(self, order: UUID) -> None:
        services.approve_order(actor=self.ppk, order=order, clauses=["Barang baru dan asli."])

    def sign(self, order: UUID) -> None:
        deed = self.deed(self.ppk, order, "sp", SIGN)
        services.sign_order(actor=self.ppk, order=order, deed=deed)

    def accept(self, order: UUID) -> None:
        deed = self.deed(self.seller, order, "sp", ACCEPT)
        services.accept_order(actor=self.seller, order=order, deed=deed)

    def ship(self, order: UUID) -> None:
        services.ship(actor=self.seller, order=order, courier="Pos", tracking="P1")

    def receive(self, order: UUID) -> None:
        services.receive(actor=self.pp, order=order, function=True, quantity=True, time=True)

    def prepare(self, order: UUID) -> None:
        services.prepare_handover(actor=self.ppk, order=order, own_number="BAST/1/2026")

    def hand_over(self, order: UUID) -> None:
        deed = self.deed(self.ppk, order, "bast", HAND_OVER)
        services.hand_over(actor=self.ppk, order=order, deed=deed)

    def confirm(self, order: UUID) -> None:
        deed = self.deed(self.seller, order, "bast", CONFIRM)
        services.confirm_handover(actor=self.seller, order=order, deed=deed)

    def pay(self, order: UUID) -> None:
        services.pay(actor=self.treasurer, order=order, **payment(self.treasurer))

    def order(self, *verbs: str, quantity: int = 2, product: UUID | None = None) -> UUID:
        """A new order that has gone through these verbs."""
        order = self.draft(product, quantity)
        for verb in verbs:
            getattr(self, verb)(order)
        return order

    def until(self, verb: str, **more: object) -> UUID:
        """A new order on which `verb` is the next one."""
        return self.order(*WALK[: WALK.index(verb)], **more)  # type: ignore[arg-type]


# The straight way.
WALK = (
    "submit",
    "approve",
    "sign",
    "accept",
    "ship",
    "receive",
    "prepare",
    "hand_over",
    "confirm",
    "pay",
)


def terms(**changed: Any) -> dict[str, Any]:
    """What a buyer types."""
    return {
        "rup_code": "52345678; 52345679",
        "mak": "524.119.2026",
        "budget": BUDGET,
        "delivery_address": "Jalan Merdeka 1, Jakarta",
        "deliver_by": clock.today() + timedelta(days=30),
        **changed,
    }  # fmt: skip


def payment(actor: Actor, **changed: Any) -> dict[str, Any]:
    """What a treasurer notes, with a paper of their own."""
    return {
        "channel": "ls",
        "evidence": goods.evidence(actor.who, "evidence"),
        "paid_on": clock.today(),
        "reference": "SP2D 123/2026",
        **changed,
    }


def row(order: UUID) -> Order:
    """The order as it stands."""
    return Order.objects.get(pk=order)


def read(order: UUID) -> datetime:
    """The draft as somebody has just read it."""
    return row(order).changed_at


def opened() -> Shop:
    """The people at their places."""
    seller = acting("admin_perusahaan", "PT1")
    goods.company()
    Company.objects.filter(pk="PT1").update(taxable=True)
    return Shop(
        pp=acting("pp"),
        ppk=acting("ppk"),
        treasurer=acting("bendahara"),
        seller=seller,
        curator=goods.acting("kurator"),
    )


def in_days(days: int) -> date:
    """A day from today in Jakarta."""
    return clock.today() + timedelta(days=days)
