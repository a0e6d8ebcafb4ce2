"""What somebody with two hats, two windows or a double click would try with an order."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from gapura.access.queries import active_grants
from gapura.access.services import issue_grant
from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.purchasing import services
from gapura.purchasing.errors import AddendumChanged, DraftChanged
from gapura.purchasing.models import Order
from gapura.purchasing.queries import order_for
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, acting, in_days, read, row, terms
from tests.purchasing.test_races import at_once

pytestmark = pytest.mark.django_db


def also(actor: Actor, role: str, **place: Any) -> Actor:
    """The same person with one more role, as the next request would see them; acts as before."""
    issue_grant(actor=system_actor("tests"), person_id=actor.who, role=role, **place)
    return again(actor, actor.role)


def again(actor: Actor, role: str) -> Actor:
    """The same person with what they hold now, acting in that role."""
    grants = active_grants(actor.who, clock.now())
    chosen = next(grant for grant in grants if grant.role == role)
    return replace(actor, grants=grants, grant=chosen)


def missing(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [clause.name for clause in caught.value.verdict.missing]


def test_nobody_buys_from_the_own_company(shop: Shop) -> None:
    """Presidential Regulation 16/2018 article 7: the buyer belongs to the company."""
    order = shop.draft()
    buyer = also(shop.pp, "staf_perusahaan", company="PT1")
    for act in (
        partial(services.submit_order, actor=buyer, order=order, seen=read(order)),
        partial(
            services.propose_price,
            actor=buyer,
            order=order,
            prices=[Decimal(900_000)],
            seen=read(order),
        ),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert missing(caught) == ["belongs_to_another_company"]
    services.discard_order(actor=buyer, order=order)


@pytest.mark.parametrize("verb", ["approve", "sign", "receive", "hand_over", "pay"])
def test_nobody_stands_on_both_sides_of_an_order(shop: Shop, verb: str) -> None:
    order = shop.until(verb)
    who = {"receive": "pp", "pay": "treasurer"}.get(verb, "ppk")
    setattr(shop, who, also(getattr(shop, who), "staf_perusahaan", company="PT1"))
    with pytest.raises(Refused) as caught:
        getattr(shop, verb)(order)
    assert missing(caught) == ["belongs_to_another_company"]


def test_who_bought_it_does_not_accept_it_for_the_company(shop: Shop) -> None:
    """Also when the role of the buyer was given back meanwhile."""
    order = shop.until("accept")
    Order.objects.filter(pk=order).update(buyer=shop.seller.who)
    with pytest.raises(Refused) as caught:
        shop.accept(order)
    assert missing(caught) == ["did_not_buy_it"]


def test_who_sent_it_as_pp_does_not_review_it_as_ppk(shop: Shop) -> None:
    """A colleague's draft that one sends on is one's own."""
    colleague = acting("pp")
    order = shop.draft(buyer=colleague)
    shop.submit(order)
    both = also(shop.pp, "ppk", agency="T1", unit="T1.1")
    for services_verb in ("approve_order", "reject_order"):
        more = {"reason_code": "price"} if services_verb == "reject_order" else {}
        with pytest.raises(Refused) as caught:
            getattr(services, services_verb)(actor=again(both, "ppk"), order=order, **more)
        assert missing(caught) == ["did_not_draft_it_as_officer"]
    assert "approve" not in order_for(again(both, "ppk"), order).verbs
    shop.approve(order)


def test_who_agreed_to_the_prices_as_pp_does_not_review_it_as_ppk(shop: Shop) -> None:
    colleague = acting("pp")
    order = shop.draft(buyer=colleague)
    prices = [Decimal(900_000)]
    services.propose_price(actor=colleague, order=order, prices=prices, seen=read(order))
    services.answer_offer(actor=shop.seller, order=order, round=1, prices=[Decimal(950_000)])
    services.agree(actor=shop.pp, order=order, round=2)
    both = also(shop.pp, "ppk", agency="T1", unit="T1.1")
    with pytest.raises(Refused):
        services.approve_order(actor=again(both, "ppk"), order=order)


def test_an_addendum_that_was_not_read_is_not_accepted(shop: Shop) -> None:
    """A colleague declined the one that was read, and the other side proposed another."""
    order = shop.until("ship")
    services.propose_addendum(actor=shop.seller, order=order, deliver_by=in_days(40))
    known = order_for(shop.ppk, order).addendum
    assert known is not None
    services.decline_addendum(actor=acting("ppk"), order=order, version=known.version)
    services.propose_addendum(
        actor=shop.seller, order=order, deliver_by=in_days(700), clauses=["Denda tidak berlaku."]
    )
    for answer in (services.accept_addendum, services.decline_addendum):
        with pytest.raises(AddendumChanged):
            answer(actor=shop.ppk, order=order, version=known.version)
    assert row(order).state == "on_addendum"
    services.accept_addendum(actor=shop.ppk, order=order, version=2)
    assert row(order).deliver_by == in_days(700)


def test_a_draft_that_a_colleague_changed_is_read_again_before_it_goes(shop: Shop) -> None:
    order = shop.draft()
    before = read(order)
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        services.save_quantities(actor=acting("pp"), order=order, quantities={1: Decimal(90)})
    with pytest.raises(DraftChanged):
        services.submit_order(actor=shop.pp, order=order, seen=before)
    with pytest.raises(DraftChanged):
        services.propose_price(actor=shop.pp, order=order, prices=[Decimal(900_000)], seen=before)
    seen = order_for(shop.pp, order).changed_at
    services.submit_order(actor=shop.pp, order=order, seen=seen)


@pytest.mark.django_db(transaction=True)
def test_a_doubled_click_makes_one_draft(transactional_db: None) -> None:
    market.places()
    shop = market.opened()
    for _ in range(5):
        choose_product(actor=shop.pp, product=shop.product(), quantity=Decimal(2))
        before = Order.objects.count()
        draft = partial(services.draft_order, actor=shop.pp, company="PT1", **terms())
        assert sorted(at_once(draft, draft)) == ["NothingChosen", "done"]
        assert Order.objects.count() == before + 1
