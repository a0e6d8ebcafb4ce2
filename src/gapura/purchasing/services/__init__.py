"""What others do with orders; each function is one verb."""

from gapura.purchasing.services.answers import accept_order, decline_order
from gapura.purchasing.services.bulk import ReadyOrder, load_orders
from gapura.purchasing.services.bulk_story import ReadyStep
from gapura.purchasing.services.cancellation import grant_cancel, refuse_cancel, request_cancel
from gapura.purchasing.services.changes import (
    accept_addendum,
    decline_addendum,
    propose_addendum,
)
from gapura.purchasing.services.deadlines import lapse_overdue
from gapura.purchasing.services.delivery import (
    confirm_handover,
    hand_over,
    prepare_handover,
    receive,
    report_mismatch,
    ship,
)
from gapura.purchasing.services.drafts import (
    discard_order,
    draft_order,
    refresh_order,
    save_draft,
)
from gapura.purchasing.services.handing_over import hand_over_review
from gapura.purchasing.services.looking import look_at, open_document, open_evidence
from gapura.purchasing.services.negotiation import (
    agree,
    answer_offer,
    cancel_negotiation,
    propose_price,
)
from gapura.purchasing.services.payment import (
    attach_evidence,
    confirm_payment,
    pay,
    pay_outside,
)
from gapura.purchasing.services.quantities import save_quantities
from gapura.purchasing.services.review import (
    approve_order,
    reject_order,
    reject_signing,
    sign_order,
)
from gapura.purchasing.services.submission import submit_order
from gapura.purchasing.services.terms import Terms

__all__ = [
    "ReadyOrder", "ReadyStep", "Terms",
    "accept_addendum", "accept_order", "agree", "answer_offer", "approve_order",
    "attach_evidence", "cancel_negotiation", "confirm_handover", "confirm_payment",
    "decline_addendum", "decline_order", "discard_order", "draft_order", "grant_cancel",
    "hand_over", "hand_over_review", "lapse_overdue", "load_orders", "look_at", "open_document",
    "open_evidence", "pay",
    "pay_outside", "prepare_handover", "propose_addendum", "propose_price", "receive",
    "refresh_order", "refuse_cancel", "reject_order", "reject_signing", "report_mismatch",
    "request_cancel", "save_draft", "save_quantities", "ship", "sign_order", "submit_order",
]  # fmt: skip
