"""Who holds how much of the catalog's goods in orders that wait, by this room's dated rules."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from gapura.catalog.queries import holding
from gapura.kernel import clock
from gapura.purchasing.models import Moment, Order, OrderLine, PurchasingRule
from gapura.purchasing.states import HOLDING, REVIEW_OVER


@dataclass(frozen=True, slots=True)
class Lapses:
    """Goods of a unit that its own office did not answer for in time: `count` orders in `days`."""

    names: tuple[str, ...]
    count: int
    days: int
    basis: str


def held_by_unit(order: UUID, unit: str, products: Collection[UUID]) -> Counter[UUID]:
    """How many other waiting orders of the unit hold each product. Two queries.

    Orders that the supplier has accepted do not count: they are contracts.
    """
    lines = OrderLine.objects.filter(
        order__unit=unit, order__state__in=HOLDING, product_id__in=list(products)
    )
    pairs = list(lines.exclude(order=order).values_list("order_id", "product_id"))
    holders = holding({key for key, _ in pairs})
    return Counter(product for key, product in pairs if key in holders)


def lapses_of(order: UUID) -> Lapses | None:
    """Why this order's goods are reserved only at its approval; None when they are at once.

    Orders of the unit for the same product that its own PPK left unanswered count: those that a
    supplier did not answer, or that ended in another way, do not. Up to three queries.
    """
    row = Order.objects.only("unit", "zone").get(pk=order)
    day = clock.today(row.zone)
    rule = PurchasingRule.row_at("lapsed_orders_most", day)
    if rule is None:
        raise LookupError(f"no rule 'lapsed_orders_most' on {day}")
    days = int(PurchasingRule.value_at("lapsed_orders_days", day))
    wanted = dict(OrderLine.objects.filter(order=order).values_list("product_id", "name"))
    lapsed = Moment.objects.filter(
        verb="lapse",
        at__gt=clock.now() - timedelta(days=days),
        order__unit=row.unit_id,
        order__state=REVIEW_OVER,
        order__lines__product_id__in=list(wanted),
    )
    counts = Counter(lapsed.values_list("order__lines__product_id", flat=True))
    often = {product: n for product, n in counts.items() if n >= int(rule.value)}
    if not often:
        return None
    names = tuple(wanted[product] for product in wanted if product in often)
    return Lapses(names, max(often.values()), days, rule.basis)
