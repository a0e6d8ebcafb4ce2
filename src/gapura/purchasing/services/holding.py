"""Holding goods for an order, so that no unit keeps them from the others by orders that rest."""

from gapura.catalog.services import reserve_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing import events
from gapura.purchasing.errors import TooManyHeld
from gapura.purchasing.models import Moment, Order, OrderLine, PurchasingRule
from gapura.purchasing.queries.holding import held_by_unit, lapses_of
from gapura.purchasing.services.steps import side_of, write_down


def hold_when_sent(actor: Actor, row: Order, lines: list[OrderLine]) -> None:
    """Reserve the goods of an order that goes to its PPK, all lines or none.

    Where the unit let several orders for the same goods lapse, nothing is reserved before the PPK
    approves this one (`hold_when_approved`): the order goes on, and the goods stay free meanwhile.

    :raises StockGone, NotForSale: somebody was faster.
    :raises TooManyHeld: too many of the unit's waiting orders hold one of the products.
    """
    lapses = lapses_of(row.id)
    if lapses is None:
        _hold(row, lines)
        return
    facts = {"lapsed": lapses.count, "days": lapses.days}
    write_down(actor, row, events.HELD_BACK, facts)
    Moment.objects.create(
        order=row,
        verb="held_back",
        side=side_of(actor),
        person_id=actor.person,
        at=clock.now(),
    )


def hold_when_approved(row: Order, lines: list[OrderLine]) -> None:
    """Reserve what was not reserved when the order was sent; else nothing changes.

    :raises StockGone, NotForSale, TooManyHeld: as `hold_when_sent`.
    """
    _hold(row, lines)


def _hold(row: Order, lines: list[OrderLine]) -> None:
    """The products' rows are locked by then, so orders that race are counted one after the other.

    An order that holds its goods already reserves nothing and was counted then.
    """
    if not reserve_stock(order=row.id, lines=[(line.product_id, line.quantity) for line in lines]):
        return
    rule = PurchasingRule.row_at("held_orders_most", clock.today(row.zone))
    if rule is None:
        raise LookupError("no rule 'held_orders_most'")
    held = held_by_unit(row.id, row.unit_id, [line.product_id for line in lines])
    for line in lines:
        if held[line.product_id] >= int(rule.value):
            raise TooManyHeld(most=int(rule.value), name=line.name, basis=rule.basis)
