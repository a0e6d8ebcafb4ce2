"""How an order is carried out: its delivery, its payment, and the moments on its way."""

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7
from gapura.purchasing.models.orders import Order
from gapura.purchasing.states import DELIVERY


class Delivery(models.Model):
    """The way of the goods of one accepted order, from the company's door to the handover."""

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="delivery")
    state = models.CharField(max_length=20, default=DELIVERY.start)
    courier = models.CharField(max_length=100, blank=True, default="")
    tracking = models.CharField(max_length=100, blank=True, default="")
    shipped_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    late_days = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=1000, blank=True, default="")
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DELIVERY.states), name="delivery_state"),
        ]


class Payment(models.Model):
    """The payment of one order: there is one, of the order's whole total.

    `evidence_sha256` are the bytes that prove it, empty where older rows shared them.
    """

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="payment")
    channel = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=24, decimal_places=2)
    paid_on = models.DateField()
    paper = models.CharField(max_length=100)
    evidence = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    evidence_sha256 = models.CharField(max_length=64)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    grant = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["up", "ls", "kkp", "outside"]), name="payment_channel"
            ),
            # One paper, one payment: also when somebody else hands the same file in again.
            models.UniqueConstraint(
                fields=["evidence_sha256"],
                condition=~Q(evidence_sha256=""),
                name="one_payment_an_evidence",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount"),
        ]


class Moment(models.Model):
    """One step on an order's way, for its timeline; `note` is what the person wrote."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="moments")
    verb = models.CharField(max_length=30)
    side = models.CharField(max_length=10)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    reason_code = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "at"], name="order_moments")]
