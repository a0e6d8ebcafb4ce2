"""The small forms of the steps: a note, a coded reason, clauses, a price for each line, a code."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.purchasing.queries import OrderView
from gapura.web.orders.words import number, quantity, unit
from gapura.web.shell.amounts import NumberField
from gapura.web.shell.display import rupiah, tr
from gapura.web.shell.fields import Text
from gapura.web.shell.forms import ChoiceField, CodeField, Form, TextField
from gapura.web.shell.passkeys import answer_field

SHORTEST, LONGEST = 5, 1000
LONGEST_CLAUSES = 12_000
_LONG = 5
_QUANTITY = re.compile(r"\d{1,6}(?:,\d{1,4})?", re.ASCII)

MakeForm = Callable[[OrderView, Any, Any], Form]


def note_field(label: Text, hint: Text = "", *, required: bool = True) -> TextField:
    """A sentence or two that others read word for word."""
    return TextField(
        label=label,
        hint=hint,
        required=required,
        shortest=SHORTEST,
        longest=LONGEST,
        lines=True,
        rows=4,
    )


def clauses_field(label: Text, hint: Text) -> TextField:
    """Clauses, one in each line; none at all is fine."""
    return TextField(
        label=label, hint=hint, required=False, longest=LONGEST_CLAUSES, lines=True, rows=6
    )


def clauses_in(text: str) -> tuple[str, ...]:
    """The clauses in a typed text: a line is a clause, empty lines are none."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


class ReasonForm(Form):
    """A reason from a table, and an explanation for the other side."""

    reason_code = ChoiceField(label=lazy("Reason"), missing=lazy("Choose a reason."))
    note = note_field(
        lazy("Explanation"),
        lazy("The other side reads this word for word."),
    )

    def __init__(self, reasons: Mapping[str, str], data: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["reason_code"]
        field.choices = [(code, tr(text)) for code, text in reasons.items()]


def reasons(table: Mapping[str, str]) -> MakeForm:
    """Makes the form with the reasons of `table`."""
    return lambda view, data, files: ReasonForm(table, data)


class PricesForm(Form):
    """One price without tax for each line, and a note; begins with `begin`, the last ones named."""

    def __init__(self, view: OrderView, begin: tuple[Decimal, ...], data: Any) -> None:
        start = {f"price_{n}": f"{price:.0f}" for n, price in enumerate(begin, 1)}
        super().__init__(data, initial=start)
        self.seen = _whole(data.get("round", "")) if data else 0
        self.draft_seen = moment_in(data)
        for line in view.lines:
            told = {
                "price": rupiah(line.list_price),
                "quantity": quantity(line.quantity, line.unit),
            }
            self.fields[f"price_{line.number}"] = NumberField(
                label=line.name,
                hint=_("%(quantity)s. Listed price %(price)s, yours must not be higher.") % told,
                width="10",
            )
        self.fields["note"] = note_field(
            _("Message to the other side"), _("Optional. Say why."), required=False
        )

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """The typed prices in the order of the lines; call it on a valid form."""
        names = [name for name in self.fields if name.startswith("price_")]
        return tuple(self.cleaned_data[name] for name in names)

    def clean(self) -> dict[str, Any]:
        """The prices together, when each of them is a number."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            cleaned["prices"] = self.prices
        cleaned["round"], cleaned["seen"] = self.seen, self.draft_seen
        return cleaned


class RoundForm(Form):
    """No field to fill in: `round` is the offer that the person had read."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.seen = _whole(data.get("round", "")) if data else 0

    def clean(self) -> dict[str, Any]:
        """The round goes along, so that nobody agrees to an offer that came in meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | {"round": self.seen}


class SendForm(Form):
    """No field to fill in: `seen` is when the draft on the page had last changed."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.seen = moment_in(data)

    def clean(self) -> dict[str, Any]:
        """The moment goes along, so that nothing is sent that a colleague changed meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | {"seen": self.seen}


class QuantitiesForm(Form):
    """How much of each line."""

    def __init__(self, view: OrderView, data: Any) -> None:
        start = {f"quantity-{n.number}": number(n.quantity) for n in view.lines}
        super().__init__(data, initial=start)
        for line in view.lines:
            self.fields[f"quantity-{line.number}"] = QuantityField(
                label=line.name, hint=_("In %(unit)s.") % {"unit": unit(line.unit)}, width="5"
            )

    def clean(self) -> dict[str, Any]:
        """By the number of the line."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = {int(name.split("-")[1]): value for name, value in cleaned.items()}
        return cleaned | {"quantities": typed}


class QuantityField(TextField):
    """12, or 2,5 where the unit can be divided; becomes a Decimal."""

    wrong = lazy("%(label)s: type the quantity in digits, for example 12 or 2,5.")

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=15, inputmode="decimal", autocomplete="off", **options)

    def clean(self, value: Any) -> Any:
        """The number; a decimal comma divides, points are not guessed at."""
        text = super().clean(value)
        if not _QUANTITY.fullmatch(text):
            raise self.problem(self.wrong, "number")
        return Decimal(text.replace(",", "."))


def moment_in(data: Any) -> datetime | None:
    """The hidden moment `seen` of a page, None when there is none."""
    try:
        moment = datetime.fromisoformat(str(data.get("seen", ""))[:40] if data else "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONG else 0


class CodeForm(Form):
    """The code of the app or a passkey; `digest` is what the person's page had shown."""

    code = CodeField(
        label=lazy("Code from your authenticator app"),
        hint=lazy("Six digits. By entering it you sign exactly this document."),
    )
    passkey = answer_field(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.seen = str(data.get("digest", ""))[:64] if data else ""
        # Either is enough; nobody types a code beside a passkey.
        self.fields["code"].required = not (data and data.get("passkey"))

    def clean(self) -> dict[str, Any]:
        """The digest goes along, so that nothing else than what was read is signed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | {"digest": self.seen}
