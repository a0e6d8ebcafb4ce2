"""One need in several orders below the ceiling: found, explained by whoever sends, seen by few."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import services
from gapura.purchasing.errors import SplittingUnexplained
from gapura.purchasing.models import PurchasingRule
from gapura.purchasing.queries import possible_splitting, splits_around
from gapura.purchasing.rules import Bought, together
from tests.catalog.goods import acting as present
from tests.purchasing.shop import Shop, read, row, terms

DAY = date(2026, 11, 2)
MILLION = 1_000_000
WHY = "Kebutuhan dua sekolah yang anggarannya terpisah."


def bought(total: int, after: int = 0, company: str = "A", *plans: str, unit: str = "U") -> Bought:
    """An order of so many million, `after` days after the first; the ceiling is 200."""
    day, ceiling = DAY + timedelta(days=after), Decimal(200 * MILLION)
    return Bought(uuid4(), unit, company, plans, Decimal(total * MILLION), day, ceiling)


def totals(*orders: Bought, days: int = 30) -> list[int]:
    return [int(each.total) // MILLION for each in together(orders, days)]


def test_the_ceiling_itself_is_not_past_it() -> None:
    assert totals(bought(120), bought(80)) == []
    assert totals(bought(120), bought(81)) == [201]


def test_one_order_alone_is_never_split() -> None:
    assert totals(bought(300)) == []


def test_the_period_counts_to_the_day() -> None:
    assert totals(bought(150), bought(150, 30)) == [300]
    assert totals(bought(150), bought(150, 31)) == []


def test_stretches_that_overlap_are_one_finding() -> None:
    assert totals(bought(150), bought(150, 20), bought(150, 40)) == [450]
    assert totals(bought(150), bought(150, 1), bought(150, 90), bought(150, 91)) == [300, 300]


def test_another_unit_or_supplier_is_another_need() -> None:
    assert totals(bought(150), bought(150, unit="V")) == []
    assert totals(bought(150), bought(150, 0, "B")) == []


def test_the_same_plan_code_joins_what_different_suppliers_deliver() -> None:
    (found,) = together([bought(150, 0, "A", "1", "2"), bought(150, 1, "B", "2", "3")], 30)
    assert found.marks == (("plan", "2"),)


def test_what_supplier_and_plan_both_join_is_told_once() -> None:
    (found,) = together([bought(150, 0, "A", "1"), bought(150, 1, "A", "1")], 30)
    assert found.marks == (("supplier", "A"), ("plan", "1"))


def big(shop: Shop, **more: object) -> UUID:
    """A draft of Rp111 million with tax; two of them are past the ceiling."""
    choose_product(actor=shop.pp, product=shop.product(100 * MILLION), quantity=Decimal(1))
    return services.draft_order(actor=shop.pp, company="PT1", **terms(**more))


def send(shop: Shop, order: UUID, reason: str = "") -> None:
    services.submit_order(actor=shop.pp, order=order, seen=read(order), split_reason=reason)


def explained(order: UUID) -> list[LogEvent]:
    events = LogEvent.objects.filter(name="purchasing.splitting.explained")
    return list(events.filter(subject_id=str(order)))


@pytest.mark.django_db
def test_the_second_order_asks_why_and_goes_on_with_a_reason(shop: Shop) -> None:
    first, second = big(shop), big(shop, rup_code="99999999")
    send(shop, first)
    assert row(first).split_reason == ""
    for reason in ("", "karena", "Rahasia " * 3 + "\u202e", "x" * 1001):
        with pytest.raises(FieldProblems) as caught:
            send(shop, second, reason)
        assert list(caught.value.fields) == ["split_reason"]
        assert row(second).state == "draft"
    with pytest.raises(FieldProblems) as caught:
        send(shop, second)
    problem = caught.value.fields["split_reason"]
    assert isinstance(problem, SplittingUnexplained)
    assert problem.values["total"] == "Rp222.000.000"
    assert problem.values["ceiling"] == "Rp200.000.000"
    send(shop, second, WHY)
    assert (row(second).state, row(second).split_reason) == ("waiting_ppk_review", WHY)
    (event,) = explained(second)
    assert event.facts["orders"] == [str(first)]
    assert WHY not in str(event.facts)


@pytest.mark.django_db
def test_an_offer_asks_the_same(shop: Shop) -> None:
    first, second = big(shop), big(shop)
    send(shop, first)
    offer = {"actor": shop.pp, "order": second, "prices": [Decimal(90 * MILLION)]}
    with pytest.raises(FieldProblems):
        services.propose_price(**offer, seen=read(second))  # type: ignore[arg-type]
    services.propose_price(**offer, seen=read(second), split_reason=WHY)  # type: ignore[arg-type]
    assert row(second).split_reason == WHY
    assert len(explained(second)) == 1


@pytest.mark.django_db
def test_what_was_ended_or_not_sent_does_not_count(shop: Shop) -> None:
    ended, waiting, other = big(shop), big(shop), big(shop)
    send(shop, ended)
    services.reject_order(actor=shop.ppk, order=ended, reason_code="budget")
    send(shop, waiting)
    assert splits_around(ended) == ()
    assert len(splits_around(other)) == 1
    services.discard_order(actor=shop.pp, order=other)
    assert splits_around(waiting) == ()


@pytest.mark.django_db
def test_the_period_is_a_dated_rule(shop: Shop) -> None:
    with clock.frozen(clock.now() - timedelta(days=10)):
        send(shop, big(shop))
    second = big(shop)
    assert len(splits_around(second)) == 1
    PurchasingRule.objects.filter(key="splitting_days").update(value=5)
    send(shop, second)
    PurchasingRule.objects.filter(key="splitting_days").delete()
    with pytest.raises(LookupError):
        splits_around(second)


@pytest.mark.django_db
def test_in_papua_the_ceiling_is_higher(shop: Shop) -> None:
    first, second = big(shop), big(shop)
    for order in (first, second):
        type(row(order)).objects.filter(pk=order).update(region="91")
    send(shop, first)
    send(shop, second)


@pytest.mark.django_db
def test_auditor_and_budget_users_find_it_and_nobody_else(shop: Shop) -> None:
    first, second = big(shop), big(shop)
    send(shop, first)
    send(shop, second, WHY)
    for role, place in (("apip", ""), ("pa", ""), ("kpa", "")):
        found = possible_splitting(present(role, place))
        assert (found.total, found.cut) == (1, False), role
        (one,) = found.rows
        assert {order.id for order in one.orders} == {first, second}
        assert {order.reason for order in one.orders} == {"", WHY}
    for role, place in (("apip", "T2"), ("kpa", "T1.2"), ("pa", "T2.1")):
        assert possible_splitting(present(role, place)).total == 0, (role, place)
    strangers = (shop.pp, shop.ppk, shop.treasurer, shop.seller, shop.curator, Actor())
    for actor in (*strangers, present("helpdesk"), present("admin_platform")):
        with pytest.raises(Refused):
            possible_splitting(actor)
