"""What a buyer reads before an order leaves the desk: possible splitting, goods not held yet."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gapura.purchasing.queries import (
    LEAST_REASON,
    LONGEST_TEXT,
    Lapses,
    OrderView,
    SplitView,
    lapses_of,
    splits_around,
)
from gapura.web.orders.fields import PricesForm, SendForm
from gapura.web.shell.forms import Form, TextField

REASON = "split_reason"
# While it can still be done otherwise: on the buyer's desk, and before the PPK.
_OPEN = frozenset({"draft", "waiting_ppk_review"})


class WarnedSendForm(SendForm):
    """Sends the draft; asks for a reason where it looks like a part of a larger need."""

    def __init__(self, view: OrderView, data: Any) -> None:
        super().__init__(data)
        self.splits = _asked(self, view.id)
        self.lapses: Lapses | None = lapses_of(view.id)


class WarnedPricesForm(PricesForm):
    """Prices to negotiate, and the same reason."""

    def __init__(self, view: OrderView, data: Any) -> None:
        super().__init__(view, tuple(line.list_price for line in view.lines), data)
        self.splits = _asked(self, view.id)


def _asked(form: Form, order: UUID) -> tuple[SplitView, ...]:
    """The findings; the form has a field for the reason when there are any."""
    found = splits_around(order)
    if found:
        form.fields[REASON] = TextField(
            label=_("Why this is not one need in several orders"),
            hint=_("Kept with the order. The PPK and your agency's auditor read it."),
            shortest=LEAST_REASON,
            longest=LONGEST_TEXT,
            lines=True,
            rows=4,
        )
    return found


def splits_of(view: OrderView, *, inside: bool) -> tuple[SplitView, ...]:
    """What the order's page warns of; nothing for a supplier, and nothing once it is too late."""
    return splits_around(view.id) if inside and view.state in _OPEN else ()
