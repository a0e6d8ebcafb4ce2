"""Whatever people do in whatever order: no piece and no rupiah is lost or doubled."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from django.db.models import Sum

from gapura.catalog.models import Product
from gapura.kernel.problems import Problem
from gapura.purchasing import services
from gapura.purchasing.models import Order, OrderDocument, OrderLine, Payment
from gapura.purchasing.states import DELIVERY, ORDER, STOPPED
from gapura.purchasing.words import DELIVERY_NAMES, DONE, DUTIES, HAPPENED, STATE_NAMES
from tests.catalog import goods
from tests.purchasing.shop import Shop, row

STOCK = 12
STEPS = 60


def ways(shop: Shop) -> list[Callable[[UUID], None]]:
    """What somebody may try with an order."""
    helper = goods.acting("helpdesk")
    return [
        shop.submit, shop.propose, shop.approve, shop.sign, shop.accept, shop.ship, shop.receive,
        shop.prepare, shop.hand_over, shop.confirm, shop.pay,
        lambda o: services.agree(actor=shop.seller, order=o, round=1),
        lambda o: services.cancel_negotiation(actor=shop.seller, order=o),
        lambda o: services.discard_order(actor=shop.pp, order=o),
        lambda o: services.reject_order(actor=shop.ppk, order=o, reason_code="price"),
        lambda o: services.reject_signing(actor=shop.ppk, order=o, reason_code="price"),
        lambda o: services.decline_order(actor=shop.seller, order=o, reason_code="no_stock"),
        lambda o: services.report_mismatch(actor=shop.pp, order=o, note="Salah warna"),
        lambda o: services.request_cancel(actor=shop.ppk, order=o, reason_code="mistake"),
        lambda o: services.grant_cancel(actor=helper, order=o, note="Baiklah semua"),
        lambda o: services.refuse_cancel(actor=helper, order=o, note="Lanjutkan saja"),
    ]  # fmt: skip


def check(product: UUID) -> None:
    """The books agree with the orders, piece by piece and rupiah by rupiah."""
    stock = Product.objects.get(pk=product)
    assert stock.stock_available + stock.stock_reserved + stock.stock_consumed == STOCK
    holding = Decimal(0)
    for order in Order.objects.select_related("delivery"):
        lines = OrderLine.objects.filter(order=order).aggregate(n=Sum("quantity"), a=Sum("amount"))
        assert order.total == order.base + order.tax == lines["a"]
        before = order.state in {"draft", "on_negotiation", *STOPPED}
        delivery = getattr(order, "delivery", None)
        shipped = delivery is not None and delivery.shipped_at is not None
        holding += 0 if before or shipped else lines["n"]
        paid = Payment.objects.filter(order=order)
        assert [p.amount for p in paid] == ([order.total] if order.state == "completed" else [])
    assert stock.stock_reserved == holding


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_random_walks_conserve_pieces_and_rupiah(shop: Shop, seed: int) -> None:
    random = Random(seed)
    product = shop.product(price=333_333, stock=STOCK)
    orders = [shop.draft(product, quantity) for quantity in (1, 3, 4, 5)]
    tries = ways(shop)
    for _ in range(STEPS):
        order = random.choice(orders)
        state = row(order).state
        try:
            random.choice(tries)(order)
        except (Problem, OrderDocument.DoesNotExist):
            assert row(order).state == state
        check(product)


def test_every_state_has_a_name_and_a_next_step() -> None:
    assert set(STATE_NAMES) == set(ORDER.states)
    assert set(DELIVERY_NAMES) == set(DELIVERY.states)
    verbs = {s.verb for s in (*ORDER.steps, *DELIVERY.steps)} - {"save", "refresh"}
    assert verbs <= set(HAPPENED)
    open_states = set(ORDER.states) - ORDER.ends
    assert open_states == {key.split(":")[0] for key in DUTIES}
    assert DONE.verb == ""
