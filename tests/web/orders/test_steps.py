"""The pages of the steps: wrong people, late people, doubled clicks, and what was typed is kept."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.catalog.services import choose_product, set_price
from gapura.purchasing import services
from gapura.purchasing.models import Order, Payment, Signature
from tests.purchasing.shop import acting, row
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address, browser_of, evidence, terms

pytestmark = pytest.mark.django_db

# Who may not take a step that waits, though they may read the order: they are told why.
WRONG: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("approve", "approve", "pp", {"clauses": ""}),
    ("approve", "reject", "pp", {"reason_code": "price", "note": "Terlalu mahal."}),
    ("sign", "sign", "pp", {"code": "123456"}),
    ("accept", "accept", "pp", {"code": "123456"}),
    ("accept", "decline", "ppk", {"reason_code": "no_stock", "note": "Stok habis."}),
    ("ship", "ship", "ppk", {"courier": "JNE"}),
    ("receive", "receive", "seller", {"function": "1", "quantity": "1", "time": "1"}),
    ("prepare", "prepare-handover", "pp", {"own_number": "BAST/1"}),
    ("confirm", "confirm-handover", "ppk", {"code": "123456"}),
    ("pay", "pay", "ppk", {}),
    ("pay", "pay-outside", "seller", {"note": "Melalui SAKTI."}),
)


@pytest.mark.parametrize(("state", "page", "who", "typed"), WRONG)
def test_the_wrong_role_reads_why(
    desk: Desk, state: str, page: str, who: str, typed: dict[str, str]
) -> None:
    order = desk.shop.until(state)
    before = row(order).state, row(order).changed_at
    assert desk.of(who).get(address(order, page)).status_code == 403
    answer = desk.of(who).submit(address(order, page), address(order), **typed)
    assert answer.status_code == 403
    assert (row(order).state, row(order).changed_at) == before


def test_a_doubled_click_ends_on_the_order(desk: Desk) -> None:
    order = desk.shop.draft()
    for _ in range(2):
        answer = desk.send("pp", order, "submit")
        assert (answer.status_code, answer["Location"]) == (303, address(order))
    order = desk.shop.until("ship")
    for _ in range(2):
        answer = desk.send("seller", order, "ship", courier="JNE", tracking="1")
        assert (answer.status_code, answer["Location"]) == (303, address(order))


def test_a_stale_page_says_how_the_order_stands(desk: Desk) -> None:
    order = desk.shop.until("approve")
    desk.shop.approve(order)
    for answer in (
        desk.of("ppk").get(address(order, "approve")),
        desk.send("pp", desk.shop.until("approve"), "submit"),
    ):
        assert answer.status_code in {303, 409}
    stale = desk.of("ppk").get(address(order, "reject"))
    assert stale.status_code == 409
    assert "Waiting for the PPK's signature" in text_of(stale)
    assert "Read and sign the order letter" in text_of(stale)


def test_a_wrong_code_signs_nothing(desk: Desk) -> None:
    order = desk.shop.until("sign")
    answer = desk.sign("ppk", order, "sign", code="000000")
    assert answer.status_code == 422
    assert "There is something to correct" in text_of(answer)
    assert Signature.objects.count() == 0
    assert desk.send("ppk", order, "sign", code="12").status_code == 422


def test_another_document_than_the_one_that_was_read_is_not_signed(desk: Desk) -> None:
    order = desk.shop.until("hand_over")
    shown = row(order).documents.get(kind="bast").sha256
    services.prepare_handover(actor=desk.shop.ppk, order=order, own_number="BAST/2/2026")
    answer = desk.sign("ppk", order, "hand-over", digest=shown)
    assert answer.status_code == 409
    assert "document has changed" in text_of(answer)
    assert Signature.objects.filter(document__kind="bast").count() == 0


def test_changed_prices_stand_side_by_side_and_can_be_taken_over(desk: Desk) -> None:
    product = desk.shop.product(price=1_000_000)
    order = desk.shop.draft(product)
    set_price(actor=desk.shop.seller, product=product, amount=Decimal(1_100_000))
    answer = desk.send("pp", order, "submit")
    assert answer.status_code == 409
    assert "Rp1.000.000" in text_of(answer)
    assert "Rp1.100.000" in text_of(answer)
    assert desk.send("pp", order, "refresh").status_code == 303
    assert desk.send("pp", order, "submit").status_code == 303
    assert row(order).base == Decimal(2_200_000)


def test_too_much_for_a_pp_is_said_at_the_form(desk: Desk) -> None:
    order = desk.shop.draft(desk.shop.product(price=150_000_000))
    answer = desk.send("pp", order, "submit")
    assert answer.status_code == 422
    assert "A PP orders up to Rp200.000.000" in text_of(answer)
    assert row(order).state == "draft"


def test_what_was_typed_stays(desk: Desk) -> None:
    choose_product(actor=desk.shop.pp, product=desk.shop.product(), quantity=Decimal(1))
    wrong = terms(rup_code="satu", budget="1e30", mak="<b>5.1</b>")
    answer = desk.of("pp").submit("/orders/new", "/orders", **wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="satu"' in html
    assert 'value="1e30"' in html
    assert "&lt;b&gt;5.1&lt;/b&gt;" in html
    assert not Order.objects.exists()
    order = desk.shop.until("accept")
    short = desk.send("seller", order, "decline", reason_code="other", note="x")
    assert short.status_code == 422
    assert ">x</textarea>" in short.content.decode()
    assert row(order).state == "waiting_seller_confirmation"


@pytest.mark.parametrize(
    "wrong",
    [
        {"paid_on-day": "1", "paid_on-month": "1", "paid_on-year": "2020"},
        {"reference": ""},
        {"channel": "outside"},
        {"evidence": SimpleUploadedFile("a.pdf", b"<svg/>", "application/pdf")},
        {"evidence": ""},
    ],
)
def test_a_payment_without_its_proof_is_none(desk: Desk, wrong: dict[str, object]) -> None:
    order = desk.shop.until("pay")
    answer = desk.send("treasurer", order, "pay", **evidence(**wrong))
    assert answer.status_code == 422
    assert not Payment.objects.exists()


def test_ticks_are_needed_to_receive_and_a_mismatch_goes_back(desk: Desk) -> None:
    order = desk.shop.until("receive")
    assert desk.send("pp", order, "receive", function="1").status_code == 422
    told = {"note": "Dua laptop layarnya pecah."}
    assert desk.send("pp", order, "report-mismatch", **told).status_code == 303
    said = text_of(desk.of("seller").get(address(order)))
    assert "Dua laptop layarnya pecah." in said
    assert desk.send("seller", order, "ship", courier="JNE", tracking="2").status_code == 303


def test_quantities_of_a_draft(desk: Desk) -> None:
    order = desk.shop.draft()
    assert desk.send("pp", order, "quantities", **{"quantity-1": "-3"}).status_code == 422
    assert desk.send("pp", order, "quantities", **{"quantity-1": "5"}).status_code == 303
    assert row(order).base == Decimal(5_000_000)


def test_an_addendum_is_proposed_and_answered(desk: Desk) -> None:
    order = desk.shop.until("ship")
    new = {"deliver_by-day": "1", "deliver_by-month": "2", "deliver_by-year": "2027"}
    asked = new | {"clauses": "Dikirim dua kali."}
    assert desk.send("seller", order, "propose-addendum", **asked).status_code == 303
    assert desk.of("seller").get(address(order, "accept-addendum")).status_code == 403
    assert "1 February 2027" in text_of(desk.of("ppk").get(address(order, "accept-addendum")))
    assert desk.send("ppk", order, "accept-addendum", version="2").status_code == 409
    assert desk.send("ppk", order, "accept-addendum", version="1").status_code == 303
    assert row(order).state == "on_process"
    assert row(order).deliver_by.isoformat() == "2027-02-01"


def test_a_cancellation_is_asked_for_and_decided_by_the_helpdesk(desk: Desk) -> None:
    order = desk.shop.until("ship")
    helpdesk = browser_of(acting("helpdesk"))
    assert helpdesk.get(address(order)).status_code == 404
    asked = {"reason_code": "cannot_deliver", "note": "Pabrik terbakar."}
    assert desk.send("seller", order, "request-cancel", **asked).status_code == 303
    page = helpdesk.get(address(order, "grant-cancel"))
    assert "Pabrik terbakar." in text_of(page)
    assert desk.of("ppk").get(address(order, "grant-cancel")).status_code == 403
    answer = helpdesk.submit(address(order, "grant-cancel"), note="Kedua pihak setuju.")
    assert answer.status_code == 303
    assert row(order).state == "cancelled"


def test_a_form_without_its_token_does_nothing(desk: Desk) -> None:
    order = desk.shop.draft()
    desk.of("pp").get(address(order, "submit"))
    assert desk.of("pp").post(address(order, "submit")).status_code == 403
    assert row(order).state == "draft"


def test_nothing_chosen_and_others_companies(desk: Desk) -> None:
    pp = desk.of("pp")
    assert "Nothing is on your unit's list yet" in text_of(pp.get("/orders/new"))
    assert pp.get("/orders/new?company=PT1").status_code == 303
    assert pp.get("/orders/new?company=NOBODY").status_code == 404
    assert desk.of("seller").get("/orders/new").status_code == 404
