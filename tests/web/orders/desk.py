"""A unit and a company in front of their browsers, and what their forms send."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding.letters import letter_pdf
from gapura.purchasing.queries import order_for
from tests import deeds
from tests.purchasing.shop import Shop, read
from tests.sessions import entered
from tests.web.browser import SESSION, Browser

PAPER = letter_pdf("SP2D", "1/2026", "Pembayaran", ("Lunas.",), "Bendahara")


def browser_of(actor: Actor, language: str = "en") -> Browser:
    """Another browser of somebody who has an app, signed in with it."""
    here = Browser(language)
    here.cookies[SESSION] = entered(Person.objects.get(pk=actor.who))
    return here


def address(order: UUID, page: str = "") -> str:
    """The address of an order, or of one of its steps."""
    return f"/orders/{order}/{page}" if page else f"/orders/{order}"


def day(name: str, value: date) -> dict[str, str]:
    """What the three boxes of a day send."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month)} | {
        f"{name}-year": str(value.year)
    }


def terms(**changed: str) -> dict[str, Any]:
    """What a buyer types to make an order."""
    return {
        "company": "PT1",
        "rup_code": "52345678",
        "mak": "5.1.02.01.01.0024",
        "budget": "500.000.000",
        "delivery_address": "Jalan Merdeka 1, Bandung",
        "method": "direct",
        **day("deliver_by", clock.today() + timedelta(days=20)),
        **changed,
    }


def evidence(**changed: Any) -> dict[str, Any]:
    """What a treasurer types about a payment."""
    return {
        "channel": "ls",
        "reference": "SP2D 123/2026",
        "evidence": SimpleUploadedFile("sp2d.pdf", PAPER, "application/pdf"),
        **day("paid_on", clock.today()),
        **changed,
    }


@dataclass
class Desk:
    """The shop, and a browser for each of its people once it is asked for."""

    shop: Shop
    language: str = "en"
    _open: dict[str, Browser] = field(default_factory=dict)

    def of(self, who: str) -> Browser:
        """The browser of `pp`, `ppk`, `treasurer` or `seller`."""
        if who not in self._open:
            self._open[who] = browser_of(getattr(self.shop, who), self.language)
        return self._open[who]

    def send(self, who: str, order: UUID, page: str, **typed: Any) -> Any:
        """Open the page of a step, then send its form."""
        if page in ("submit", "propose-price"):
            typed = {"seen": read(order).isoformat(), **typed}
        return self.of(who).submit(address(order, page), **typed)

    def sign(self, who: str, order: UUID, page: str, **changed: str) -> Any:
        """The same for a page that takes the app's code."""
        actor = getattr(self.shop, who)
        shown = order_for(actor, order).to_sign
        typed = {"code": deeds.next_code(actor), "digest": shown.digest if shown else ""}
        return self.send(who, order, page, **(typed | changed))
