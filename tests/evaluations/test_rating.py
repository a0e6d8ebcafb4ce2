"""Rating suppliers: who may, when, how often; and what is counted from it and from orders."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from gapura.audit.models import LogEvent
from gapura.evaluations.errors import RatingClosed
from gapura.evaluations.models import Rating
from gapura.evaluations.queries import own_performance, performance_of, suppliers
from gapura.evaluations.rules import Share, share, weighted
from gapura.evaluations.services import rate_order
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import services as purchasing
from gapura.purchasing.errors import NoSuchOrder
from gapura.purchasing.models import Order
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop

pytestmark = pytest.mark.django_db
GOOD = {"quality": 5, "cost": 4, "time": 4, "service": 5}


@pytest.fixture
def shop() -> Shop:
    market.places()
    return market.opened()


def test_the_ppk_rates_once_and_changes_it_within_thirty_days(shop: Shop) -> None:
    order = shop.until("pay")
    rate_order(actor=shop.ppk, order=order, scores=GOOD, note="Cepat dan lengkap.")
    rate_order(actor=shop.ppk, order=order, scores=GOOD, note="Cepat dan lengkap.")
    given = clock.now()
    with clock.frozen(given + timedelta(days=29)):
        rate_order(actor=shop.ppk, order=order, scores={**GOOD, "time": 2})
    with clock.frozen(given + timedelta(days=31)), pytest.raises(RatingClosed):
        rate_order(actor=shop.ppk, order=order, scores=GOOD)
    row = Rating.objects.get(order=order)
    assert (row.quality, row.time, row.note) == (5, 2, "")
    names = LogEvent.objects.filter(name__startswith="evaluations.").order_by("id")
    assert list(names.values_list("name", flat=True)) == [
        "evaluations.rating.rated",
        "evaluations.rating.changed",
    ]
    assert "Cepat" not in names[0].facts


def test_nobody_else_rates_and_nothing_before_the_handover(shop: Shop) -> None:
    order = shop.until("pay")
    for other in (shop.pp, shop.treasurer, shop.seller):
        with pytest.raises(Refused):
            rate_order(actor=other, order=order, scores=GOOD)
    grant = shop.ppk.grant
    assert grant is not None
    elsewhere = replace(shop.ppk, grant=replace(grant, unit="ELSEWHERE"))
    with pytest.raises(NoSuchOrder):
        rate_order(actor=elsewhere, order=order, scores=GOOD)
    weak = replace(shop.ppk, acr=1)
    with pytest.raises(Refused):
        rate_order(actor=weak, order=order, scores=GOOD)
    with pytest.raises(Refused):
        rate_order(actor=shop.ppk, order=shop.until("hand_over"), scores=GOOD)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("wrong", [{"quality": 0}, {"time": 6}, {"cost": -1}])
def test_each_aspect_needs_one_to_five(shop: Shop, wrong: dict[str, int]) -> None:
    with pytest.raises(FieldProblems) as problem:
        rate_order(actor=shop.ppk, order=shop.until("pay"), scores={**GOOD, **wrong})
    assert set(problem.value.fields) == set(wrong)


def test_shares_are_counted_by_hand_and_few_orders_have_none(shop: Shop) -> None:
    """Four accepted: one late, one with a mismatch, one cancelled, one as it should be."""
    late = shop.until("receive")
    Order.objects.filter(pk=late).update(deliver_by=clock.today() - timedelta(days=3))
    shop.receive(late)
    wrong = shop.until("receive")
    purchasing.report_mismatch(actor=shop.pp, order=wrong, note="Warna keliru.")
    cancelled = shop.until("ship")
    purchasing.request_cancel(actor=shop.ppk, order=cancelled, reason_code="force_majeure")
    Order.objects.filter(pk=cancelled).update(state="cancelled")
    shop.until("pay")
    found = suppliers(shop.ppk, days=30).rows
    assert [row.company for row in found] == ["PT1"]
    row = found[0]
    assert row.accepted == 4
    assert (row.late.count, row.late.of, row.late.share) == (1, 2, None)
    assert (row.mismatched.count, row.mismatched.of) == (1, 3)
    assert (row.cancelled.count, row.cancelled.of, row.cancelled.share) == (1, 4, 0.25)
    assert own_performance(shop.seller, 30).cancelled == row.cancelled
    assert suppliers(shop.ppk, days=30, own=False).rows == found
    assert suppliers(shop.ppk, days=30, text="no such name").rows == ()


def test_another_agency_sees_only_its_own_orders_unless_it_asks_for_all(shop: Shop) -> None:
    shop.until("pay")
    grant = shop.ppk.grant
    assert grant is not None
    stranger = replace(shop.ppk, grant=replace(grant, agency="ELSEWHERE"))
    assert suppliers(stranger, days=30).rows == ()
    assert len(suppliers(stranger, days=30, own=False).rows) == 1
    for refused in (shop.seller, shop.treasurer):
        with pytest.raises(Refused):
            suppliers(refused)
    with pytest.raises(Refused):
        own_performance(shop.ppk)


def test_means_need_three_ratings(shop: Shop) -> None:
    for scores in (GOOD, {**GOOD, "quality": 3}):
        rate_order(actor=shop.ppk, order=shop.until("pay"), scores=scores)
    assert performance_of("PT1").ratings.score is None
    rate_order(actor=shop.ppk, order=shop.until("pay"), scores={**GOOD, "quality": 1})
    given = performance_of("PT1").ratings
    assert given.count == 3
    assert given.means is not None
    assert given.means["quality"] == Decimal("3.00")
    # 3 x 30 % + 4 x 20 % + 4 x 30 % + 5 x 20 %
    assert given.score == Decimal("3.90")


def test_the_interval_is_wilsons() -> None:
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611."""
    found = share(81, 263, 3)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.2553, 0.3662)
    none = share(0, 20, 3)
    assert (none.low, round(none.high or 0, 4)) == (0.0, 0.1611)
    assert share(1, 2, 3) == Share(1, 2, None, None, None)
    assert weighted(dict.fromkeys(GOOD, Decimal(4)), dict.fromkeys(GOOD, 25)) == Decimal("4.00")
