"""Steps that decide: review and signature of the commitment officer, answer of the supplier."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.purchasing import services
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import DECLINE_REASONS, REVIEW_REASONS, OrderView, SplitView
from gapura.web.orders.acts import Act
from gapura.web.orders.fields import clauses_field, clauses_in, reasons
from gapura.web.orders.signing import code_form, signed
from gapura.web.orders.warned import splits_of
from gapura.web.shell.forms import Form

Values = dict[str, Any]
SIGNED = "orders/sign.html"


class ReviewForm(Form):
    """What the commitment officer adds to the order letter, and what to look at before."""

    splits: tuple[SplitView, ...] = ()

    clauses = clauses_field(
        lazy("Special clauses"),
        lazy(
            "One clause in each line; they are numbered in the letter. Leave it empty when the "
            "general terms are enough."
        ),
    )


def _review(view: OrderView, data: Any, files: Any) -> Form:
    form = ReviewForm(data)
    form.splits = splits_of(view, inside=True)
    return form


def _approve(actor: Actor, view: OrderView, values: Values) -> None:
    services.approve_order(actor=actor, order=view.id, clauses=clauses_in(values["clauses"]))


def _reject(actor: Actor, view: OrderView, values: Values) -> None:
    services.reject_order(actor=actor, order=view.id, **values)


def _reject_signing(actor: Actor, view: OrderView, values: Values) -> None:
    services.reject_signing(actor=actor, order=view.id, **values)


def _hand_over_review(actor: Actor, view: OrderView, values: Values) -> None:
    services.hand_over_review(actor=actor, order=view.id)


def _decline(actor: Actor, view: OrderView, values: Values) -> None:
    services.decline_order(actor=actor, order=view.id, **values)


ACTS = (
    Act(
        "approve",
        Can.APPROVE,
        N_("Review the order"),
        N_("Review the order"),
        N_(
            "Compare goods, prices and budget. When you approve, the order gets its number and the "
            "letter (SP) is made; you sign it on the next page."
        ),
        N_("Approve and make the letter"),
        N_("The order is approved and its letter is made. Read it and sign it."),
        _approve,
        _review,
        template="orders/review.html",
        then="sign",
    ),
    Act(
        "reject",
        Can.REJECT,
        N_("Reject the order"),
        N_("Reject the order"),
        N_("The order ends here and the goods are free again. This cannot be undone."),
        N_("Reject the order"),
        N_("The order was rejected. Whoever drafted it was told why."),
        _reject,
        reasons(REVIEW_REASONS),
        look="warning",
        quiet=True,
    ),
    Act(
        "sign",
        Can.SIGN,
        N_("Sign the order letter"),
        N_("Sign the order letter"),
        N_("With your signature the order goes to the supplier, who has to answer in time."),
        N_("Sign and send to the supplier"),
        N_("The order letter is signed and with the supplier."),
        signed(services.sign_order),
        code_form,
        template=SIGNED,
    ),
    Act(
        "reject_signing",
        Can.REJECT_SIGNING,
        N_("Do not sign"),
        N_("End the order without a signature"),
        N_("The order ends here and the goods are free again. This cannot be undone."),
        N_("End the order"),
        N_("The order was ended without a signature."),
        _reject_signing,
        reasons(REVIEW_REASONS),
        look="warning",
        quiet=True,
    ),
    Act(
        "hand_over_review",
        Can.HAND_OVER_REVIEW,
        N_("Take it back to the review"),
        N_("Take the order back to the review"),
        N_(
            "For when the officer who approved it cannot sign. You or another PPK of the unit "
            "approve it again: that makes a new letter in the name of who approves. Number and "
            "goods stay."
        ),
        N_("Take it back"),
        N_("The order waits for its review again. Everybody concerned was told."),
        _hand_over_review,
        quiet=True,
    ),
    Act(
        "accept",
        Can.ACCEPT,
        N_("Accept the order"),
        N_("Accept and sign the order"),
        N_(
            "With your signature the order binds your company: the goods, the prices and the day "
            "of delivery in the letter."
        ),
        N_("Sign and accept"),
        N_("The order is accepted. Prepare the goods, then enter the shipment."),
        signed(services.accept_order),
        code_form,
        template=SIGNED,
    ),
    Act(
        "decline",
        Can.DECLINE,
        N_("Decline the order"),
        N_("Decline the order"),
        N_("The order ends here and the goods are free again. This cannot be undone."),
        N_("Decline the order"),
        N_("The order was declined. The buyer was told why."),
        _decline,
        reasons(DECLINE_REASONS),
        look="warning",
        quiet=True,
    ),
)
