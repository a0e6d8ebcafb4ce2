"""What happens to products: prices, movements of stock, reservations, choices of buyers."""

from django.db import models
from django.db.models import Q

from gapura.catalog.models.columns import quantity_column
from gapura.catalog.models.products import Product
from gapura.catalog.rules import MOST_RUPIAH
from gapura.kernel.ids import uuid7


class PricePoint(models.Model):
    """A price from one moment on, without tax, in rupiah; the newest one is the product's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="prices")
    amount = models.DecimalField(max_digits=24, decimal_places=2)
    previous = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    valid_from = models.DateTimeField()
    person = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["product", "valid_from"], name="price_history")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lt=MOST_RUPIAH), name="price_point_is_sane"
            ),
        ]


class Reservation(models.Model):
    """Pieces of a product that one order holds; closed as released or consumed, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.UUIDField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    quantity = quantity_column()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "product"],
                condition=Q(closed_at__isnull=True),
                name="one_open_reservation",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_is_positive"),
        ]


class StockEvent(models.Model):
    """One movement of stock and how it left available and reserved.

    `quantity` of a `set` is the difference it made, and may be negative; others are positive.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    quantity = quantity_column()
    available_after = quantity_column()
    reserved_after = quantity_column()
    order = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["product", "at"], name="stock_history")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="set")
                | Q(kind__in=["reserve", "release", "consume"], quantity__gt=0),
                name="stock_event_kind",
            ),
        ]


class Choice(models.Model):
    """A product that a unit's officer put on the unit's list to buy; once per unit and product."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    person = models.UUIDField()
    grant = models.UUIDField()
    quantity = quantity_column()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "product"], name="one_choice_per_unit"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="choice_is_positive"),
        ]
