"""A day's work with a camera: each page of the guides, at the moment when somebody needs it."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys import applying, buying, fulfilling, selling
from tests.journeys.camera import Camera
from tests.journeys.conftest import Phones
from tests.journeys.newcomer import Goods, Newcomer
from tests.journeys.visitor import Visitor

GOODS = Goods("seri 5")
COMPANY = "C0001"
# Where a picture begins when the page's heading is not what matters.
FORM, ROWS = "main form", "main table"


class Tour:
    """All who are needed, signed in; `visit` opens a browser for a persona."""

    def __init__(self, stack: ExitStack, visit: Any, phones: Phones, folder: Path) -> None:
        self._stack, self._visit, self._phones = stack, visit, phones
        self._people: dict[str, Visitor] = {}
        self._folder, self._camera = folder, Camera()

    def go(self) -> None:
        """All of it, in the order in which things happen."""
        address = self._sell()
        order = self._buy(address)
        self._deliver(order)
        self._ask_for_access()
        self._ask_for_help()
        self._look()

    def _as(self, username: str) -> Visitor:
        if username not in self._people:
            self._people[username] = self._stack.enter_context(self._visit(username))
        return self._people[username]

    def _take(self, username: str, name: str, path: str = "", at: str = "main h1") -> None:
        self._camera.take(self._as(username), name, path, at)

    def _sell(self) -> str:
        supplier, curator = self._as("penyedia"), self._as("kurator")
        self._take("warga", "company-new", "/company/new")
        self._take("penyedia", "upload", f"/catalog/upload/{selling.CATEGORY[-1]}")
        address = selling.upload(supplier, GOODS, self._folder)
        self._take("kurator", "queue-products", "/catalog/review")
        self._take("kurator", "review-product", f"{address}/review")
        selling.review(curator, GOODS)
        curator.open(address)
        curator.follow("Check this label")
        self._take("kurator", "label")
        selling.verify_label(curator, address)
        return address

    def _buy(self, address: str) -> str:
        pp, ppk = self._as("pp"), self._as("ppk")
        self._take("pp", "catalog", "/catalog", FORM)
        buying.choose(pp, GOODS, address, 2)
        self._take("pp", "order-new", f"/orders/new?company={COMPANY}", FORM)
        order = buying.draft(pp, GOODS, budget=50_000_000)
        buying.submit(pp, order)
        self._take("pp", "order", order)
        self._take("ppk", "role", "/", ".gp-acting")
        self._take("ppk", "review", f"{order}/approve")
        buying.review(ppk, order)
        self._take("ppk", "sign", f"{order}/sign", FORM)
        buying.send_signed(ppk, order, self._phones("ppk"))
        return order

    def _deliver(self, order: str) -> None:
        supplier = self._as("penyedia")
        self._take("penyedia", "board", "/orders", ROWS)
        number = supplier.page.locator(f"a[href='{order}']").first.inner_text()[:14]
        fulfilling.accept(supplier, order, number, self._phones("penyedia"))
        self._take("penyedia", "ship", f"{order}/ship", FORM)
        fulfilling.ship(supplier, order)
        self._take("pp", "receive", f"{order}/receive", FORM)
        buying.receive(self._as("pp"), order)
        self._take("ppk", "handover", f"{order}/prepare-handover", FORM)
        buying.hand_over(self._as("ppk"), order, self._phones("ppk"))
        fulfilling.confirm_handover(supplier, order, self._phones("penyedia"))
        self._take("bendahara", "payments", "/orders")
        self._take("bendahara", "pay", f"{order}/pay", FORM)
        fulfilling.pay(self._as("bendahara"), order, self._folder)
        self._take("apip", "audit-order", order)

    def _ask_for_access(self) -> None:
        me, person = self._stack.enter_context(self._visit("")), Newcomer()
        applying.arrive(me)
        applying.register(me, person)
        applying.confirm_address(me, person)
        reference = applying.ask_for_access(me, self._folder)
        self._take("verifikator", "queue-requests", "/requests/queue", ROWS)
        applying.take_request(self._as("verifikator"), person, reference)
        self._take("verifikator", "review-request")

    def _ask_for_help(self) -> None:
        me = self._stack.enter_context(self._visit(""))
        applying.arrive(me)
        me.open("/help/contact")
        me.fill("Your name", "Citra Maharani")
        me.fill("Your e-mail address", "citra.maharani@contoh.go.id")
        me.tick("I lost my authenticator app or my backup codes")
        me.fill("Your question", "Ponsel saya hilang, apa yang harus saya lakukan?")
        me.press("Send")
        self._take("helpdesk", "cases", "/console/cases")

    def _look(self) -> None:
        me = self._as("apip")
        me.open("/console/log")
        expect(me.page.locator("main table")).to_be_visible()
        self._take("apip", "log", at=ROWS)
