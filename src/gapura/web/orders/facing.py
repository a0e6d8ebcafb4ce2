"""How an order is called for its reader: buyers read the supplier's name, others the unit's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gapura.kernel.actor import Actor
from gapura.purchasing.queries import OrderView


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above the heading, and the heading."""

    caption: str
    title: str


def heading(actor: Actor, view: OrderView) -> Heading:
    """In the reader's language."""
    caption = view.reference or _("Order without a number yet")
    if actor.grant is not None and actor.grant.company:
        return Heading(caption, _("Order of %(name)s") % {"name": view.buyer.name})
    return Heading(caption, _("Order to %(name)s") % {"name": view.seller.name})


def part(actor: Actor) -> dict[str, bool]:
    """What of an order is the buyer's side's business only."""
    outside = actor.grant is not None and bool(actor.grant.company)
    return {"with_reference": not outside, "with_budget": not outside}
