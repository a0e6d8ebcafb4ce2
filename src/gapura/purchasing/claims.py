"""What the log must tell of this room's tables: orders with their worth, deliveries, payments."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.purchasing import events
from gapura.purchasing.states import DELIVERY, DRAFT, ORDER, PREPARING

# What was approved is what was ordered, by whom: from then on nobody changes it.
_MORE = {
    events.APPROVED.name: {"total": "facts.total#", "ppk": "actor_person"},
    events.REVIEW_HANDED_OVER.name: {"ppk": "="},
}
_STEPS = tuple(
    Telling(step.event, starts=step.starts, sets={**step.sets, **_MORE.get(step.event, {})})
    for step in steps_of(ORDER, {"person": "person"})
)
_PAID = {
    "amount": "facts.amount#",
    "channel": "facts.channel",
    "document": "facts.document",
    "digest": "facts.digest",
    "paid_on": "facts.paid_on",
    "paper": "facts.paper",
}

ORDERS = Claim(
    "purchasing.order",
    rows="""
        SELECT id::text, state, trim_scale(total)::text, buyer_id::text, company_id::text,
               coalesce(ppk_id::text, '')
        FROM purchasing_order ORDER BY id
    """,
    columns=("state", "total", "person", "company", "ppk"),
    tellings=(
        Telling(
            events.DRAFTED.name,
            sets={
                "state": f"={DRAFT}",
                "person": "person",
                "company": "facts.company_id",
                "ppk": "=",
            },
            born=True,
        ),
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
        SELECT p.order_id::text, trim_scale(p.amount)::text, p.channel, p.evidence_id::text,
               d.content_id, p.paid_on::text, p.paper
        FROM purchasing_payment p JOIN documents_document d ON d.id = p.evidence_id
        ORDER BY p.order_id
    """,
    columns=tuple(_PAID),
    tellings=(
        Telling(events.PAID.name, sets=_PAID, born=True),
        Telling(events.PAYMENT_CONFIRMED.name, sets=_PAID, born=True),
    ),
)
