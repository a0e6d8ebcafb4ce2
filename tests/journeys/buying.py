"""Officers buy: choose, draft, send, review, sign, receive, hand over; and what is refused."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from gapura.kernel import clock
from gapura.purchasing.errors import AboveCeiling
from tests.journeys.newcomer import Goods
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor

CLAUSE = "Barang dikirim ke gudang farmasi pada jam kerja."
_ORDER = re.compile(r"/orders/[0-9a-f-]{36}")


def choose(me: Visitor, goods: Goods, address: str, quantity: int) -> None:
    """Find it by its name, look at it, put it on the unit's list."""
    me.open("/catalog")
    me.page.locator("main input[type=search]").first.fill(goods.name)
    me.page.keyboard.press("Enter")
    me.page.wait_for_load_state()
    me.click(me.page.locator(f"main a[href='{address}']").first)
    me.reads(goods.name)
    me.fill("Quantity", str(quantity))
    button = me.page.locator(f"form[action='{address}/choose'] button")
    me.click(button)


def draft(me: Visitor, goods: Goods, budget: int) -> str:
    """From the list to a draft; answers the address of the order."""
    me.open("/catalog/chosen")
    basket = me.page.locator(".gp-basket", has_text=goods.name)
    me.click(basket.get_by_role("button", name=me.t("Make an order")))
    me.heading("Make an order")
    last = clock.today() + timedelta(days=45)
    me.fill("Plan code (RUP)", "52345678")
    me.fill("Budget account (MAK)", "5.2.02.05.02.0001")
    me.fill("Amount of the budget line, in rupiah", str(budget))
    me.fill("Delivery address", "Gudang Dinas Kesehatan, Jalan Pasteur 25, Bandung 40171")
    me.day("Delivery until", last.day, last.month, last.year)
    me.press("Save the draft")
    me.reads("The draft is saved. Nobody else has seen it yet: send it now.")
    found = _ORDER.search(me.page.url)
    assert found
    return found[0]


def submit(me: Visitor, order: str) -> None:
    """From the buyer's desk to the commitment officer; the goods are reserved."""
    me.open(order)
    me.press("Send to the commitment officer")
    me.press("Send the order")
    me.reads("The order is with the commitment officer.")


def be_refused(me: Visitor, order: str) -> None:
    """Above the ceiling a PP reads why and who makes the order; then puts the draft away."""
    me.open(order)
    me.press("Send to the commitment officer")
    me.press("Send the order")
    me.reads("There is something to correct")
    above = me.t(AboveCeiling.todo)
    expect(me.page.locator("main")).to_contain_text(above.partition(". ")[0])
    me.open(f"{order}/discard")
    me.press("Discard the draft")
    me.reads("The draft was discarded.")


def review(me: Visitor, order: str) -> str:
    """The commitment officer compares, adds a clause, approves; answers the order's number."""
    me.open("/orders")
    me.view("Review and signature")
    me.click(me.page.locator(f"main a[href='{order}']").first)
    me.press("Review the order")
    me.fill("Special clauses", CLAUSE)
    me.press("Approve and make the letter")
    me.reads("The order is approved and its letter is made. Read it and sign it.")
    found = re.search(r"SP-\d{4}-\d{6}", me.page.locator("main").inner_text())
    assert found
    return found[0]


def sign(me: Visitor, order: str, offer: str, button: str, phone: Phone) -> None:
    """Read the paper, then sign exactly it with the app's code."""
    me.open(order)
    me.press(offer)
    paper = me.page.get_by_role("button", name=me.t("Open the document (PDF)"))
    answer = me.page.request.get(me.stage.url + (paper.get_attribute("href") or ""))
    assert answer.body().startswith(b"%PDF-"), answer.status
    me.fill("Code from your authenticator app", phone.code())
    me.press(button)


def send_signed(me: Visitor, order: str, phone: Phone) -> None:
    """The commitment officer signs the order letter, which goes to the supplier with that."""
    sign(me, order, "Sign the order letter", "Sign and send to the supplier", phone)
    me.reads("The order letter is signed and with the supplier.")


def receive(me: Visitor, order: str) -> None:
    """The goods are there: three ticks."""
    me.open(order)
    me.press("Receive the goods")
    me.tick(
        "The goods are what was ordered and they work.",
        "The quantity is right.",
        "I compared the day of arrival with the agreed one.",
    )
    me.press("The goods are received")
    me.reads("The goods are received. The commitment officer hands over next.")


def hand_over(me: Visitor, order: str, phone: Phone) -> None:
    """The commitment officer makes the handover record and signs it."""
    me.open(order)
    me.press("Prepare the handover record")
    me.fill("Your unit's number of the record", "027/15/BAST/DINKES/2026")
    me.press("Make the record")
    me.reads("The handover record is made. Read it and sign it.")
    sign(me, order, "Sign the handover record", "Sign the record", phone)
    me.reads("The handover record is signed. The supplier confirms it next.")
