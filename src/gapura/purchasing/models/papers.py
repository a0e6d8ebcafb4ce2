"""What is agreed in words: offers, clauses, addenda, made documents and their signatures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7
from gapura.purchasing.models.orders import SIDES, Order


class Offer(models.Model):
    """One round of a negotiation: a price for each line, in the order of the lines."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="offers")
    round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10)
    prices = ArrayField(models.DecimalField(max_digits=24, decimal_places=2))
    total = models.DecimalField(max_digits=24, decimal_places=2)
    note = models.CharField(max_length=1000, blank=True, default="")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "round"], name="one_offer_a_round"),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="offer_side"),
        ]


class Clause(models.Model):
    """A special clause of an order letter."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_clause_number"),
        ]


class Addendum(models.Model):
    """A change of delivery day and clauses that one side proposed; open until the other answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="addenda")
    version = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10)
    deliver_by = models.DateField()
    clauses = ArrayField(models.CharField(max_length=600))
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "version"], name="one_addendum_version"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(answered_at__isnull=True), name="one_open_addendum"
            ),
        ]


class OrderDocument(models.Model):
    """A PDF that was made for an order: `sp`, `addendum` or `bast`; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    own_number = models.CharField(max_length=100, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "version"], name="one_document_version"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sp", "addendum", "bast"]), name="order_document_kind"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="order_document_sha256"
            ),
        ]


class Signature(models.Model):
    """One side's confirmation of a document: by whom, as which grant, how, over which bytes."""

    document = models.ForeignKey(OrderDocument, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    grant = models.UUIDField()
    role = models.CharField(max_length=30)
    deed = models.UUIDField(null=True)
    method = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "side"], name="one_signature_a_side"),
            models.UniqueConstraint(fields=["deed"], name="one_signature_a_deed"),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="signature_side"),
        ]
