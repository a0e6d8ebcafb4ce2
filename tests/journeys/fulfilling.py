"""What others do with an order: the supplier accepts and ships, treasurer pays, auditor looks."""

import re
from pathlib import Path

from playwright.sync_api import expect

from gapura.kernel import clock
from gapura.ops.seeding.letters import letter_pdf
from tests.journeys import working
from tests.journeys.buying import CLAUSE, sign
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor

# What the log must tell of an order from its number on.
STEPS_OF_AN_ORDER = (
    "purchasing.order.approved",
    "purchasing.order.signed",
    "purchasing.order.accepted",
    "purchasing.delivery.shipped",
    "purchasing.delivery.received",
    "purchasing.delivery.handover_prepared",
    "purchasing.delivery.handed_over",
    "purchasing.delivery.handover_confirmed",
    "purchasing.order.paid",
    "purchasing.order.looked_at",
)


def accept(me: Visitor, order: str, number: str, phone: Phone) -> None:
    """The supplier finds the order on its board, reads the letter and signs."""
    me.open("/orders")
    expect(me.page.locator(f"main a[href='{order}']").first).to_contain_text(number)
    sign(me, order, "Accept the order", "Sign and accept", phone)
    me.reads("The order is accepted. Prepare the goods, then enter the shipment.")
    expect(me.page.get_by_text(CLAUSE).first).to_be_visible()


def ship(me: Visitor, order: str) -> None:
    """The goods leave."""
    me.open(order)
    me.press("Enter the shipment")
    me.fill("Carried by", "Kurir Contoh")
    me.fill("Tracking number", "KC-2026-0091")
    me.press("The goods are on their way")
    me.reads("The shipment is entered. The buyer was told.")


def confirm_handover(me: Visitor, order: str, phone: Phone) -> None:
    """The supplier signs the handover record, too."""
    sign(me, order, "Confirm the handover", "Sign and confirm", phone)
    me.reads("The handover is confirmed. The treasurer of the unit can pay now.")


def pay(me: Visitor, order: str, folder: Path) -> None:
    """The treasurer finds it in the queue, pays, and keeps the evidence with it."""
    me.open("/orders")
    me.click(me.page.locator(f"main a[href='{order}']").first)
    me.press("Pay the order")
    today = clock.today()
    me.tick("Direct payment (LS)")
    me.day("Paid on", today.day, today.month, today.year)
    me.fill("Number of the payment paper", "SP2D-000123/2026")
    # One paper proves one payment.
    file = folder / "sp2d.pdf"
    file.write_bytes(letter_pdf("BPKAD Contoh", "SP2D-000123", "Pembayaran", (order,), "Contoh"))
    me.page.locator("input[name=evidence]").set_input_files(file)
    me.press("Note the payment")
    me.reads("The payment is noted and the order is completed.")


def look_as_auditor(me: Visitor, order: str) -> None:
    """The auditor reads everything and can do nothing; the look itself is in the log."""
    me.open(order)
    me.reads("You read this order as auditor. That you opened it was recorded.")
    assert not me.page.locator("main form").count()


def read_the_log(me: Visitor, number: str) -> None:
    """Under the order's number every step is told, and the auditor's own look."""
    told = working.entries(me, f"subject={number}")
    for name in STEPS_OF_AN_ORDER:
        assert re.search(working.sentence_of(me, name), told), f"{name} is not told"
