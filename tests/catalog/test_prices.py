"""A price changes at once, is kept for good, and not too often."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog import errors, rules, services
from gapura.catalog.models import CatalogRule, PricePoint, Product
from gapura.catalog.queries import orderable, price_reference, product_for
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from tests.catalog import goods

# 23:00 in Jakarta.
LATE = datetime(2026, 11, 22, 16, tzinfo=UTC)


def set_price(actor: Actor, product: UUID, amount: int | Decimal) -> None:
    services.set_price(actor=actor, product=product, amount=Decimal(amount))


def test_a_price_changes_at_once_and_the_old_one_is_kept(
    seller: Actor, buyer: Actor, listed: UUID
) -> None:
    set_price(seller, listed, 55_000)
    detail = product_for(buyer, listed)
    assert (detail.state, detail.version.number) == ("listed", 1)
    assert detail.card.price == 55_000
    amounts = [(p.amount, p.previous) for p in detail.price_history]
    assert amounts == [(Decimal(55_000), Decimal(52_000)), (Decimal(52_000), None)]
    event = LogEvent.objects.get(name="catalog.price.set")
    assert (event.facts["previous"], event.facts["price"]) == ("52000", "55000")
    assert orderable([listed])[listed].price == 55_000


@pytest.mark.parametrize(
    "amount", [Decimal(0), Decimal(-5), Decimal("1e30"), Decimal("1.5"), Decimal("NaN"),
               Decimal("Infinity"), rules.MOST_RUPIAH, Decimal(52_000)]
)  # fmt: skip
def test_a_bad_price_is_refused(amount: Decimal, seller: Actor, listed: UUID) -> None:
    with pytest.raises(FieldProblems) as caught:
        set_price(seller, listed, amount)
    assert list(caught.value.fields) == ["amount"]
    assert Product.objects.get(pk=listed).price == 52_000
    assert PricePoint.objects.count() == 1


def test_a_day_has_five_changes_and_ends_in_jakarta(seller: Actor, curator: Actor) -> None:
    with clock.frozen(LATE):
        product = goods.listed(seller, curator)
        for n in range(5):
            set_price(seller, product, 1000 + n)
        with pytest.raises(errors.TooManyPrices) as caught:
            set_price(seller, product, 999)
        assert (caught.value.seconds, caught.value.values["most"]) == (3600, 5)
    last_second = clock.frozen(LATE + timedelta(minutes=59, seconds=59))
    with last_second, pytest.raises(errors.TooManyPrices):
        set_price(seller, product, 999)
    with clock.frozen(LATE + timedelta(hours=1)):
        set_price(seller, product, 999)


def test_how_often_is_a_dated_rule(seller: Actor, listed: UUID) -> None:
    today = clock.today()
    CatalogRule.objects.filter(key=rules.PRICE_CHANGES).update(valid_to=today)
    CatalogRule.objects.create(
        key=rules.PRICE_CHANGES, value=1, basis="A stricter policy", valid_from=today
    )
    set_price(seller, listed, 1000)
    with pytest.raises(errors.TooManyPrices):
        set_price(seller, listed, 1001)


def test_others_set_no_price(rival: Actor, buyer: Actor, curator: Actor, listed: UUID) -> None:
    for actor in (rival, buyer, curator, goods.acting("bendahara")):
        with pytest.raises(Refused):
            set_price(actor, listed, 1)
    hidden = goods.draft(goods.seller(), goods.laptop())
    with pytest.raises(errors.NoSuchProduct):
        set_price(rival, hidden, 1)


def test_the_reference_is_of_listed_products_of_one_kind_and_unit(
    seller: Actor, rival: Actor, curator: Actor
) -> None:
    first = goods.listed(seller, curator, price=50_000)
    assert price_reference(first).count == 1
    goods.listed(rival, curator, price=40_000)
    goods.listed(rival, curator, goods.fields(name="Kertas F4"), price=70_000)
    goods.listed(rival, curator, goods.fields(name="Kertas dus", unit="box"), price=500_000)
    goods.listed(rival, curator, goods.laptop(), price=9_000_000)
    goods.submitted(seller, goods.fields(name="Kertas emas"), price=9_000_000)
    reference = price_reference(first)
    found = (reference.lowest, reference.median, reference.highest)
    assert [goods.whole(price) for price in found] == [40_000, 50_000, 70_000]
    assert reference.count == 3
    services.withdraw_product(actor=seller, product=first)
    assert price_reference(first).count == 2
