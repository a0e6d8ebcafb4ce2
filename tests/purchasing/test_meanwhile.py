"""What changed between two steps: products, prices, stock, companies, ceilings, budgets."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from gapura.catalog import services as catalog
from gapura.catalog.errors import StockGone
from gapura.catalog.models import Product
from gapura.kernel import clock
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.models import Agency, Company, CompanyStanding, Region
from gapura.purchasing import services
from gapura.purchasing.errors import (
    AboveCeiling,
    AlreadyPaid,
    BelowCeiling,
    CompanyNotActive,
    NothingChosen,
    OverBudget,
    PriceChanged,
    ProductGone,
)
from gapura.purchasing.models import OrderLine, Payment
from gapura.purchasing.queries import basket, order_for
from gapura.purchasing.services.payment import _pay
from tests.catalog import goods
from tests.purchasing.shop import Shop, in_days, payment, read, row, terms

pytestmark = pytest.mark.django_db


def stock_of(product: UUID) -> tuple[int, int, int]:
    """Pieces that are free, reserved and gone."""
    one = Product.objects.get(pk=product)
    return int(one.stock_available), int(one.stock_reserved), int(one.stock_consumed)


def blacklist(company: str = "PT1") -> None:
    CompanyStanding.objects.create(
        company_id=company,
        state="blacklisted",
        since=clock.today(),
        basis="SK 1/2026",
        recorded_at=clock.now(),
    )


@pytest.mark.parametrize("verb", ["submit", "approve", "sign", "accept"])
def test_a_product_that_was_withdrawn_stops_the_order(shop: Shop, verb: str) -> None:
    product = shop.product()
    order = shop.until(verb, product=product)
    catalog.withdraw_product(actor=shop.seller, product=product)
    with pytest.raises(ProductGone):
        getattr(shop, verb)(order)
    assert verb in {"submit", "approve", "sign", "accept"}
    assert order_for(shop.pp, order).state == row(order).state


def test_a_frozen_product_can_still_be_declined_and_its_pieces_come_back(shop: Shop) -> None:
    product = shop.product(stock=5)
    order = shop.until("accept", product=product, quantity=3)
    assert stock_of(product) == (2, 3, 0)
    catalog.withdraw_product(actor=shop.seller, product=product)
    services.decline_order(actor=shop.seller, order=order, reason_code="no_stock")
    assert row(order).state == "cancelled"
    assert stock_of(product) == (5, 0, 0)


def test_a_changed_price_is_shown_old_and_new_and_taken_over_on_request(shop: Shop) -> None:
    product = shop.product(price=1_000_000)
    order = shop.draft(product)
    catalog.set_price(actor=shop.seller, product=product, amount=Decimal(1_100_000))
    with pytest.raises(PriceChanged) as caught:
        shop.submit(order)
    (change,) = caught.value.changes
    assert (change.old, change.new) == (Decimal(1_000_000), Decimal(1_100_000))
    services.refresh_order(actor=shop.pp, order=order)
    shop.submit(order)
    assert row(order).base == Decimal(2_200_000)


def test_a_price_that_changes_after_the_order_left_changes_nothing(shop: Shop) -> None:
    product = shop.product(price=1_000_000)
    order = shop.until("accept", product=product)
    catalog.set_price(actor=shop.seller, product=product, amount=Decimal(1_200_000))
    shop.accept(order)
    assert row(order).base == Decimal(2_000_000)


def test_an_offer_above_the_new_listed_price_is_not_taken(shop: Shop) -> None:
    product = shop.product(price=1_000_000)
    order = shop.order("propose", product=product)
    catalog.set_price(actor=shop.seller, product=product, amount=Decimal(800_000))
    with pytest.raises(PriceChanged):
        services.agree(actor=shop.seller, order=order, round=1)
    assert stock_of(product)[1] == 0


def test_what_is_out_of_stock_is_not_ordered(shop: Shop) -> None:
    product = shop.product(stock=3)
    first, second = shop.draft(product, 2), shop.draft(product, 2)
    shop.submit(first)
    with pytest.raises(StockGone):
        shop.submit(second)
    assert row(second).state == "draft"
    assert stock_of(product) == (1, 2, 0)


@pytest.mark.parametrize("verb", ["submit", "approve", "sign", "accept"])
def test_a_blacklisted_company_gets_no_new_order(shop: Shop, verb: str) -> None:
    order = shop.until(verb)
    blacklist()
    with pytest.raises(CompanyNotActive):
        getattr(shop, verb)(order)


def test_a_running_order_of_a_blacklisted_company_goes_on(shop: Shop) -> None:
    order = shop.until("ship")
    blacklist()
    for verb in ("ship", "receive", "prepare", "hand_over", "confirm", "pay"):
        getattr(shop, verb)(order)
    assert row(order).state == "completed"


def price_for(total: int) -> int:
    """The price of one piece that comes to `total` with 11 % on top."""
    return total * 100 // 111


def test_above_the_ceiling_the_officer_is_sent_to_the_ppk(shop: Shop) -> None:
    order = shop.draft(shop.product(price=200_000_000), 1)
    with pytest.raises(AboveCeiling) as caught:
        shop.submit(order)
    assert caught.value.values["ceiling"] == "Rp200.000.000"
    with pytest.raises(AboveCeiling):
        services.propose_price(actor=shop.pp, order=order, prices=[Decimal(1)], seen=read(order))
    assert row(order).state == "draft"


def test_tax_counts_against_the_ceiling_to_the_rupiah(shop: Shop) -> None:
    exact = price_for(200_000_000)
    assert exact + round(exact * 0.11) == 200_000_000
    shop.submit(shop.draft(shop.product(price=exact), 1))
    with pytest.raises(AboveCeiling):
        shop.submit(shop.draft(shop.product(price=exact + 1), 1))


def test_the_ppk_orders_above_the_ceiling_and_signs_it(shop: Shop) -> None:
    order = shop.draft(shop.product(price=300_000_000), 1, buyer=shop.ppk)
    services.submit_order(actor=shop.ppk, order=order, seen=read(order))
    shop.approve(order)
    shop.sign(order)
    assert row(order).state == "waiting_seller_confirmation"


def test_small_orders_are_shared_by_two_officers(shop: Shop) -> None:
    """Separation of duties: the PPK alone cannot order something small."""
    order = shop.draft(buyer=shop.ppk)
    with pytest.raises(BelowCeiling):
        services.submit_order(actor=shop.ppk, order=order, seen=read(order))


def test_in_the_provinces_of_papua_the_ceiling_is_higher(shop: Shop) -> None:
    region, _ = Region.objects.get_or_create(code="91", defaults={"name": "Papua"})
    Agency.objects.filter(pk="T1").update(region=region)
    order = shop.draft(shop.product(price=800_000_000), 1)
    shop.submit(order)
    assert row(order).state == "waiting_ppk_review"


def test_more_than_the_budget_line_has_is_not_ordered(shop: Shop) -> None:
    order = shop.draft()
    services.save_draft(actor=shop.pp, order=order, **terms(budget=Decimal(2_219_999)))
    with pytest.raises(OverBudget):
        shop.submit(order)
    services.save_draft(actor=shop.pp, order=order, **terms(budget=Decimal(2_220_000)))
    shop.submit(order)


def test_a_company_that_is_not_taxable_adds_no_tax(shop: Shop) -> None:
    Company.objects.filter(pk="PT1").update(taxable=False)
    order = row(shop.draft())
    assert order.tax == 0
    assert order.total == order.base


def test_nothing_is_lost_between_lines_and_totals(shop: Shop) -> None:
    for price, quantity in ((333_333, 3), (7, 11), (999_999, 1)):
        goods_ = shop.product(price=price)
        catalog.choose_product(actor=shop.pp, product=goods_, quantity=Decimal(quantity))
    told = basket(shop.pp, "PT1")
    order = services.draft_order(actor=shop.pp, company="PT1", **terms())
    lines = OrderLine.objects.filter(order=order)
    found = row(order)
    assert found.total == sum(line.amount for line in lines) == told.total
    assert found.base + found.tax == found.total
    with pytest.raises(NothingChosen):
        services.draft_order(actor=shop.pp, company="PT1", **terms())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rup_code", "abc"),
        ("mak", ""),
        ("budget", Decimal(0)),
        ("budget", Decimal(-1)),
        ("budget", Decimal("1e30")),
        ("budget", Decimal("NaN")),
        ("delivery_address", "x" * 501),
        ("deliver_by", in_days(0)),
        ("deliver_by", in_days(3000)),
        ("method", "tender"),
    ],
)
def test_bad_fields_are_named(shop: Shop, field: str, value: object) -> None:
    catalog.choose_product(actor=shop.pp, product=shop.product(), quantity=Decimal(1))
    with pytest.raises(FieldProblems) as caught:
        services.draft_order(actor=shop.pp, company="PT1", **terms(**{field: value}))
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("quantity", ["-1", "0.5", "1e30", "NaN", "100001", "0"])
def test_bad_quantities_are_named(shop: Shop, quantity: str) -> None:
    order = shop.draft()
    with pytest.raises(FieldProblems):
        services.save_quantities(actor=shop.pp, order=order, quantities={1: Decimal(quantity)})
    assert row(order).base == Decimal(2_000_000)


def test_a_mismatch_is_shipped_again_and_no_piece_goes_twice(shop: Shop) -> None:
    product = shop.product(stock=5)
    order = shop.until("receive", product=product, quantity=2)
    services.report_mismatch(actor=shop.pp, order=order, note="Salah warna")
    shop.ship(order)
    assert stock_of(product) == (3, 0, 2)
    shop.receive(order)
    assert order_for(shop.ppk, order).verbs[-1] == "prepare_handover"


def test_a_cancelled_running_order_gives_back_what_was_not_shipped(shop: Shop) -> None:
    product = shop.product(stock=5)
    kept, sent = (shop.until("ship", product=product, quantity=1) for _ in range(2))
    shop.ship(sent)
    for order in (kept, sent):
        services.request_cancel(actor=shop.seller, order=order, reason_code="force_majeure")
        helper = goods.acting("helpdesk")
        services.grant_cancel(actor=helper, order=order, note="Banjir besar")
        assert row(order).state == "cancelled"
    assert stock_of(product) == (4, 0, 1)


def test_an_addendum_moves_the_day_and_makes_a_paper(shop: Shop) -> None:
    order = shop.until("ship")
    services.propose_addendum(
        actor=shop.seller, order=order, deliver_by=in_days(60), clauses=["Dikirim dua kali."]
    )
    services.accept_addendum(actor=shop.ppk, order=order, version=1)
    view = order_for(shop.pp, order)
    assert (view.state, view.deliver_by) == ("on_process", in_days(60))
    assert [paper.kind for paper in view.documents] == ["sp", "addendum"]
    assert view.clauses[-1] == "Dikirim dua kali."


def test_one_payment_per_order_of_its_whole_total(shop: Shop) -> None:
    order = shop.order("submit", "approve", "sign", "accept", "ship", "receive", "prepare",
                       "hand_over", "confirm", "pay")  # fmt: skip
    with pytest.raises(Problem):
        shop.pay(order)
    assert Payment.objects.filter(order=order).count() == 1


def test_a_second_payment_is_refused_by_the_table_too(shop: Shop) -> None:
    order = shop.until("pay")
    at_once = row(order)
    shop.pay(order)
    again = {**payment(shop.treasurer)}
    at_once.delivery.refresh_from_db()
    with pytest.raises(AlreadyPaid):
        _pay(shop.treasurer, at_once, *again.values())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", "cash"),
        ("channel", "outside"),
        ("paid_on", in_days(1)),
        ("paid_on", in_days(0) - timedelta(days=2)),
        ("reference", ""),
        ("evidence", UUID(int=7)),
    ],
)
def test_a_payment_needs_all_its_facts(shop: Shop, field: str, value: object) -> None:
    order = shop.until("pay")
    with pytest.raises(FieldProblems) as caught:
        facts = payment(shop.treasurer, **{field: value})
        services.pay(actor=shop.treasurer, order=order, **facts)
    assert list(caught.value.fields) == [field]


def test_petty_cash_is_for_small_amounts(shop: Shop) -> None:
    order = shop.draft(shop.product(price=300_000_000), 1, buyer=shop.ppk)
    services.submit_order(actor=shop.ppk, order=order, seen=read(order))
    for verb in ("approve", "sign", "accept", "ship", "receive", "prepare", "hand_over", "confirm"):
        getattr(shop, verb)(order)
    with pytest.raises(FieldProblems):
        facts = payment(shop.treasurer, channel="up")
        services.pay(actor=shop.treasurer, order=order, **facts)


def test_anothers_evidence_proves_nothing(shop: Shop) -> None:
    order = shop.until("pay")
    stolen = goods.evidence(shop.seller.who, "evidence")
    with pytest.raises(FieldProblems):
        facts = payment(shop.treasurer, evidence=stolen)
        services.pay(actor=shop.treasurer, order=order, **facts)
