"""An approved order whose officer cannot sign it goes back to the review, and on with another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.purchasing import services
from gapura.purchasing.errors import TooLate
from gapura.purchasing.models import Clause, Moment, OrderDocument
from gapura.purchasing.queries import order_for
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, row

pytestmark = pytest.mark.django_db


def test_another_ppk_takes_it_back_approves_and_signs(shop: Shop) -> None:
    order = shop.until("sign")
    number = row(order).reference
    shop.ppk = market.acting("ppk")
    services.hand_over_review(actor=shop.ppk, order=order)
    back = row(order)
    assert (back.state, back.ppk_id, back.approved_at) == ("waiting_ppk_review", None, None)
    assert not Clause.objects.filter(order=order).exists()
    assert Moment.objects.filter(order=order, verb="hand_over_review").count() == 1
    assert LogEvent.objects.filter(name="purchasing.order.review_handed_over").count() == 1
    for verb in market.WALK[1:]:
        getattr(shop, verb)(order)
    assert (row(order).state, row(order).reference) == ("completed", number)
    papers = OrderDocument.objects.filter(order=order, kind="sp").order_by("version")
    assert [(one.version, one.signatures.count()) for one in papers] == [(1, 0), (2, 2)]


def test_the_first_officer_does_not_sign_the_old_letter_any_more(shop: Shop) -> None:
    order = shop.until("sign")
    services.hand_over_review(actor=system_actor("offboarding"), order=order)
    with pytest.raises((NoSuchMove, Refused)):
        shop.sign(order)
    shop.approve(order)
    shop.sign(order)
    assert order_for(shop.ppk, order).state == "waiting_seller_confirmation"


def test_not_ones_own_nor_what_is_signed_or_only_waits_for_its_review(shop: Shop) -> None:
    with pytest.raises(Refused):
        services.hand_over_review(actor=shop.ppk, order=shop.until("sign"))
    other = market.acting("ppk")
    for verb in ("approve", "accept"):
        with pytest.raises(NoSuchMove):
            services.hand_over_review(actor=other, order=shop.until(verb))


def test_one_who_drafted_it_as_pp_does_not_take_the_review_over(shop: Shop) -> None:
    """Separation of duties: PP and reviewer stay two people."""
    order = shop.until("sign")
    grant = replace(market.acting("ppk").grants[0])
    both = replace(shop.pp, grants=(*shop.pp.grants, grant), grant=grant)
    with pytest.raises(Refused) as caught:
        services.hand_over_review(actor=both, order=order)
    assert [c.name for c in caught.value.verdict.missing] == ["did_not_draft_it_as_officer"]


def test_what_nobody_signed_in_time_stays_where_it_is(shop: Shop) -> None:
    order = shop.until("sign")
    due = row(order).due_at
    assert due is not None
    other = market.acting("ppk")
    with clock.frozen(due + timedelta(seconds=1)), pytest.raises(TooLate):
        services.hand_over_review(actor=other, order=order)
