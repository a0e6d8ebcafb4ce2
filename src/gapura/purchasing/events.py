"""What is recorded about orders. Words that people typed stay apart and can be erased."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_
from gapura.purchasing.reasons import CHANNELS, REASONS

_REASON = {"reason_code": REASONS}

DRAFTED = Event(
    "purchasing.order.drafted",
    N_("%(actor)s drafted an order of %(total)s from the company %(company)s"),
    needs=("company", "lines", "total"),
    # The code: to whom the money goes must agree with the table; names change.
    optional=("company_id",),
    money=("total",),
)
SAVED = Event("purchasing.order.saved", N_("%(actor)s changed the draft of an order"))
REFRESHED = Event(
    "purchasing.order.refreshed",
    N_("%(actor)s took over the present prices into the draft of an order"),
    needs=("total",),
    money=("total",),
)
DISCARDED = Event("purchasing.order.discarded", N_("%(actor)s discarded the draft of an order"))
SUBMITTED = Event(
    "purchasing.order.submitted",
    N_("%(actor)s sent an order of %(total)s to the commitment officer"),
    needs=("total",),
    money=("total",),
)
SPLITTING_EXPLAINED = Event(
    "purchasing.splitting.explained",
    N_(
        "%(actor)s sent order %(subject)s, which with others comes to %(total)s within %(days)s "
        "days (a PP orders up to %(ceiling)s), and gave a reason"
    ),
    needs=("total", "ceiling", "days", "orders"),
    money=("total", "ceiling"),
    personal=("reason",),
)
HELD_BACK = Event(
    "purchasing.order.held_back",
    N_(
        "%(actor)s sent order %(subject)s; its goods are reserved only at its approval, because "
        "%(lapsed)s orders for them lapsed within %(days)s days"
    ),
    needs=("lapsed", "days"),
)
PRICE_PROPOSED = Event(
    "purchasing.order.price_proposed",
    N_("%(actor)s proposed prices for an order: %(total)s in all"),
    needs=("total", "round"),
    money=("total",),
    personal=("note",),
)
OFFER_ANSWERED = Event(
    "purchasing.order.offer_answered",
    N_("%(actor)s answered with other prices for an order: %(total)s in all"),
    needs=("total", "round"),
    money=("total",),
    personal=("note",),
)
AGREED = Event(
    "purchasing.order.agreed",
    N_("%(actor)s agreed to the prices of an order: %(total)s in all"),
    needs=("total", "round"),
    money=("total",),
)
NEGOTIATION_CANCELLED = Event(
    "purchasing.order.negotiation_cancelled",
    N_("%(actor)s ended the negotiation of an order without agreement"),
    personal=("note",),
)
APPROVED = Event(
    "purchasing.order.approved",
    N_("%(actor)s approved order %(subject)s of %(total)s"),
    needs=("total", "digest"),
    money=("total",),
)
REJECTED = Event(
    "purchasing.order.rejected",
    N_("%(actor)s rejected an order"),
    needs=("reason_code",),
    personal=("note",),
    words=_REASON,
)
SIGNED = Event(
    "purchasing.order.signed",
    N_("%(actor)s signed order %(subject)s"),
    needs=("digest", "method"),
)
SIGNING_REJECTED = Event(
    "purchasing.order.signing_rejected",
    N_("%(actor)s did not sign order %(subject)s"),
    needs=("reason_code",),
    personal=("note",),
    words=_REASON,
)
REVIEW_HANDED_OVER = Event(
    "purchasing.order.review_handed_over",
    N_("%(actor)s took order %(subject)s back to the review, so that another PPK can approve it"),
    personal=("note",),
)
ACCEPTED = Event(
    "purchasing.order.accepted",
    N_("%(actor)s accepted order %(subject)s"),
    needs=("digest", "method"),
)
DECLINED = Event(
    "purchasing.order.declined",
    N_("%(actor)s declined order %(subject)s"),
    needs=("reason_code",),
    personal=("note",),
    words=_REASON,
)
LAPSED = Event(
    "purchasing.order.lapsed",
    N_("Order %(subject)s ended because nobody answered in time"),
    needs=("due_at",),
)
ADDENDUM_PROPOSED = Event(
    "purchasing.order.addendum_proposed",
    N_("%(actor)s proposed an addendum to order %(subject)s"),
    needs=("deliver_by",),
    personal=("clauses",),
)
ADDENDUM_ACCEPTED = Event(
    "purchasing.order.addendum_accepted",
    N_("%(actor)s accepted the addendum to order %(subject)s"),
    needs=("deliver_by", "digest"),
)
ADDENDUM_DECLINED = Event(
    "purchasing.order.addendum_declined",
    N_("%(actor)s declined the addendum to order %(subject)s"),
    personal=("note",),
)
CANCEL_REQUESTED = Event(
    "purchasing.order.cancel_requested",
    N_("%(actor)s asked for order %(subject)s to be cancelled"),
    needs=("reason_code",),
    personal=("note",),
    words=_REASON,
)
CANCEL_GRANTED = Event(
    "purchasing.order.cancel_granted",
    N_("%(actor)s cancelled order %(subject)s as was asked"),
    personal=("note",),
)
CANCEL_REFUSED = Event(
    "purchasing.order.cancel_refused",
    N_("%(actor)s did not cancel order %(subject)s"),
    personal=("note",),
)
SHIPPED = Event(
    "purchasing.delivery.shipped",
    N_("%(actor)s shipped the goods of order %(subject)s"),
    needs=("courier", "tracking"),
)
RECEIVED = Event(
    "purchasing.delivery.received",
    N_("%(actor)s received and checked the goods of order %(subject)s"),
    needs=("late_days",),
    personal=("note",),
)
MISMATCH_REPORTED = Event(
    "purchasing.delivery.mismatch_reported",
    N_("%(actor)s reported that the goods of order %(subject)s do not match"),
    personal=("note",),
)
HANDOVER_PREPARED = Event(
    "purchasing.delivery.handover_prepared",
    N_("%(actor)s prepared the handover record of order %(subject)s"),
    needs=("digest", "own_number"),
)
HANDED_OVER = Event(
    "purchasing.delivery.handed_over",
    N_("%(actor)s signed the handover record of order %(subject)s"),
    needs=("digest", "method"),
)
HANDOVER_CONFIRMED = Event(
    "purchasing.delivery.handover_confirmed",
    N_("%(actor)s confirmed the handover of order %(subject)s"),
    needs=("digest", "method"),
)
PAID = Event(
    "purchasing.order.paid",
    N_("%(actor)s paid %(amount)s for order %(subject)s"),
    needs=("amount", "channel", "paid_on", "paper", "document"),
    optional=("digest",),
    money=("amount",),
    words={"channel": CHANNELS},
)
PAYMENT_MOVED = Event(
    "purchasing.order.payment_moved",
    N_("%(actor)s noted that order %(subject)s is paid outside this system"),
    personal=("note",),
)
PAYMENT_CONFIRMED = Event(
    "purchasing.order.payment_confirmed",
    N_("%(actor)s confirmed that %(amount)s was paid for order %(subject)s outside this system"),
    needs=("amount", "channel", "paid_on", "paper", "document"),
    optional=("digest",),
    money=("amount",),
    words={"channel": CHANNELS},
)
LOOKED_AT = Event("purchasing.order.looked_at", N_("%(actor)s looked at an order of the agency"))
DOCUMENT_OPENED = Event(
    "purchasing.document.opened",
    N_("%(actor)s opened a document of order %(subject)s"),
    needs=("kind", "version"),
)
