"""Steps of the treasurer: pay with evidence, note a payment outside the system, confirm it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.kernel.texts import N_
from gapura.purchasing import services
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import CHANNELS, OrderView
from gapura.web.orders.acts import Act
from gapura.web.orders.fields import note_field
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField, UploadField

Values = dict[str, Any]
_OUTSIDE = "outside"


def _today() -> date:
    return clock.today()


class PaidForm(Form):
    """When it was paid, under which number, and the paper that proves it."""

    paid_on = DayField(label=lazy("Paid on"), last=_today)
    reference = TextField(
        label=lazy("Number of the payment paper"),
        hint=lazy("For example of the SP2D, the transfer or the card receipt."),
        shortest=3,
        longest=100,
        width="20",
        autocomplete="off",
    )
    evidence = UploadField(
        label=lazy("Evidence of the payment"),
        hint=lazy("PDF or JPG, at most 2 MB."),
        accept=".pdf,.jpg,.jpeg",
        missing=lazy("Add the paper that proves the payment."),
    )

    def __init__(self, data: Any, files: Any) -> None:
        super().__init__(data, files, initial={"paid_on": _today()})


class PayForm(PaidForm):
    """The same, and the way of paying first."""

    field_order = ("channel", "paid_on", "reference", "evidence")

    channel = ChoiceField(label=lazy("Way of paying"))

    def __init__(self, data: Any, files: Any) -> None:
        super().__init__(data, files)
        field: Any = self.fields["channel"]
        field.choices = [(c, tr(text)) for c, text in CHANNELS.items() if c != _OUTSIDE]


class OutsideForm(Form):
    """Why the payment does not go through this system."""

    note = note_field(
        lazy("Which system pays?"),
        lazy("For example SAKTI with its contract number (CAN), or the unit's own BLUD account."),
    )


def _pay_form(view: OrderView, data: Any, files: Any) -> Form:
    return PayForm(data, files)


def _paid_form(view: OrderView, data: Any, files: Any) -> Form:
    return PaidForm(data, files)


def _outside_form(view: OrderView, data: Any, files: Any) -> Form:
    return OutsideForm(data)


def _kept(actor: Actor, view: OrderView, values: Values) -> Values:
    """The same values, with the uploaded file taken in.

    :raises FieldProblems: evidence: the gate does not take the file.
    """
    file = values["evidence"]
    try:
        evidence: UUID = services.attach_evidence(
            actor=actor, order=view.id, name=file.name or "", content=file.read()
        )
    except (Refused, Missing):
        raise
    except Problem as problem:
        raise FieldProblems({"evidence": problem}) from problem
    return values | {"evidence": evidence}


def _pay(actor: Actor, view: OrderView, values: Values) -> None:
    services.pay(actor=actor, order=view.id, **_kept(actor, view, values))


def _pay_outside(actor: Actor, view: OrderView, values: Values) -> None:
    services.pay_outside(actor=actor, order=view.id, **values)


def _confirm(actor: Actor, view: OrderView, values: Values) -> None:
    services.confirm_payment(actor=actor, order=view.id, **_kept(actor, view, values))


ACTS = (
    Act(
        "pay",
        Can.PAY,
        N_("Pay the order"),
        N_("Pay the order"),
        N_("Pay the whole total, then note it here with its evidence. An order is paid once."),
        N_("Note the payment"),
        N_("The payment is noted and the order is completed."),
        _pay,
        _pay_form,
        template="orders/pay.html",
    ),
    Act(
        "pay_outside",
        Can.PAY_OUTSIDE,
        N_("Paid by another system"),
        N_("Note that another system pays"),
        N_("For payments through SAKTI, SIPD or a unit's own accounts. You confirm it afterwards."),
        N_("Note it"),
        N_("It is noted that another system pays. Confirm it once the money has gone."),
        _pay_outside,
        _outside_form,
        look="secondary",
        quiet=True,
    ),
    Act(
        "confirm_payment",
        Can.CONFIRM_PAYMENT,
        N_("Confirm the payment"),
        N_("Confirm the payment outside this system"),
        N_("Enter the day, the number and the evidence of the payment."),
        N_("Confirm the payment"),
        N_("The payment is confirmed and the order is completed."),
        _confirm,
        _paid_form,
        template="orders/pay.html",
    ),
)
