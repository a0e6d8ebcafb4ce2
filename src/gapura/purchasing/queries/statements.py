"""The three statements that read one order for its page, compiled once."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    DecimalField,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from gapura.access.queries import stood_in
from gapura.kernel.prepared import Prepared
from gapura.purchasing.models import (
    Clause,
    Moment,
    Offer,
    Order,
    OrderDocument,
    OrderLine,
    Signature,
)
from gapura.purchasing.queries.facts import senders

_ID, _OTHER = UUID(int=1), UUID(int=2)
ORDER = (
    "id", "reference", "state", "method", "zone", "turn", "rup_codes", "mak", "budget",
    "delivery_address", "deliver_by", "base", "tax", "total", "due_at", "created_at",
    "submitted_at", "approved_at", "sent_at", "accepted_at", "ended_at", "cancel_asked_at",
    "changed_at", "split_reason",
    "agency_id", "agency__name", "unit_id", "unit__name", "company_id", "company__name",
    "buyer_id", "buyer__name", "buyer_role", "ppk_id", "ppk__name",
)  # fmt: skip
DELIVERY = (
    "state", "courier", "tracking", "shipped_at", "received_at", "received_by__name", "late_days",
    "note", "handed_over_at",
)  # fmt: skip
PAYMENT = ("channel", "amount", "paid_on", "paper", "evidence_id", "person__name", "at")
ADDENDUM = ("version", "side", "deliver_by", "clauses", "proposed_at")
COLUMNS = (
    *ORDER,
    *(f"delivery__{name}" for name in DELIVERY),
    *(f"payment__{name}" for name in PAYMENT),
    *(f"addendum__{name}" for name in ADDENDUM),
    "texts",
    "papers",
    "senders",
)
LINE = (
    "number", "product_id", "version_id", "name", "unit", "quantity", "list_price",
    "agreed_price", "base", "taxed", "tax_rate", "tax", "amount", "version__number",
)  # fmt: skip
PAPER = ("id", "kind", "version", "sha256", "own_number", "made_at")
SIGNATURE = ("side", "person", "behalf", "role", "method", "signed_at")
_SIGNATURE = ("side", "person__name", "behalf", "role", "method", "signed_at")
_REFERENCE = ("reference_lowest", "reference_median", "reference_highest", "reference_count")
_SAID = ("at", "side", "person__name", "note")
_MONEY = DecimalField(max_digits=24, decimal_places=2)


def _one(key: UUID) -> QuerySet[Order, tuple[object, ...]]:
    """The order with its parties, delivery, payment, open addendum, clauses and papers (JSON)."""
    clauses = Clause.objects.filter(order=OuterRef("pk")).order_by("number").values("text")
    return (
        Order.objects.filter(pk=key)
        .annotate(
            texts=ArraySubquery(clauses),
            papers=ArraySubquery(_papers()),
            senders=senders(),
            addendum=FilteredRelation("addenda", condition=Q(addenda__answered_at__isnull=True)),
        )
        .values_list(*COLUMNS)
    )


def _papers() -> QuerySet[OrderDocument, Any]:
    """The papers of the order around it, each with its signatures; moments as ISO texts."""
    signatures = Signature.objects.filter(document=OuterRef("pk")).order_by("signed_at")
    signatures = signatures.annotate(behalf=Coalesce(stood_in("grant"), Value("")))
    signed = JSONObject(**dict(zip(SIGNATURE, _SIGNATURE, strict=True)))
    told = {name: name for name in PAPER}
    paper = JSONObject(**told, signatures=ArraySubquery(signatures.values(json=signed)))
    found = OrderDocument.objects.filter(order=OuterRef("pk")).order_by("made_at", "id")
    return found.values(json=paper)


def _story(key: UUID, again: UUID) -> QuerySet[Moment, tuple[object, ...]]:
    """Moments and, under their round, offers: at, side, person, note, then what each has."""
    moments = Moment.objects.filter(order=key).annotate(
        rank=Cast("id", TextField()),
        what=F("verb"),
        why=F("reason_code"),
        turn=Value(0, output_field=IntegerField()),
        offered=Cast(Value(None), ArrayField(_MONEY)),
        sum=Cast(Value(None), _MONEY),
    )
    offers = Offer.objects.filter(order=again).annotate(
        rank=Value(""),
        what=Value(""),
        why=Value(""),
        turn=F("round"),
        offered=F("prices"),
        sum=F("total"),
    )
    columns = (*_SAID, "what", "why", "turn", "offered", "sum", "rank")
    found = moments.values_list(*columns).union(offers.values_list(*columns), all=True)
    return found.order_by("at", "rank", "turn")


ONE = Prepared(_one, _ID)
LINES = Prepared(
    lambda key: (
        OrderLine.objects.filter(order=key)
        .order_by("number")
        .values_list(*LINE, "product__company_id", "product__state", *_REFERENCE)
    ),
    _ID,
)
STORY = Prepared(_story, _ID, _OTHER)
