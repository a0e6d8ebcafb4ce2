"""The state tables of an order (the documented twelve, and the draft) and of its delivery."""

from gapura.kernel.states import Machine, Step
from gapura.purchasing import events
from gapura.purchasing.permissions import Can

DRAFT, NEGOTIATION = "draft", "on_negotiation"
NEGOTIATION_OVER = "cancelled_on_negotiation"
REVIEW, REVIEW_OVER = "waiting_ppk_review", "cancelled_on_review"
ESIGN, SELLER = "esign_in_progress", "waiting_seller_confirmation"
PROCESS, ADDENDUM = "on_process", "on_addendum"
CANCEL_ASKED, CANCELLED = "request_cancel_by_admin", "cancelled"
OUTSIDE, COMPLETED = "payment_outside_system", "completed"

ORDER = Machine(
    name="purchasing.order",
    start=DRAFT,
    ends=frozenset({NEGOTIATION_OVER, REVIEW_OVER, CANCELLED, COMPLETED}),
    states=(
        DRAFT,
        NEGOTIATION,
        NEGOTIATION_OVER,
        REVIEW,
        REVIEW_OVER,
        ESIGN,
        SELLER,
        PROCESS,
        ADDENDUM,
        CANCEL_ASKED,
        CANCELLED,
        OUTSIDE,
        COMPLETED,
    ),
    steps=(
        Step("save", DRAFT, DRAFT, Can.SAVE, events.SAVED.name),
        Step("refresh", DRAFT, DRAFT, Can.REFRESH, events.REFRESHED.name),
        Step("submit", DRAFT, REVIEW, Can.SUBMIT, events.SUBMITTED.name),
        Step("propose_price", DRAFT, NEGOTIATION, Can.PROPOSE_PRICE, events.PRICE_PROPOSED.name),
        Step("discard", DRAFT, CANCELLED, Can.DISCARD, events.DISCARDED.name),
        Step(
            "answer_offer", NEGOTIATION, NEGOTIATION, Can.ANSWER_OFFER, events.OFFER_ANSWERED.name
        ),
        Step("agree", NEGOTIATION, REVIEW, Can.AGREE, events.AGREED.name),
        Step(
            "cancel_negotiation",
            NEGOTIATION,
            NEGOTIATION_OVER,
            Can.CANCEL_NEGOTIATION,
            events.NEGOTIATION_CANCELLED.name,
        ),
        Step(
            "lapse",
            NEGOTIATION,
            NEGOTIATION_OVER,
            Can.LAPSE,
            events.LAPSED.name,
            due="negotiation_days",
        ),
        Step("approve", REVIEW, ESIGN, Can.APPROVE, events.APPROVED.name),
        Step("reject", REVIEW, REVIEW_OVER, Can.REJECT, events.REJECTED.name),
        Step("lapse", REVIEW, REVIEW_OVER, Can.LAPSE, events.LAPSED.name, due="review_days"),
        Step("sign", ESIGN, SELLER, Can.SIGN, events.SIGNED.name),
        Step(
            "reject_signing", ESIGN, REVIEW_OVER, Can.REJECT_SIGNING, events.SIGNING_REJECTED.name
        ),
        Step(
            "hand_over_review",
            ESIGN,
            REVIEW,
            Can.HAND_OVER_REVIEW,
            events.REVIEW_HANDED_OVER.name,
        ),
        Step("lapse", ESIGN, REVIEW_OVER, Can.LAPSE, events.LAPSED.name, due="signing_days"),
        Step("accept", SELLER, PROCESS, Can.ACCEPT, events.ACCEPTED.name),
        Step("decline", SELLER, CANCELLED, Can.DECLINE, events.DECLINED.name),
        Step("lapse", SELLER, CANCELLED, Can.LAPSE, events.LAPSED.name, due="response_days"),
        Step(
            "propose_addendum",
            PROCESS,
            ADDENDUM,
            Can.PROPOSE_ADDENDUM,
            events.ADDENDUM_PROPOSED.name,
        ),
        Step(
            "accept_addendum", ADDENDUM, PROCESS, Can.ACCEPT_ADDENDUM, events.ADDENDUM_ACCEPTED.name
        ),
        Step(
            "decline_addendum",
            ADDENDUM,
            PROCESS,
            Can.DECLINE_ADDENDUM,
            events.ADDENDUM_DECLINED.name,
        ),
        Step(
            "request_cancel",
            PROCESS,
            CANCEL_ASKED,
            Can.REQUEST_CANCEL,
            events.CANCEL_REQUESTED.name,
        ),
        Step("grant_cancel", CANCEL_ASKED, CANCELLED, Can.GRANT_CANCEL, events.CANCEL_GRANTED.name),
        Step("refuse_cancel", CANCEL_ASKED, PROCESS, Can.REFUSE_CANCEL, events.CANCEL_REFUSED.name),
        Step("pay", PROCESS, COMPLETED, Can.PAY, events.PAID.name),
        Step("pay_outside", PROCESS, OUTSIDE, Can.PAY_OUTSIDE, events.PAYMENT_MOVED.name),
        Step(
            "confirm_payment",
            OUTSIDE,
            COMPLETED,
            Can.CONFIRM_PAYMENT,
            events.PAYMENT_CONFIRMED.name,
        ),
    ),
)

PREPARING, SHIPPED, MISMATCHED = "preparing", "shipped", "mismatched"
ARRIVED, HANDOVER_SIGNED, HANDED_OVER = "arrived", "handover_signed", "handed_over"

# Moves only while its order is on_process.
DELIVERY = Machine(
    name="purchasing.delivery",
    start=PREPARING,
    ends=frozenset({HANDED_OVER}),
    states=(PREPARING, SHIPPED, MISMATCHED, ARRIVED, HANDOVER_SIGNED, HANDED_OVER),
    steps=(
        Step("ship", PREPARING, SHIPPED, Can.SHIP, events.SHIPPED.name),
        Step("ship", MISMATCHED, SHIPPED, Can.SHIP, events.SHIPPED.name),
        Step("receive", SHIPPED, ARRIVED, Can.RECEIVE, events.RECEIVED.name),
        Step(
            "report_mismatch",
            SHIPPED,
            MISMATCHED,
            Can.REPORT_MISMATCH,
            events.MISMATCH_REPORTED.name,
        ),
        Step("hand_over", ARRIVED, HANDOVER_SIGNED, Can.HAND_OVER, events.HANDED_OVER.name),
        Step(
            "confirm_handover",
            HANDOVER_SIGNED,
            HANDED_OVER,
            Can.CONFIRM_HANDOVER,
            events.HANDOVER_CONFIRMED.name,
        ),
    ),
)

# The states in which something waits for an answer until `due_at`.
WAITING = (NEGOTIATION, REVIEW, ESIGN, SELLER)
# What the state has come to after which the pieces belong to nobody's order any more.
STOPPED = (NEGOTIATION_OVER, REVIEW_OVER, CANCELLED)
# The waiting states in which an order holds goods that nobody has a contract for yet.
HOLDING = (REVIEW, ESIGN, SELLER)
