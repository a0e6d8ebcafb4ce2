"""The pages of orders in a real browser: readable by everyone, on a phone and on a wide screen."""

from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from gapura.catalog.services import choose_product
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.orders.desk import Desk, address
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What the next verb of an order is called, and the pages of that state, by reader.
STATES: dict[str, dict[str, tuple[str, ...]]] = {
    "submit": {"pp": ("", "save", "submit", "propose-price", "quantities", "discard")},
    "approve": {"ppk": ("", "approve", "reject"), "pp": ("",)},
    "sign": {"ppk": ("sign",)},
    "accept": {"seller": ("", "accept", "decline")},
    "ship": {"seller": ("", "ship", "propose-addendum", "request-cancel")},
    "receive": {"pp": ("receive", "report-mismatch")},
    "prepare": {"ppk": ("prepare-handover",)},
    "pay": {"treasurer": ("", "pay", "pay-outside")},
}


def made(shop: Shop) -> dict[str, UUID]:
    """An order in each state, one under negotiation, and something on the list."""
    orders = {verb: shop.until(verb) for verb in STATES}
    orders["negotiation"] = shop.order("propose")
    names = (
        "Laptop 14 inci layar sentuh dengan tas, tetikus dan garansi resmi tiga tahun",
        "Laptop",
    )
    for name in names:
        choose_product(
            actor=shop.pp, product=shop.product(13_250_000, name=name), quantity=Decimal(3)
        )
    return orders


def walk(orders: dict[str, UUID]) -> list[tuple[str, str]]:
    """Who opens what."""
    paths = [(who, f"/orders?tab={tab}") for who, tab in BOARDS]
    for verb, readers in STATES.items():
        for who, pages in readers.items():
            paths += [(who, address(orders[verb], page)) for page in pages]
    paths += [("seller", address(orders["negotiation"], p)) for p in ("", "answer-offer", "agree")]
    return [*paths, ("pp", "/orders/new?company=PT1")]


BOARDS = (("pp", "drafts"), ("pp", "running"), ("seller", "supplier"), ("treasurer", "payment"))


@pytest.mark.django_db(transaction=True)
def test_every_page_can_be_read_by_everyone(chrome: "Browser") -> None:
    market.places()
    desk = Desk(market.opened())
    orders = made(desk.shop)
    wrong: list[object] = []
    with served() as site:
        for who in ("pp", "ppk", "seller", "treasurer"):
            sheet = _opened(chrome, site, desk, who)
            for path in (path for reader, path in walk(orders) if reader == who):
                wrong += faults(sheet, site, path, who)
            if who == "pp":
                refused = address(orders["sign"], "approve")
                wrong += faults(sheet, site, refused, who, status=403)
            sheet.context.close()
    assert wrong == []


def _opened(chrome: "Browser", site: str, desk: Desk, who: str) -> "Page":
    context = chrome.new_context(locale="id-ID")
    host = urlsplit(site).hostname or ""
    here = desk.of(who)
    for name, value in ((SESSION, here.cookies[SESSION].value), ("lang", "en")):
        context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
    return context.new_page()
