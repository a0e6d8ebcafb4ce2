"""What this room holds of people: what they bought, sold, signed, received and paid in office."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.purchasing.models import Delivery, Moment, Offer, Order, Payment, Signature

_ORDER = ("reference", "agency", "unit", "company", "state", "total", "created_at", "ended_at")


def _held(name: str, title: str, read: Table) -> Holding:
    return Holding(f"purchasing.{name}", title, "work", "procure", "duty", "orders", read, "system")


BOUGHT = _held(
    "bought", N_("Orders you made"), Table(Order, (*_ORDER, "delivery_address"), "buyer")
)
ANSWERED_FOR = _held(
    "answered_for", N_("Orders you answer for as commitment officer"), Table(Order, _ORDER, "ppk")
)
MOMENTS = _held(
    "moment",
    N_("Steps of orders you took"),
    Table(Moment, ("order__reference", "verb", "side", "reason_code", "note", "at")),
)
OFFERS = _held(
    "offer",
    N_("Offers you made"),
    Table(Offer, ("order__reference", "round", "side", "prices", "total", "note", "at")),
)
SIGNATURES = _held(
    "signature",
    N_("Papers you signed"),
    Table(Signature, ("document", "side", "role", "deed", "method", "digest", "signed_at")),
)
DELIVERIES = _held(
    "delivery",
    N_("Deliveries you received"),
    Table(
        Delivery, ("order__reference", "state", "received_at", "late_days", "note"), "received_by"
    ),
)
PAYMENTS = _held(
    "payment",
    N_("Payments you recorded"),
    Table(Payment, ("order__reference", "channel", "amount", "paid_on", "paper", "at")),
)
