"""Steps of the buyer's desk: change, refresh, discard, send, propose prices; then the offers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.purchasing import services
from gapura.purchasing.errors import DraftChanged
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import OrderView
from gapura.web.orders.acts import Act
from gapura.web.orders.draft_form import draft_form
from gapura.web.orders.fields import PricesForm, QuantitiesForm, RoundForm, note_field
from gapura.web.orders.warned import REASON, WarnedPricesForm, WarnedSendForm
from gapura.web.shell.forms import Form

Values = dict[str, Any]


class EndForm(Form):
    """Why no agreement was reached; optional."""

    note = note_field(lazy("Message to the other side"), required=False)


def _listed(view: OrderView, data: Any, files: Any) -> Form:
    return WarnedPricesForm(view, data)


def _sent(view: OrderView, data: Any, files: Any) -> Form:
    return WarnedSendForm(view, data)


def _offered(view: OrderView, data: Any, files: Any) -> Form:
    """Begins with the newest offer: the person changes what they do not agree with."""
    return PricesForm(view, view.offers[-1].prices if view.offers else (), data)


def _agreed(view: OrderView, data: Any, files: Any) -> Form:
    return RoundForm(data)


def _quantities(view: OrderView, data: Any, files: Any) -> Form:
    return QuantitiesForm(view, data)


def _end(view: OrderView, data: Any, files: Any) -> Form:
    return EndForm(data)


def _save(actor: Actor, view: OrderView, values: Values) -> None:
    services.save_draft(actor=actor, order=view.id, **values)


def _order_other(actor: Actor, view: OrderView, values: Values) -> None:
    services.save_quantities(actor=actor, order=view.id, quantities=values["quantities"])


def _refresh(actor: Actor, view: OrderView, values: Values) -> None:
    services.refresh_order(actor=actor, order=view.id)


def _discard(actor: Actor, view: OrderView, values: Values) -> None:
    services.discard_order(actor=actor, order=view.id)


def _read(values: Values) -> datetime:
    """When the draft had last changed as the page showed it.

    :raises DraftChanged: the page did not say, so nobody knows what was read.
    """
    seen: datetime | None = values["seen"]
    if seen is None:
        raise DraftChanged()
    return seen


def _submit(actor: Actor, view: OrderView, values: Values) -> None:
    services.submit_order(
        actor=actor, order=view.id, seen=_read(values), split_reason=values.get(REASON, "")
    )


def _propose(actor: Actor, view: OrderView, values: Values) -> None:
    services.propose_price(
        actor=actor,
        order=view.id,
        prices=values["prices"],
        note=values["note"],
        seen=_read(values),
        split_reason=values.get(REASON, ""),
    )


def _answer(actor: Actor, view: OrderView, values: Values) -> None:
    services.answer_offer(
        actor=actor,
        order=view.id,
        round=values["round"],
        prices=values["prices"],
        note=values["note"],
    )


def _agree(actor: Actor, view: OrderView, values: Values) -> None:
    services.agree(actor=actor, order=view.id, round=values["round"])


def _cancel(actor: Actor, view: OrderView, values: Values) -> None:
    services.cancel_negotiation(actor=actor, order=view.id, note=values["note"])


ACTS = (
    Act(
        "submit",
        Can.SUBMIT,
        N_("Send to the commitment officer"),
        N_("Send the order to the commitment officer"),
        N_("The commitment officer (PPK) of your unit reviews the order and signs it."),
        N_("Send the order"),
        N_("The order is with the commitment officer."),
        _submit,
        _sent,
        template="orders/whole.html",
    ),
    Act(
        "propose_price",
        Can.PROPOSE_PRICE,
        N_("Propose prices"),
        N_("Propose prices to the supplier"),
        N_("Prices without tax, for one piece. The supplier agrees, answers with others or ends."),
        N_("Send the offer"),
        N_("Your offer is with the supplier."),
        _propose,
        _listed,
        template="orders/offer.html",
    ),
    Act(
        "save",
        Can.SAVE,
        N_("Change the draft"),
        N_("Change the draft"),
        "",
        N_("Save"),
        N_("The draft is saved."),
        _save,
        draft_form,
        quiet=True,
    ),
    Act(
        "quantities",
        Can.SAVE,
        N_("Change quantities"),
        N_("Change quantities"),
        N_("A quantity of 0 takes the product out of the order."),
        N_("Save"),
        N_("The quantities are saved. Check the total before you send the order."),
        _order_other,
        _quantities,
        quiet=True,
        needs="save",
    ),
    Act(
        "refresh",
        Can.REFRESH,
        N_("Take over present prices"),
        N_("Take over present prices"),
        N_("Names, prices and tax are read from the catalog again; quantities stay."),
        N_("Take over what is valid now"),
        N_("The draft has the present prices. Check the total before you send it."),
        _refresh,
        quiet=True,
    ),
    Act(
        "discard",
        Can.DISCARD,
        N_("Discard the draft"),
        N_("Discard the draft"),
        N_("The draft ends here. The supplier never saw it, and no goods were reserved."),
        N_("Discard the draft"),
        N_("The draft was discarded."),
        _discard,
        look="warning",
        quiet=True,
    ),
    Act(
        "agree",
        Can.AGREE,
        N_("Agree to the offer"),
        N_("Agree to these prices"),
        N_("With this the prices are agreed and the order goes to the commitment officer."),
        N_("Agree to these prices"),
        N_("The prices are agreed. The order is with the commitment officer."),
        _agree,
        _agreed,
        template="orders/offer.html",
    ),
    Act(
        "answer_offer",
        Can.ANSWER_OFFER,
        N_("Answer with other prices"),
        N_("Answer with other prices"),
        N_("Prices without tax, for one piece. Change what you do not agree with."),
        N_("Send the offer"),
        N_("Your offer is with the other side."),
        _answer,
        _offered,
        template="orders/offer.html",
    ),
    Act(
        "cancel_negotiation",
        Can.CANCEL_NEGOTIATION,
        N_("End without agreement"),
        N_("End the negotiation without agreement"),
        N_("The order ends here and the goods are free again. This cannot be undone."),
        N_("End the negotiation"),
        N_("The negotiation was ended without agreement."),
        _cancel,
        _end,
        look="warning",
        quiet=True,
    ),
)
