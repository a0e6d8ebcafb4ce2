"""No unit keeps goods from the others with orders that rest; one paper proves one payment."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog.errors import StockGone
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import services
from gapura.purchasing.errors import EvidenceUsed, TooManyHeld
from gapura.purchasing.models import Payment, PurchasingRule
from gapura.purchasing.queries import lapses_of, order_for
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, acting, payment, read, row
from tests.purchasing.test_meanwhile import stock_of
from tests.purchasing.test_races import at_once

pytestmark = pytest.mark.django_db


def rule(key: str, value: int) -> None:
    PurchasingRule.objects.filter(key=key).update(value=value)


def lapse(shop: Shop, product: UUID, verb: str = "approve") -> None:
    """An order of one piece on which `verb` was not done in time."""
    shop.until(verb, product=product, quantity=1)
    with clock.frozen(clock.now() + timedelta(days=20)):
        services.lapse_overdue(actor=system_actor("tests"))


def test_so_many_waiting_orders_hold_a_product_and_no_more(shop: Shop) -> None:
    rule("held_orders_most", 2)
    product = shop.product()
    first = shop.until("approve", product=product, quantity=1)
    shop.until("accept", product=product, quantity=1)
    third = shop.draft(product, 1)
    with pytest.raises(TooManyHeld) as caught:
        shop.submit(third)
    assert caught.value.values["most"] == 2
    assert (row(third).state, stock_of(product)[1]) == ("draft", 2)
    shop.order("submit", product=shop.product())
    services.reject_order(actor=shop.ppk, order=first, reason_code="budget")
    shop.submit(third)


def test_contracts_do_not_count_as_waiting(shop: Shop) -> None:
    rule("held_orders_most", 1)
    product = shop.product()
    shop.until("ship", product=product, quantity=1)
    shop.until("approve", product=product, quantity=1)


def test_after_repeated_lapses_goods_are_held_only_once_approved(shop: Shop) -> None:
    rule("lapsed_orders_most", 2)
    product = shop.product(stock=5)
    lapse(shop, product)
    assert lapses_of(shop.draft(product, 1)) is None
    lapse(shop, product, "sign")
    order = shop.draft(product, 2)
    told = lapses_of(order)
    assert told is not None
    assert (told.count, told.days) == (2, 30)
    shop.submit(order)
    assert stock_of(product) == (5, 0, 0)
    assert [m.verb for m in order_for(shop.pp, order).moments][-2:] == ["held_back", "submit"]
    event = LogEvent.objects.get(name="purchasing.order.held_back", subject_id=str(order))
    assert event.facts == {"lapsed": 2, "days": 30}
    shop.approve(order)
    assert stock_of(product) == (3, 2, 0)


def test_goods_that_were_not_held_may_be_gone_at_the_approval(shop: Shop) -> None:
    rule("lapsed_orders_most", 1)
    product = shop.product(stock=3)
    lapse(shop, product)
    late = shop.draft(product, 2)
    shop.submit(late)
    rule("lapsed_orders_most", 9)
    shop.submit(shop.draft(product, 2))
    with pytest.raises(StockGone):
        shop.approve(late)
    assert row(late).state == "waiting_ppk_review"
    services.reject_order(actor=shop.ppk, order=late, reason_code="not_needed")
    assert stock_of(product) == (1, 2, 0)


def test_a_supplier_who_does_not_answer_costs_the_unit_nothing(shop: Shop) -> None:
    rule("lapsed_orders_most", 1)
    product = shop.product()
    lapse(shop, product, "accept")
    order = shop.draft(product, 1)
    assert lapses_of(order) is None


def test_old_lapses_and_those_of_other_goods_do_not_count(shop: Shop) -> None:
    rule("lapsed_orders_most", 1)
    product = shop.product()
    lapse(shop, product)
    assert lapses_of(shop.draft(shop.product(), 1)) is None
    order = shop.draft(product, 1)
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert lapses_of(order) is None


@pytest.mark.django_db(transaction=True)
def test_two_orders_at_once_do_not_pass_the_limit_together(transactional_db: None) -> None:
    market.places()
    shop = market.opened()
    rule("held_orders_most", 1)
    for _ in range(4):
        product = shop.product()
        orders = [shop.draft(product, 1) for _ in range(2)]
        sending = [
            partial(services.submit_order, actor=shop.pp, order=one, seen=read(one))
            for one in orders
        ]
        assert sorted(at_once(*sending)) == ["TooManyHeld", "done"]
        assert stock_of(product)[1] == 1


def test_one_paper_proves_one_payment(shop: Shop) -> None:
    first, second = shop.until("pay"), shop.until("pay")
    facts = payment(shop.treasurer)
    services.pay(actor=shop.treasurer, order=first, **facts)
    with pytest.raises(FieldProblems) as caught:
        services.pay(actor=shop.treasurer, order=second, **facts)
    assert isinstance(caught.value.fields["evidence"], EvidenceUsed)
    assert row(second).state == "on_process"
    shop.pay(second)


def test_a_colleague_does_not_hand_the_same_file_in_again(shop: Shop) -> None:
    """The table holds it by the bytes, whoever uploaded them."""
    first, second = shop.until("pay"), shop.until("pay")
    shop.pay(first)
    used = Payment.objects.get(order=first)
    colleague = acting("bendahara")
    facts = payment(colleague)
    Payment.objects.filter(pk=used.pk).update(
        evidence_sha256=get_document(facts["evidence"]).sha256
    )
    with pytest.raises(FieldProblems) as caught:
        services.pay(actor=colleague, order=second, **facts)
    assert list(caught.value.fields) == ["evidence"]


NASTY = ("Baik\x00", "Baik \u202ekilab", "Baik \u200bsekali", "Baik \x1b[2J")


@pytest.mark.parametrize("note", NASTY)
def test_notes_hold_nothing_that_nobody_sees(shop: Shop, note: str) -> None:
    order = shop.until("approve")
    asks = {"actor": shop.ppk, "order": order}
    with pytest.raises(FieldProblems):
        services.reject_order(**asks, reason_code="budget", note=note)  # type: ignore[arg-type]
    with pytest.raises(FieldProblems):
        services.approve_order(**asks, clauses=[note])  # type: ignore[arg-type]
    assert row(order).state == "waiting_ppk_review"


def test_notes_of_several_lines_are_kept_as_lines(shop: Shop) -> None:
    order = shop.until("approve")
    services.reject_order(
        actor=shop.ppk, order=order, reason_code="other", note=" Terlalu mahal.\r\nCoba lagi.\n"
    )
    assert order_for(shop.pp, order).moments[-1].note == "Terlalu mahal.\nCoba lagi."
