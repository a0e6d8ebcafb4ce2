"""A step of an order as a row: its page, its form, the service it calls and what is said then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gapura.kernel.actor import Actor
from gapura.purchasing.queries import OrderView
from gapura.web.shell.forms import Form

Data = Any
MakeForm = Callable[[OrderView, Data, Data], Form]
Do = Callable[[Actor, OrderView, dict[str, Any]], None]


def _no_fields(view: OrderView, data: Data, files: Data) -> Form:
    return Form(data)


@dataclass(frozen=True, slots=True)
class Act:
    """One row; texts are marked with N_.

    `offer` is the link on the order's page, `title` the page's heading, `lead` what it means,
    `button` what is pressed, `done` what is said afterwards. `look` is the button's: warning for
    what cannot be undone. `quiet` acts stand below the others on the order's page.
    `needs` is the verb that has to be open when the act is no verb of its own; `then` the step
    whose page comes next, else the order's.
    """

    verb: str
    permission: str
    offer: str
    title: str
    lead: str
    button: str
    done: str
    do: Do
    form: MakeForm = _no_fields
    template: str = "orders/act.html"
    look: str = ""
    quiet: bool = False
    needs: str = ""
    then: str = ""

    def is_open(self, view: OrderView) -> bool:
        """True when the reader of `view` may take the step now."""
        return (self.needs or self.verb) in view.verbs

    @property
    def suffix(self) -> str:
        """The last part of the page's address."""
        return self.verb.replace("_", "-")


def page_of(order_id: UUID, suffix: str = "") -> str:
    """The address of one order, or of one of its steps."""
    return f"/orders/{order_id}/{suffix}" if suffix else f"/orders/{order_id}"
