"""What is said before an order goes: possible splitting, goods not held; and who reads of it."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.purchasing import services
from gapura.purchasing.models import PurchasingRule
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, read, row
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address, evidence
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
WHY = "Kebutuhan dua sekolah yang anggarannya terpisah."
WARNING = "2 orders of the unit within 30 days come to Rp222.000.000 together"


def big(shop: Shop) -> UUID:
    """A draft of Rp111 million with tax."""
    choose_product(actor=shop.pp, product=shop.product(100_000_000), quantity=Decimal(1))
    return services.draft_order(actor=shop.pp, company="PT1", **market.terms())


def test_the_buyer_is_warned_gives_a_reason_and_the_order_goes(desk: Desk) -> None:
    first, second = big(desk.shop), big(desk.shop)
    assert "Possible splitting" not in text_of(desk.of("pp").get(address(first, "submit")))
    assert desk.send("pp", first, "submit").status_code == 303
    for page in ("", "submit", "propose-price"):
        assert WARNING in text_of(desk.of("pp").get(address(second, page))), page
    refused = desk.send("pp", second, "submit", split_reason="ya")
    assert refused.status_code == 422
    assert row(second).state == "draft"
    assert desk.send("pp", second, "submit", split_reason=WHY).status_code == 303
    for page in ("", "approve"):
        said = text_of(desk.of("ppk").get(address(second, page)))
        assert WARNING in said
        assert WHY in said
    desk.shop.approve(second)
    desk.shop.sign(second)
    assert WHY in text_of(signed_in("apip").get(address(second)))
    seller = text_of(desk.of("seller").get(address(second)))
    assert WHY not in seller
    assert "Possible splitting" not in seller


def test_the_list_is_reached_from_home_and_board_by_those_who_watch(desk: Desk) -> None:
    for _ in range(2):
        order = big(desk.shop)
        services.submit_order(actor=desk.shop.pp, order=order, seen=read(order), split_reason=WHY)
    for role in ("apip", "pa", "kpa"):
        watcher = signed_in(role)
        for page in ("/", "/orders"):
            assert 'href="/orders/splitting"' in watcher.get(page).content.decode(), (role, page)
        said = text_of(watcher.get("/orders/splitting"))
        assert "1 finding in the last year" in said
        assert "Rp222.000.000" in said
        assert WHY in said
    for stranger in (signed_in("apip", "T2"), signed_in("kpa", "T1.2")):
        assert "Nothing looks split" in text_of(stranger.get("/orders/splitting"))


def test_nobody_else_opens_the_list(desk: Desk) -> None:
    for who in ("pp", "ppk", "treasurer", "seller"):
        assert desk.of(who).get("/orders/splitting").status_code in {403, 404}, who
        assert "/orders/splitting" not in desk.of(who).get("/orders").content.decode()


def test_a_page_that_does_not_say_what_was_read_sends_nothing(desk: Desk) -> None:
    order = desk.shop.draft()
    for page, typed in (("submit", {}), ("propose-price", {"price_1": "900000"})):
        for seen in ("", "gestern", "2026-01-01T00:00:00"):
            answer = desk.send("pp", order, page, **{**typed, "seen": seen})
            assert answer.status_code == 409, (page, seen)
    assert row(order).state == "draft"


def test_the_buyer_reads_that_goods_are_not_held(desk: Desk) -> None:
    PurchasingRule.objects.filter(key="lapsed_orders_most").update(value=1)
    product = desk.shop.product()
    desk.shop.until("approve", product=product)
    with clock.frozen(clock.now() + timedelta(days=20)):
        services.lapse_overdue(actor=system_actor("tests"))
    fresh, order = desk.shop.draft(), desk.shop.draft(product)
    assert "are reserved for you as soon as" in text_of(desk.of("pp").get(address(fresh, "submit")))
    said = text_of(desk.of("pp").get(address(order, "submit")))
    assert "The goods are not reserved when you send this order: 1 orders of your unit" in said
    assert desk.send("pp", order, "submit").status_code == 303
    assert "The goods are not reserved yet" in text_of(desk.of("pp").get(address(order)))


def test_one_paper_for_two_payments_is_refused_at_its_field(desk: Desk) -> None:
    for number in range(2):
        order = desk.shop.until("pay")
        answer = desk.send("treasurer", order, "pay", **evidence())
        assert answer.status_code == (422 if number else 303)
    assert "This paper already proves another payment" in text_of(answer)


def test_on_a_phone_the_board_has_one_box_for_its_tabs(desk: Desk) -> None:
    """No script is needed: it is a form that asks for the page again."""
    page = desk.of("seller").get("/orders?tab=running").content.decode()
    assert '<form method="get" class="gp-views-pick">' in page
    assert '<option value="running" selected>' in page
    assert '<nav aria-label="Orders by state" class="gp-views-wide">' in page
