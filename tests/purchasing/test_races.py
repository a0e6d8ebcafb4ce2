"""Two at once: one last piece is ordered once, one payment is made, one side's act counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from gapura.catalog.models import Product
from gapura.kernel.problems import Problem
from gapura.purchasing import services
from gapura.purchasing.models import Offer, Order, Payment
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, payment, row


@pytest.fixture
def racing(transactional_db: None) -> Shop:
    """The shop, in a database where threads see each other's commits."""
    market.places()
    return market.opened()


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run them together; answers `done` or the problem each met."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            gate.wait(30)
            act()
        except Problem as problem:
            return type(problem).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def race_for_the_last_piece(shop: Shop, rounds: int) -> None:
    product = shop.product(stock=rounds)
    for _ in range(rounds):
        Product.objects.filter(pk=product).update(
            stock_available=1, stock_reserved=0, stock_consumed=0, stock_supplied=1
        )
        orders = [shop.draft(product, 1) for _ in range(2)]
        found = at_once(*(partial(shop.submit, order) for order in orders))
        assert sorted(found) == ["StockGone", "done"]
        stock = Product.objects.get(pk=product)
        assert (stock.stock_available, stock.stock_reserved) == (0, 1)
        assert {row(order).state for order in orders} == {"draft", "waiting_ppk_review"}
        winner = next(o for o in orders if row(o).state == "waiting_ppk_review")
        services.reject_order(actor=shop.ppk, order=winner, reason_code="price")


def test_two_orders_race_for_the_last_piece_twenty_times(racing: Shop) -> None:
    race_for_the_last_piece(racing, 20)


@pytest.mark.slow
def test_two_orders_race_for_the_last_piece_five_hundred_times(racing: Shop) -> None:
    race_for_the_last_piece(racing, 500)


def test_buyer_ends_while_seller_agrees(racing: Shop) -> None:
    product = racing.product(stock=100)
    for _ in range(10):
        order = racing.order("propose", product=product)
        found = at_once(
            partial(services.agree, actor=racing.seller, order=order, round=1),
            partial(services.cancel_negotiation, actor=racing.pp, order=order),
        )
        assert found.count("done") == 1, found
        agreed = row(order).state == "waiting_ppk_review"
        assert agreed == (found[0] == "done")
    held = Order.objects.filter(state="waiting_ppk_review").count() * 2
    assert Product.objects.get(pk=product).stock_reserved == held


def test_two_of_one_side_answer_one_offer(racing: Shop) -> None:
    order = racing.order("propose")
    prices = [Decimal(950_000)]
    answer = lambda: services.answer_offer(  # noqa: E731
        actor=racing.seller, order=order, round=1, prices=prices
    )
    assert at_once(answer, answer).count("done") == 1
    assert Offer.objects.filter(order=order).count() == 2


def test_two_approvals_make_one_letter(racing: Shop) -> None:
    order = racing.until("approve")
    found = at_once(*(lambda: racing.approve(order) for _ in range(3)))
    assert found.count("done") == 1
    assert row(order).documents.count() == 1


def test_the_supplier_accepts_as_a_colleague_declines(racing: Shop) -> None:
    order = racing.until("accept")
    deed = racing.deed(racing.seller, order, "sp", "purchasing.order.accept")
    found = at_once(
        lambda: services.accept_order(actor=racing.seller, order=order, deed=deed),
        lambda: services.decline_order(actor=racing.seller, order=order, reason_code="no_stock"),
    )
    assert found.count("done") == 1, found
    assert row(order).state in {"on_process", "cancelled"}


def test_an_order_is_paid_once(racing: Shop) -> None:
    order: UUID = racing.until("pay")
    facts = [payment(racing.treasurer) for _ in range(4)]
    found = at_once(
        *(partial(services.pay, actor=racing.treasurer, order=order, **f) for f in facts)
    )
    assert found.count("done") == 1, found
    assert Payment.objects.filter(order=order).count() == 1
