"""Products, their immutable versions, pictures and labels."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from gapura.catalog.models.categories import Category
from gapura.catalog.models.columns import quantity_column
from gapura.catalog.rules import MOST_RUPIAH
from gapura.kernel.ids import uuid7

_VISIBLE = Q(state__in=["listed", "frozen"])


class Product(models.Model):
    """Something a company offers: its present price and stock, and its version in the catalog.

    `current` is the version buyers see, `pending` the one being written or reviewed. Stock is
    conserved by a constraint: what came in is available, reserved for an order or consumed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default="draft")
    current = models.ForeignKey("ProductVersion", models.PROTECT, null=True, related_name="+")
    pending = models.ForeignKey("ProductVersion", models.PROTECT, null=True, related_name="+")
    price = models.DecimalField(max_digits=24, decimal_places=2)
    stock_supplied = quantity_column(default=0)
    stock_available = quantity_column(default=0)
    stock_reserved = quantity_column(default=0)
    stock_consumed = quantity_column(default=0)
    search = SearchVectorField(null=True)
    drafted_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)
    state_reason = models.CharField(max_length=40, blank=True, default="")
    state_note = models.CharField(max_length=1000, blank=True, default="")
    state_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="product_search"),
            models.Index(fields=["company", "state"], name="product_company"),
            # The orders of the list of what is in the catalog, and its counts by category.
            models.Index(fields=["category"], condition=_VISIBLE, name="product_category"),
            models.Index(fields=["listed_at", "id"], condition=_VISIBLE, name="product_newest"),
            models.Index(fields=["price", "id"], condition=_VISIBLE, name="product_price"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__gt=0, price__lt=MOST_RUPIAH), name="price_is_sane"
            ),
            models.CheckConstraint(
                condition=Q(
                    stock_supplied=F("stock_available") + F("stock_reserved") + F("stock_consumed")
                ),
                name="stock_is_conserved",
            ),
            models.CheckConstraint(
                condition=Q(stock_available__gte=0, stock_reserved__gte=0, stock_consumed__gte=0),
                name="stock_is_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(current__isnull=False)
                | Q(state__in=["draft", "in_review", "needs_fix"]),
                name="listed_has_a_version",
            ),
            models.UniqueConstraint("company", Lower("name"), name="one_name_per_company"),
        ]


class ProductVersion(models.Model):
    """What a product is, at one time; never changed once it was submitted.

    `hash` is the SHA-256 of its content, set with the submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default="draft")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=4000)
    attributes = models.JSONField(default=dict)
    unit = models.CharField(max_length=20)
    tax_class = models.CharField(max_length=20)
    origin = models.CharField(max_length=10)
    brand = models.CharField(max_length=100, blank=True, default="")
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    hash = models.CharField(max_length=64, blank=True, default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["submitted_at"], condition=Q(state="in_review"), name="version_queue"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="one_version_number"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state="published"), name="one_published_version"
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state__in=["draft", "in_review"]),
                name="one_pending_version",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(hash__regex=r"^[0-9a-f]{64}$"),
                name="submitted_version_has_a_hash",
            ),
        ]


class Picture(models.Model):
    """A picture of a version, from position 1; the bytes are a document of purpose `picture`."""

    version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="pictures")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "document"], name="one_picture_once"),
        ]


class Claim(models.Model):
    """A label that a company says its product has; shown once a curator has verified it.

    `value` is in percent, `valid_to` the last day on which the certificate counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="claimed")
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    number = models.CharField(max_length=100, blank=True, default="")
    valid_to = models.DateField(null=True)
    evidence = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    claimed_by = models.UUIDField(null=True)
    claimed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["product", "kind"], name="claim_labels")]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "kind"],
                condition=Q(state="claimed"),
                name="one_open_claim",
            ),
        ]
