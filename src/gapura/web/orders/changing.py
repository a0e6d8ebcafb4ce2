"""Steps that change a running order: addendum and cancellation, with their answers."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.purchasing import services
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import CANCEL_REASONS, OrderView
from gapura.web.orders.acts import Act
from gapura.web.orders.fields import clauses_field, clauses_in, note_field, reasons
from gapura.web.shell.forms import DayField, Form

Values = dict[str, Any]


def _tomorrow() -> date:
    return clock.today() + timedelta(days=1)


class AddendumForm(Form):
    """Another day of delivery and more clauses; goods and prices stay."""

    deliver_by = DayField(label=lazy("New last day of delivery"), first=_tomorrow)
    clauses = clauses_field(
        lazy("More clauses"),
        lazy("Optional. One in each line; they are added to those of the order letter."),
    )


class AddendumAnswer(Form):
    """No field to fill in: `version` is the addendum that the person had read."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        typed = str(data.get("version", "")) if data else ""
        self.version = int(typed) if re.fullmatch("[0-9]{1,4}", typed) else 0

    def clean(self) -> dict[str, Any]:
        """The version goes along, so that nobody answers one that came in meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | {"version": self.version}


class DeclineAddendumForm(AddendumAnswer):
    """A message to whoever proposed it."""

    note = note_field(lazy("Explanation"), lazy("The others read this word for word."))


class AnswerForm(Form):
    """A message to whoever asked."""

    note = note_field(
        lazy("Explanation"), lazy("The others read this word for word."), required=True
    )


def _addendum(view: OrderView, data: Any, files: Any) -> Form:
    return AddendumForm(data, initial={"deliver_by": view.deliver_by})


def _accepted(view: OrderView, data: Any, files: Any) -> Form:
    return AddendumAnswer(data)


def _declined(view: OrderView, data: Any, files: Any) -> Form:
    return DeclineAddendumForm(data)


def _answer(view: OrderView, data: Any, files: Any) -> Form:
    return AnswerForm(data)


def _propose(actor: Actor, view: OrderView, values: Values) -> None:
    services.propose_addendum(
        actor=actor,
        order=view.id,
        deliver_by=values["deliver_by"],
        clauses=clauses_in(values["clauses"]),
    )


def _accept(actor: Actor, view: OrderView, values: Values) -> None:
    services.accept_addendum(actor=actor, order=view.id, **values)


def _decline(actor: Actor, view: OrderView, values: Values) -> None:
    services.decline_addendum(actor=actor, order=view.id, **values)


def _request(actor: Actor, view: OrderView, values: Values) -> None:
    services.request_cancel(actor=actor, order=view.id, **values)


def _grant(actor: Actor, view: OrderView, values: Values) -> None:
    services.grant_cancel(actor=actor, order=view.id, **values)


def _refuse(actor: Actor, view: OrderView, values: Values) -> None:
    services.refuse_cancel(actor=actor, order=view.id, **values)


ACTS = (
    Act(
        "propose_addendum",
        Can.PROPOSE_ADDENDUM,
        N_("Propose an addendum"),
        N_("Propose an addendum"),
        N_(
            "An addendum changes the day of delivery and the clauses. Goods and prices stay. The "
            "other side accepts or declines; until then the order rests."
        ),
        N_("Send the proposal"),
        N_("The addendum was proposed to the other side."),
        _propose,
        _addendum,
        quiet=True,
    ),
    Act(
        "accept_addendum",
        Can.ACCEPT_ADDENDUM,
        N_("Accept the addendum"),
        N_("Accept the addendum"),
        N_("The new day of delivery and the clauses below hold from now on."),
        N_("Accept the addendum"),
        N_("The addendum is accepted and holds from now on."),
        _accept,
        _accepted,
        template="orders/addendum.html",
    ),
    Act(
        "decline_addendum",
        Can.DECLINE_ADDENDUM,
        N_("Decline the addendum"),
        N_("Decline the addendum"),
        N_("The order goes on as it was."),
        N_("Decline the addendum"),
        N_("The addendum was declined. The order goes on as it was."),
        _decline,
        _declined,
        template="orders/addendum.html",
        look="secondary",
    ),
    Act(
        "request_cancel",
        Can.REQUEST_CANCEL,
        N_("Ask for cancellation"),
        N_("Ask for the order to be cancelled"),
        N_(
            "The helpdesk looks at it and asks both sides. Until it has decided nothing can be "
            "shipped, received or paid."
        ),
        N_("Ask for cancellation"),
        N_("The helpdesk was asked to cancel the order."),
        _request,
        reasons(CANCEL_REASONS),
        look="warning",
        quiet=True,
    ),
    Act(
        "grant_cancel",
        Can.GRANT_CANCEL,
        N_("Cancel the order"),
        N_("Cancel the order"),
        N_("The order ends here for both sides. This cannot be undone."),
        N_("Cancel the order"),
        N_("The order was cancelled. Both sides were told."),
        _grant,
        _answer,
        template="orders/cancellation.html",
        look="warning",
    ),
    Act(
        "refuse_cancel",
        Can.REFUSE_CANCEL,
        N_("Let the order go on"),
        N_("Let the order go on"),
        N_("The cancellation is refused and both sides carry the order out."),
        N_("Let the order go on"),
        N_("The order goes on. Both sides were told."),
        _refuse,
        _answer,
        template="orders/cancellation.html",
    ),
)
