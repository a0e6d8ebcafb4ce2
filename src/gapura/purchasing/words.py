"""States, steps and sides in words: what pages and mails say of them; N_ texts as tables."""

from dataclasses import dataclass

from gapura.kernel.texts import N_

STATE_NAMES = {
    "draft": N_("Draft"),
    "on_negotiation": N_("Prices are being negotiated"),
    "cancelled_on_negotiation": N_("Ended without agreement on the price"),
    "waiting_ppk_review": N_("Waiting for the commitment officer (PPK)"),
    "cancelled_on_review": N_("Ended at the review"),
    "esign_in_progress": N_("Waiting for the PPK's signature"),
    "waiting_seller_confirmation": N_("Waiting for the supplier"),
    "on_process": N_("Being carried out"),
    "on_addendum": N_("An addendum waits for an answer"),
    "request_cancel_by_admin": N_("A cancellation was requested"),
    "cancelled": N_("Cancelled"),
    "payment_outside_system": N_("Paid outside this system, not confirmed yet"),
    "completed": N_("Paid and completed"),
}
DELIVERY_NAMES = {
    "preparing": N_("The supplier prepares the goods"),
    "shipped": N_("On the way"),
    "mismatched": N_("The goods did not match"),
    "arrived": N_("Arrived and checked"),
    "handover_signed": N_("Handover waits for the supplier"),
    "handed_over": N_("Handed over"),
}
SIDES = {
    "buyer": N_("Buyer"),
    "seller": N_("Supplier"),
    "treasurer": N_("Treasurer"),
    "arbiter": N_("Helpdesk"),
    "system": N_("System"),
}
# The timeline and the mails: what happened, by verb.
HAPPENED = {
    "draft": N_("The order was drafted"),
    "submit": N_("The order was sent to the commitment officer (PPK)"),
    "held_back": N_(
        "The goods are not reserved yet, because orders of this unit for them were not answered "
        "in time. They are reserved when the commitment officer approves this one"
    ),
    "propose_price": N_("The buyer proposed prices"),
    "answer_offer": N_("Other prices were offered"),
    "agree": N_("The prices were agreed"),
    "cancel_negotiation": N_("The negotiation was ended"),
    "discard": N_("The draft was discarded"),
    "approve": N_("The commitment officer approved the order"),
    "reject": N_("The commitment officer rejected the order"),
    "sign": N_("The commitment officer signed the order letter"),
    "reject_signing": N_("The commitment officer did not sign the order letter"),
    "hand_over_review": N_("The order went back to the review, for another commitment officer"),
    "accept": N_("The supplier accepted and signed the order letter"),
    "decline": N_("The supplier declined the order"),
    "lapse": N_("The time to answer is over; the order has ended"),
    "ship": N_("The goods were shipped"),
    "receive": N_("The goods arrived and were checked"),
    "report_mismatch": N_("The goods did not match; the supplier sends others"),
    "hand_over": N_("The buyer signed the handover record (BAST)"),
    "confirm_handover": N_("The supplier signed the handover record (BAST)"),
    "propose_addendum": N_("An addendum was proposed"),
    "accept_addendum": N_("The addendum was accepted"),
    "decline_addendum": N_("The addendum was declined"),
    "request_cancel": N_("A cancellation was requested"),
    "grant_cancel": N_("The order was cancelled as requested"),
    "refuse_cancel": N_("The cancellation was refused; the order goes on"),
    "pay": N_("The order was paid"),
    "pay_outside": N_("The order is being paid outside this system"),
    "confirm_payment": N_("The payment outside this system was confirmed"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """What has to be done next: the verb, the office that does it, both in words."""

    verb: str
    office: str
    what: str


# Who the offices are, in words.
OFFICES = {
    "pp": N_("Procurement officer (PP)"),
    "ppk": N_("Commitment officer (PPK)"),
    "signer": N_("The commitment officer who approved it"),
    "buyer": N_("The buyer"),
    "seller": N_("The supplier"),
    "treasurer": N_("The unit's treasurer"),
    "arbiter": N_("The helpdesk"),
    "": N_("Nobody"),
}

_ANSWER = N_("Answer the offer: agree, offer other prices or end the negotiation")
_ADDENDUM = N_("Accept or decline the addendum")
# By state; where both sides or the delivery matter, by state and turn or delivery.
DUTIES = {
    "draft": Duty("submit", "buyer", N_("Complete the draft and send it, or negotiate the price")),
    "on_negotiation:buyer": Duty("agree", "buyer", _ANSWER),
    "on_negotiation:seller": Duty("agree", "seller", _ANSWER),
    "waiting_ppk_review": Duty("approve", "ppk", N_("Review the order: approve or reject it")),
    "esign_in_progress": Duty("sign", "signer", N_("Read and sign the order letter")),
    "waiting_seller_confirmation": Duty(
        "accept", "seller", N_("Accept and sign the order letter, or decline it")
    ),
    "on_process:preparing": Duty("ship", "seller", N_("Ship the goods")),
    "on_process:mismatched": Duty("ship", "seller", N_("Ship goods that match the order")),
    "on_process:shipped": Duty(
        "receive", "buyer", N_("Check the goods when they arrive: function, quantity, time")
    ),
    "on_process:arrived": Duty("hand_over", "ppk", N_("Sign the handover record (BAST)")),
    "on_process:handover_signed": Duty(
        "confirm_handover", "seller", N_("Confirm the handover record (BAST)")
    ),
    "on_process:handed_over": Duty("pay", "treasurer", N_("Pay the order and note the evidence")),
    "on_addendum:buyer": Duty("accept_addendum", "ppk", _ADDENDUM),
    "on_addendum:seller": Duty("accept_addendum", "seller", _ADDENDUM),
    "request_cancel_by_admin": Duty(
        "grant_cancel", "arbiter", N_("Decide whether the order is cancelled")
    ),
    "payment_outside_system": Duty(
        "confirm_payment", "treasurer", N_("Confirm the payment with its evidence")
    ),
}
DONE = Duty("", "", N_("Nothing: this order has ended"))


def duty_of(state: str, turn: str, delivery: str) -> Duty:
    """What comes next for an order that stands like this."""
    for key in (state, f"{state}:{turn}", f"{state}:{delivery}"):
        if key in DUTIES:
            return DUTIES[key]
    return DONE


@dataclass(frozen=True, slots=True)
class TabRule:
    """A tab of a board: its states, and the deliveries when not all."""

    code: str
    name: str
    states: tuple[str, ...]
    deliveries: tuple[str, ...] = ()


_RUNNING = ("preparing", "shipped", "mismatched", "arrived", "handover_signed")
_DRAFTS = TabRule("drafts", N_("Drafts"), ("draft",))
_NEGOTIATION = TabRule("negotiation", N_("Negotiation"), ("on_negotiation",))
_REVIEW = TabRule("review", N_("Review and signature"), ("waiting_ppk_review", "esign_in_progress"))
_ANSWERING = TabRule("supplier", N_("With the supplier"), ("waiting_seller_confirmation",))
_INCOMING = TabRule("supplier", N_("New orders"), ("waiting_seller_confirmation",))
_PROCESS = TabRule("running", N_("Being carried out"), ("on_process",), _RUNNING)
_OPEN = TabRule(
    "changes", N_("Addenda and cancellations"), ("on_addendum", "request_cancel_by_admin")
)
_TO_PAY = TabRule("payment", N_("To be paid"), ("on_process",), ("handed_over",))
_OUTSIDE = TabRule("outside", N_("Paid outside this system"), ("payment_outside_system",))
_PAID = TabRule("done", N_("Completed"), ("completed",))
_ENDED = TabRule(
    "stopped", N_("Ended"), ("cancelled_on_negotiation", "cancelled_on_review", "cancelled")
)
_ALL = (_NEGOTIATION, _REVIEW, _ANSWERING, _PROCESS, _OPEN, _TO_PAY, _OUTSIDE, _PAID, _ENDED)

# The tabs of each kind of reader, the first one is shown first.
TABS = {
    "buyer": (_DRAFTS, *_ALL),
    "seller": (_INCOMING, _NEGOTIATION, _REVIEW, _PROCESS, _OPEN, _TO_PAY, _OUTSIDE, _PAID, _ENDED),
    "treasurer": (_TO_PAY, _OUTSIDE, _PAID),
    "auditor": _ALL,
    "reader": _ALL,
    "arbiter": (
        TabRule("cancel", N_("Cancellations to decide"), ("request_cancel_by_admin",)),
        TabRule("decided", N_("Decided"), ("cancelled", "on_process", "completed")),
    ),
}
