"""Sets a product's price: at once, in the history, a few times a day."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gapura.catalog import errors, events
from gapura.catalog.models import CatalogRule, PricePoint, Product
from gapura.catalog.permissions import Can
from gapura.catalog.rules import PRICE_CHANGES, is_whole_rupiah
from gapura.catalog.services.loading import load, tell
from gapura.catalog.states import TAKEN_DOWN
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems


def set_price(*, actor: Actor, product: UUID, amount: Decimal) -> None:
    """Set the price without tax, in whole rupiah, from this moment on.

    The log and the price history keep the one before. The same price again is refused, so that a
    doubled submit does not use up the day's changes.

    :raises NoSuchProduct: for another company's.
    :raises FieldProblems: amount (WrongPrice, SamePrice).
    :raises TooManyPrices: over the dated rule price_changes_per_day.
    :raises ProductTakenDown: for a product that was taken down.
    """
    with transaction.atomic():
        row = load(actor, product, Can.SET_PRICE)
        if row.state == TAKEN_DOWN:
            raise errors.ProductTakenDown()
        if not is_whole_rupiah(amount):
            raise FieldProblems({"amount": errors.WrongPrice()})
        before = row.price
        if before == amount:
            raise FieldProblems({"amount": errors.SamePrice()})
        _spend_change(product)
        Product.objects.filter(pk=product).update(price=amount)
        PricePoint.objects.create(
            product=row,
            amount=amount,
            previous=before,
            valid_from=clock.now(),
            person=actor.person,
        )
        tell(actor, events.PRICE_SET, row, price=f"{amount:.0f}", previous=f"{before:.0f}")


def _spend_change(product: UUID) -> None:
    """One of the day's changes; the product's row is locked, so two at once count as two."""
    zone = ZoneInfo(clock.JAKARTA)
    begun = datetime.combine(clock.today(), time(), zone)
    most = CatalogRule.value_at(PRICE_CHANGES, clock.today())
    points = PricePoint.objects.filter(product=product, previous__isnull=False)
    if points.filter(valid_from__gte=begun).count() >= most:
        left = begun + timedelta(days=1) - clock.now()
        raise errors.TooManyPrices(seconds=int(left.total_seconds()), most=most)
