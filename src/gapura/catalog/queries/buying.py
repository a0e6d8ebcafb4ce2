"""What orders need to know of products, and the unit's list to buy."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gapura.catalog.models import Reservation
from gapura.catalog.permissions import Can
from gapura.catalog.queries.buying_views import ChoiceView, Orderable, PriceReference
from gapura.catalog.queries.cards import CARD_COLUMNS, TABLES, always, card, columns, fetch
from gapura.catalog.queries.views import ProductCard
from gapura.catalog.rules import LONGEST_LIST
from gapura.catalog.words import DIVISIBLE
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

_MORE = ", p.current_id, v.tax_class"
_REFERENCE = """
    SELECT min(p.price), percentile_disc(0.5) WITHIN GROUP (ORDER BY p.price), max(p.price),
        count(*)
    FROM catalog_product p JOIN catalog_productversion v ON v.id = p.current_id,
        catalog_product mine JOIN catalog_productversion ours
        ON ours.id = coalesce(mine.current_id, mine.pending_id)
    WHERE mine.id = %(product)s AND p.category_id = mine.category_id
        AND v.unit = ours.unit AND p.state = 'listed'
"""
_CHOSEN = """
    JOIN catalog_choice o ON o.product_id = p.id WHERE o.unit = %(unit)s
    ORDER BY o.chosen_at DESC, o.id LIMIT %(most)s
"""
_QUANTITIES = """
    SELECT product_id, quantity FROM catalog_choice
    WHERE unit = %(unit)s AND product_id = ANY(%(wanted)s)
"""


def orderable(products: Iterable[UUID]) -> dict[UUID, Orderable]:
    """What each product is and costs now; unknown and never listed ones are left out. One query."""
    wanted = list(products)
    if not wanted:
        return {}
    sql = f"""{columns()}{_MORE}{TABLES}
        WHERE p.id = ANY(%(wanted)s) AND p.current_id IS NOT NULL"""
    found = {}
    for row in fetch(sql, always() | {"wanted": wanted}):
        one, (version, tax_class) = card(row[:CARD_COLUMNS]), row[CARD_COLUMNS:]
        found[one.id] = Orderable(
            product=one.id,
            version_id=version,
            name=one.name,
            company=one.company,
            company_name=one.company_name,
            category=one.category,
            price=one.price,
            tax_class=tax_class,
            unit=one.unit,
            divisible=one.unit in DIVISIBLE,
            stock_available=one.stock,
            state=one.state,
        )
    return found


def price_reference(product: UUID) -> PriceReference:
    """Prices of listed products of the same level-3 category and unit, this one included.

    The median is one of the prices (the lower one of two in the middle). One query.
    """
    ((lowest, median, highest, count),) = fetch(_REFERENCE, {"product": product})
    return PriceReference(lowest, median, highest, count)


def holding(orders: Collection[UUID]) -> frozenset[UUID]:
    """Which of these orders hold goods now. One query."""
    rows = Reservation.objects.filter(order__in=orders, closed_at__isnull=True)
    return frozenset(rows.values_list("order", flat=True))


def choices_of(actor: Actor) -> tuple[ChoiceView, ...]:
    """What the actor's unit has on its list to buy, newest first. One query.

    :raises Refused: for anyone but PP and PPK.
    """
    require(actor, Can.CHOOSE)
    values = always() | {"unit": _unit_of(actor), "most": LONGEST_LIST}
    rows = fetch(f"{columns()}, o.quantity, o.chosen_at {TABLES}{_CHOSEN}", values)
    return tuple(_choice(card(row[:CARD_COLUMNS]), *row[CARD_COLUMNS:]) for row in rows)


def _choice(one: ProductCard, quantity: Decimal, chosen_at: datetime) -> ChoiceView:
    return ChoiceView(
        product=one.id,
        name=one.name,
        company=one.company,
        company_name=one.company_name,
        price=one.price,
        quantity=quantity,
        unit=one.unit,
        stock=one.stock,
        state=one.state,
        picture=one.picture,
        chosen_at=chosen_at,
    )


def _unit_of(actor: Actor) -> str:
    return actor.grant.unit if actor.grant else ""


def chosen_by_unit(actor: Actor, products: Iterable[UUID]) -> dict[UUID, Decimal]:
    """The quantity of each of `products` that is on the unit's list; empty for non-buyers.

    One query, none for non-buyers.
    """
    wanted = list(products)
    if not wanted or not may(actor, Can.CHOOSE):
        return {}
    return dict(fetch(_QUANTITIES, {"unit": _unit_of(actor), "wanted": wanted}))
