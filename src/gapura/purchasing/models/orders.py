"""An order, its lines and the dated numbers of this room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gapura.kernel.dated import DatedRule
from gapura.kernel.ids import uuid7
from gapura.purchasing.states import DRAFT, ORDER, WAITING

_ROLES = ["pp", "ppk"]
SIDES = ["buyer", "seller"]


class PurchasingRule(DatedRule):
    """Ceilings (scope: province), tax rates and deadlines of this room."""


class Order(models.Model):
    """What one unit orders from one company.

    `reference` (SP-...) is empty until the review. `turn` is the side that answers while prices
    are negotiated or an addendum waits. `due_at` is when the state ends by itself. `submitted_at`
    is when it left the buyer's desk: before that nobody else knows of it. `split_reason` is what
    its sender said when it looked like a part of a larger need (`rules.together`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, blank=True, default="")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    buyer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    buyer_grant = models.UUIDField()
    buyer_role = models.CharField(max_length=10)
    ppk = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=30, default=DRAFT)
    method = models.CharField(max_length=20)
    turn = models.CharField(max_length=10, blank=True, default="")
    rup_codes = ArrayField(models.CharField(max_length=12))
    mak = models.CharField(max_length=300)
    budget = models.DecimalField(max_digits=24, decimal_places=2)
    zone = models.CharField(max_length=20)
    region = models.CharField(max_length=5, blank=True, default="")
    delivery_address = models.CharField(max_length=500)
    deliver_by = models.DateField()
    base = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    tax = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    split_reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="one_order_reference"
            ),
            models.CheckConstraint(condition=Q(state__in=ORDER.states), name="order_state"),
            models.CheckConstraint(condition=Q(buyer_role__in=_ROLES), name="order_buyer_role"),
            models.CheckConstraint(
                condition=Q(method__in=["direct", "negotiation"]), name="order_method"
            ),
            models.CheckConstraint(condition=Q(turn__in=["", *SIDES]), name="order_turn"),
            models.CheckConstraint(condition=Q(total=F("base") + F("tax")), name="order_adds_up"),
            models.CheckConstraint(
                condition=~Q(state__in=WAITING)
                | Q(due_at__isnull=False, submitted_at__isnull=False),
                name="waiting_order_has_a_deadline",
            ),
            # A PP's order is signed by somebody else, whatever the code above says.
            models.CheckConstraint(
                condition=Q(ppk__isnull=True) | Q(buyer_role="ppk") | ~Q(ppk=F("buyer")),
                name="order_is_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "-changed_at"], name="order_unit"),
            models.Index(fields=["company", "state", "-changed_at"], name="order_company"),
            models.Index(fields=["agency", "state", "-changed_at"], name="order_agency"),
            models.Index(
                fields=["unit", "submitted_at"],
                condition=Q(buyer_role="pp"),
                name="order_officer",
            ),
            models.Index(fields=["due_at"], condition=Q(state__in=WAITING), name="order_due"),
        ]


class OrderLine(models.Model):
    """One product in its version of that time. `reference_*` are the prices of like products then.

    `agreed_price` is the listed one until the parties agree on another. Amounts in rupiah.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    version = models.ForeignKey("catalog.ProductVersion", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    list_price = models.DecimalField(max_digits=24, decimal_places=2)
    agreed_price = models.DecimalField(max_digits=24, decimal_places=2)
    base = models.DecimalField(max_digits=24, decimal_places=2)
    taxed = models.DecimalField(max_digits=24, decimal_places=2)
    tax_rate = models.DecimalField(max_digits=6, decimal_places=4)
    tax_share = models.CharField(max_length=10)
    tax_rule = models.ForeignKey(PurchasingRule, models.PROTECT, null=True, related_name="+")
    tax = models.DecimalField(max_digits=24, decimal_places=2)
    amount = models.DecimalField(max_digits=24, decimal_places=2)
    reference_lowest = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    reference_median = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    reference_highest = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    reference_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_line_number"),
            models.UniqueConstraint(fields=["order", "product"], name="one_line_a_product"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_quantity"),
            models.CheckConstraint(
                condition=Q(agreed_price__gt=0, agreed_price__lte=F("list_price")),
                name="line_price",
            ),
            models.CheckConstraint(condition=Q(amount=F("base") + F("tax")), name="line_adds_up"),
        ]
