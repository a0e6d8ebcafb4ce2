"""Tables of the orders."""

from gapura.purchasing.models.fulfilment import Delivery, Moment, Payment
from gapura.purchasing.models.orders import Order, OrderLine, PurchasingRule
from gapura.purchasing.models.papers import Addendum, Clause, Offer, OrderDocument, Signature

__all__ = [
    "Addendum",
    "Clause",
    "Delivery",
    "Moment",
    "Offer",
    "Order",
    "OrderDocument",
    "OrderLine",
    "Payment",
    "PurchasingRule",
    "Signature",
]
