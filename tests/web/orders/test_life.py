"""The whole life of an order through its pages: each step by whoever it belongs to."""

from decimal import Decimal
from uuid import UUID

import pytest

from gapura.catalog.services import choose_product
from gapura.purchasing.models import Order, Payment
from tests.purchasing.shop import row
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address, evidence, terms

pytestmark = pytest.mark.django_db


def _next(desk: Desk, who: str, order: UUID, words: str, button: str = "") -> None:
    """What the order's page says comes next, with the button when it is this reader's."""
    page = desk.of(who).get(address(order))
    said = text_of(page)
    assert page.status_code == 200
    assert words in said
    assert ("Your next step" in said) is bool(button), said
    if button:
        assert f'href="{address(order, button)}"' in page.content.decode()


def _drafted(desk: Desk) -> UUID:
    """From the unit's list to a draft that nobody else sees."""
    product = desk.shop.product(price=1_000_000, stock=10, name="Laptop 14 inci")
    choose_product(actor=desk.shop.pp, product=product, quantity=Decimal(2))
    pp = desk.of("pp")
    form = text_of(pp.get("/orders/new", follow=True))
    assert "Laptop 14 inci" in form
    assert "Rp2.220.000" in form
    answer = pp.submit("/orders/new", **terms())
    order = Order.objects.get().id
    assert (answer.status_code, answer["Location"]) == (303, address(order))
    _next(desk, "pp", order, "Draft", "submit")
    assert desk.of("seller").get(address(order)).status_code == 404
    return order


def _contracted(desk: Desk, order: UUID) -> None:
    """Sent, reviewed with clauses, signed and accepted."""
    assert desk.send("pp", order, "submit")["Location"] == address(order)
    _next(desk, "pp", order, "Review the order")
    _next(desk, "ppk", order, "Review the order", "approve")
    clauses = "Barang baru dan asli.\n\nGaransi satu tahun."
    answer = desk.send("ppk", order, "approve", clauses=clauses)
    assert answer["Location"] == address(order, "sign")
    assert row(order).reference.startswith("SP-")
    _next(desk, "ppk", order, "Garansi satu tahun.", "sign")
    shown = desk.of("ppk").get(address(order, "sign")).content.decode()
    assert row(order).documents.get().sha256 in shown
    assert desk.sign("ppk", order, "sign").status_code == 303
    _next(desk, "seller", order, "until", "accept")
    assert desk.sign("seller", order, "accept").status_code == 303


def _delivered(desk: Desk, order: UUID) -> None:
    """Shipped, checked and handed over by both."""
    _next(desk, "seller", order, "Ship the goods", "ship")
    assert desk.send("seller", order, "ship", courier="JNE", tracking="123").status_code == 303
    _next(desk, "pp", order, "JNE", "receive")
    ticks = {"function": "1", "quantity": "1", "time": "1"}
    assert desk.send("pp", order, "receive", **ticks).status_code == 303
    _next(desk, "ppk", order, "handover record", "prepare-handover")
    number = {"own_number": "027/1/BAST/2026"}
    answer = desk.send("ppk", order, "prepare-handover", **number)
    assert answer["Location"] == address(order, "hand-over")
    _next(desk, "ppk", order, "027/1/BAST/2026", "hand-over")
    assert desk.sign("ppk", order, "hand-over").status_code == 303
    _next(desk, "seller", order, "Confirm the handover", "confirm-handover")
    assert desk.sign("seller", order, "confirm-handover").status_code == 303


def test_from_the_list_to_the_payment(desk: Desk) -> None:
    order = _drafted(desk)
    _contracted(desk, order)
    _delivered(desk, order)
    _next(desk, "treasurer", order, "Pay the order", "pay")
    assert desk.send("treasurer", order, "pay", **evidence()).status_code == 303
    assert Payment.objects.get(order=order).amount == Decimal(2_220_000)
    said = text_of(desk.of("treasurer").get(address(order)))
    assert "paid and completed" in said
    assert "SP2D 123/2026" in said


def test_the_papers_are_downloads_of_both_sides_and_the_evidence_is_not_the_suppliers(
    desk: Desk,
) -> None:
    order = desk.shop.until("pay")
    assert desk.send("treasurer", order, "pay", **evidence()).status_code == 303
    for paper in row(order).documents.all():
        for who in ("pp", "seller", "treasurer"):
            answer = desk.of(who).get(address(order, f"documents/{paper.id}"))
            assert answer.content.startswith(b"%PDF-")
            assert "attachment" in answer["Content-Disposition"]
            assert answer["Cache-Control"] == "no-store"
    assert desk.of("pp").get(address(order, "evidence")).status_code == 200


def test_prices_are_negotiated_through_the_pages(desk: Desk) -> None:
    order = desk.shop.draft()
    too_high = desk.send("pp", order, "propose-price", price_1="1000001")
    assert too_high.status_code == 422
    assert 'value="1000001"' in too_high.content.decode()
    assert desk.send("pp", order, "propose-price", price_1="900.000").status_code == 303
    _next(desk, "seller", order, "Answer the offer", "agree")
    _next(desk, "seller", order, "Newest offer: Rp1.998.000 with tax, round 1.", "agree")
    answer = {"price_1": "950000", "note": "Ongkir termasuk.", "round": "1"}
    assert desk.send("seller", order, "answer-offer", **answer).status_code == 303
    _next(desk, "pp", order, "Ongkir termasuk.", "agree")
    stale = desk.send("pp", order, "agree", round="1")
    assert stale.status_code == 409
    assert "newer offer" in text_of(stale)
    assert desk.send("pp", order, "agree", round="2").status_code == 303
    assert row(order).state == "waiting_ppk_review"
