"""What the log must tell of this room's tables: orders with their worth, deliveries, payments."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.purchasing import events
from gapura.purchasing.states import DELIVERY, DRAFT, ORDER, PREPARING

_STEPS = tuple(
    # What was approved is what was ordered: from then on nobody changes it.
    Telling(step.event, starts=step.starts, sets={**step.sets, "total": "facts.total#"})
    if step.event == events.APPROVED.name
    else step
    for step in steps_of(ORDER, {"person": "person"})
)
_PAID = {"amount": "facts.amount#", "channel": "facts.channel", "document": "facts.document"}

ORDERS = Claim(
    "purchasing.order",
    rows="""
        SELECT id::text, state, trim_scale(total)::text, buyer_id::text
        FROM purchasing_order ORDER BY id
    """,
    columns=("state", "total", "person"),
    tellings=(
        Telling(events.DRAFTED.name, sets={"state": f"={DRAFT}", "person": "person"}, born=True),
        *_STEPS,
    ),
)
DELIVERIES = Claim(
    "purchasing.delivery",
    rows="SELECT order_id::text, state FROM purchasing_delivery ORDER BY order_id",
    columns=("state",),
    tellings=(
        Telling(events.ACCEPTED.name, sets={"state": f"={PREPARING}"}, born=True),
        *steps_of(DELIVERY),
    ),
)
PAYMENTS = Claim(
    "purchasing.payment",
    rows="""
        SELECT order_id::text, trim_scale(amount)::text, channel, evidence_id::text
        FROM purchasing_payment ORDER BY order_id
    """,
    columns=("amount", "channel", "document"),
    tellings=(
        Telling(events.PAID.name, sets=_PAID, born=True),
        Telling(events.PAYMENT_CONFIRMED.name, sets=_PAID, born=True),
    ),
)
