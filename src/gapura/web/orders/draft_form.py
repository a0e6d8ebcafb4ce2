"""The form of an order's draft: plan, budget line, delivery, and how the price comes about."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.purchasing.queries import OrderView
from gapura.web.orders.words import METHODS
from gapura.web.shell.amounts import NumberField
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField


def _tomorrow() -> Any:
    return clock.today() + timedelta(days=1)


class DraftForm(Form):
    """What the unit says about the order; the goods come from its list."""

    rup_code = TextField(
        label=lazy("Plan code (RUP)"),
        hint=lazy("6 to 12 digits from SiRUP, for example 52345678. Divide several by semicolons."),
        longest=130,
        inputmode="text",
        width="20",
        autocomplete="off",
    )
    mak = TextField(
        label=lazy("Budget account (MAK)"),
        hint=lazy("As in your budget document, for example 5.1.02.01.01.0024."),
        longest=300,
        autocomplete="off",
    )
    budget = NumberField(
        label=lazy("Amount of the budget line, in rupiah"),
        hint=lazy("What is left on that line. The order with tax must not be more."),
        width="20",
    )
    delivery_address = TextField(
        label=lazy("Delivery address"),
        hint=lazy("Where the goods go: building, street, village, district, postal code."),
        shortest=5,
        longest=500,
        lines=True,
        rows=3,
    )
    deliver_by = DayField(
        label=lazy("Delivery until"),
        hint=lazy("The last day on which the goods are in time."),
        first=_tomorrow,
    )
    method = ChoiceField(
        label=lazy("Price"),
        hints={
            "direct": lazy("The order goes to the PPK as it is."),
            "negotiation": lazy("You propose lower prices first; the supplier answers."),
        },
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial={"method": "direct", **(initial or {})})
        field: Any = self.fields["method"]
        field.choices = [(code, tr(text)) for code, text in METHODS.items()]


def draft_form(view: OrderView, data: Any, files: Any) -> DraftForm:
    """The form to change a draft, beginning with what it says now."""
    return DraftForm(
        data,
        {
            "rup_code": "; ".join(view.rup_codes),
            "mak": view.mak,
            "budget": f"{view.budget:.0f}",
            "delivery_address": view.delivery_address,
            "deliver_by": view.deliver_by,
            "method": view.method,
        },
    )
