"""Steps of the delivery: ship, receive, report a mismatch, hand over, confirm the handover."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.purchasing import services
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import OrderView
from gapura.web.orders.acts import Act
from gapura.web.orders.fields import note_field
from gapura.web.orders.signing import code_form, signed
from gapura.web.shell.forms import CheckField, Form, TextField

Values = dict[str, Any]


class ShipForm(Form):
    """Who carries the goods and how they can be found on their way."""

    courier = TextField(
        label=lazy("Carried by"),
        hint=lazy("The courier, or your own car."),
        shortest=2,
        longest=100,
        spelling=True,
        autocomplete="off",
    )
    tracking = TextField(
        label=lazy("Tracking number"),
        hint=lazy("Optional. The buyer can follow the goods with it."),
        required=False,
        longest=100,
        width="20",
        autocomplete="off",
    )


class ReceiveForm(Form):
    """The three things to check before goods count as received."""

    function = CheckField(
        label=lazy("The goods are what was ordered and they work."),
        missing=lazy("Check the goods. If something does not match, report it instead."),
    )
    quantity = CheckField(
        label=lazy("The quantity is right."),
        missing=lazy("Count the goods. If something is missing, report it instead."),
    )
    time = CheckField(
        label=lazy("I compared the day of arrival with the agreed one."),
        missing=lazy("Compare the day. Days of delay are counted by the system."),
    )
    note = note_field(lazy("Remark"), lazy("Optional."), required=False)


class NumberForm(Form):
    """The unit's own number of the handover record."""

    own_number = TextField(
        label=lazy("Your unit's number of the record"),
        hint=lazy("As your unit numbers its BAST, for example 027/15/BAST/DINKES/2026."),
        shortest=3,
        longest=100,
        autocomplete="off",
    )


class MismatchForm(Form):
    """What does not match."""

    note = note_field(
        lazy("What does not match?"),
        lazy("Name the goods and what is wrong: damaged, too few, not what was ordered."),
    )


def _ship_form(view: OrderView, data: Any, files: Any) -> Form:
    return ShipForm(data)


def _receive_form(view: OrderView, data: Any, files: Any) -> Form:
    return ReceiveForm(data)


def _mismatch_form(view: OrderView, data: Any, files: Any) -> Form:
    return MismatchForm(data)


def _number_form(view: OrderView, data: Any, files: Any) -> Form:
    return NumberForm(data)


def _prepare(actor: Actor, view: OrderView, values: Values) -> None:
    services.prepare_handover(actor=actor, order=view.id, **values)


def _ship(actor: Actor, view: OrderView, values: Values) -> None:
    services.ship(actor=actor, order=view.id, **values)


def _receive(actor: Actor, view: OrderView, values: Values) -> None:
    services.receive(actor=actor, order=view.id, **values)


def _mismatch(actor: Actor, view: OrderView, values: Values) -> None:
    services.report_mismatch(actor=actor, order=view.id, **values)


ACTS = (
    Act(
        "ship",
        Can.SHIP,
        N_("Enter the shipment"),
        N_("Enter the shipment"),
        N_("Do this when the goods have left. The buyer is told that they are on their way."),
        N_("The goods are on their way"),
        N_("The shipment is entered. The buyer was told."),
        _ship,
        _ship_form,
    ),
    Act(
        "receive",
        Can.RECEIVE,
        N_("Receive the goods"),
        N_("Receive and check the goods"),
        N_("Check the goods where they are. Tick what holds."),
        N_("The goods are received"),
        N_("The goods are received. The commitment officer hands over next."),
        _receive,
        _receive_form,
        template="orders/receive.html",
    ),
    Act(
        "report_mismatch",
        Can.REPORT_MISMATCH,
        N_("Report a mismatch"),
        N_("Report that the goods do not match"),
        N_("The supplier reads it and ships again what is missing or wrong."),
        N_("Report the mismatch"),
        N_("The supplier was told what does not match."),
        _mismatch,
        _mismatch_form,
        look="secondary",
        quiet=True,
    ),
    Act(
        "prepare_handover",
        Can.HAND_OVER,
        N_("Prepare the handover record"),
        N_("Prepare the handover record (BAST)"),
        N_("The record is made from the order and the check of the goods. You sign it next."),
        N_("Make the record"),
        N_("The handover record is made. Read it and sign it."),
        _prepare,
        _number_form,
        then="hand-over",
    ),
    Act(
        "hand_over",
        Can.HAND_OVER,
        N_("Sign the handover record"),
        N_("Sign the handover record"),
        N_("With your signature the unit confirms that it took the goods over."),
        N_("Sign the record"),
        N_("The handover record is signed. The supplier confirms it next."),
        signed(services.hand_over),
        code_form,
        template="orders/sign.html",
    ),
    Act(
        "confirm_handover",
        Can.CONFIRM_HANDOVER,
        N_("Confirm the handover"),
        N_("Confirm and sign the handover"),
        N_("With both signatures the goods are handed over and the order can be paid."),
        N_("Sign and confirm"),
        N_("The handover is confirmed. The treasurer of the unit can pay now."),
        signed(services.confirm_handover),
        code_form,
        template="orders/sign.html",
    ),
)
