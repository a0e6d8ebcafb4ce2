"""One product in full, as the actor may see it."""

from typing import Any
from uuid import UUID

from gapura.catalog.errors import NoSuchProduct
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import PricePoint, Product, ProductVersion, StockEvent
from gapura.catalog.permissions import Can
from gapura.catalog.queries.cards import CARD_COLUMNS, TABLES, always, card, columns, fetch
from gapura.catalog.queries.categories import name_column
from gapura.catalog.queries.labels import claims_of
from gapura.catalog.queries.own_views import StockMove
from gapura.catalog.queries.verbs import verbs_of
from gapura.catalog.queries.versions import versions
from gapura.catalog.queries.views import (
    PriceView,
    ProductCard,
    ProductDetail,
    Seen,
    VersionView,
)
from gapura.catalog.states import DRAFT
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.prepared import Prepared

_MOST_MOVES = 100
_MOST_PRICES = 50
_MORE = """,
    g1.{name}, g2.{name}, p.current_id, p.pending_id, p.stock_reserved, p.stock_consumed,
    p.listed_at, p.state_reason, p.state_note, p.state_at
"""
_PARENTS = """
    LEFT JOIN catalog_category g2 ON g2.code = g.parent_id
    LEFT JOIN catalog_category g1 ON g1.code = g2.parent_id
"""
_PRICES = Prepared(
    lambda product: (
        PricePoint.objects.filter(product=product)
        .order_by("-valid_from", "-id")
        .values_list("amount", "previous", "valid_from")[:_MOST_PRICES]
    ),
    UUID(int=1),
)


def product_for(actor: Actor, product: UUID) -> ProductDetail:
    """One product in full, and what the actor may do with it now. Five queries.

    :raises NoSuchProduct: when it is not there, not listed or another company's.
    """
    sql = f"{columns()}{_MORE.format(name=name_column())}{TABLES}{_PARENTS} WHERE p.id = %(id)s"
    rows = fetch(sql, always() | {"id": product})
    if not rows:
        raise NoSuchProduct()
    found = card(rows[0][:CARD_COLUMNS])
    if not may(actor, Can.SEE, Seen(found.company, found.state)):
        raise NoSuchProduct()
    return _detail(actor, found, rows[0][CARD_COLUMNS:])


def _versions(
    product: UUID, current: UUID | None, pending: UUID | None, *, mine: bool
) -> tuple[VersionView, VersionView | None]:
    """What is shown, and what waits beside it; what is being written is its company's only."""
    both = versions(current, pending)
    waiting = both[pending] if pending else None
    if mine or waiting is None or waiting.state != DRAFT:
        shown = current or pending
    else:
        sent, waiting = ProductVersion.objects.exclude(state=DRAFT).filter(product=product), None
        shown = current or sent.order_by("-number").values_list("id", flat=True).first()
        both = both if current else versions(shown)
    if shown is None:
        raise NoSuchProduct()
    return both[shown], waiting


def _detail(actor: Actor, found: ProductCard, more: tuple[Any, ...]) -> ProductDetail:
    first, second, current, pending, reserved, consumed, listed_at, reason, note, at = more
    seen = Seen(found.company, found.state)
    mine = actor.grant is not None and actor.grant.company == found.company
    inside = mine or may(actor, Can.REVIEW, seen)
    shown, waiting = _versions(found.id, current, pending, mine=mine)
    return ProductDetail(
        card=found,
        version=shown,
        pending=waiting if inside else None,
        category_path=(*(name for name in (first, second) if name), found.category_name),
        claims=claims_of(found.id, inside=inside, origin=shown.origin),
        price_history=tuple(PriceView(*row) for row in _PRICES.rows(found.id)),
        reserved=reserved if mine else reserved * 0,
        consumed=consumed if mine else consumed * 0,
        listed_at=listed_at,
        state_reason=reason,
        state_note=note if inside else "",
        state_at=at,
        mine=mine,
        can=verbs_of(actor, seen, waiting.state if waiting else ""),
    )


def fields_of(actor: Actor, product: UUID) -> ProductFields:
    """What the form to change a product begins with: the draft, else the newest version.

    :raises NoSuchProduct: for one the actor cannot see.
    :raises Refused: for another company's.
    """
    rows = Product.objects.select_related("current", "pending").filter(pk=product)
    row = rows.first()
    if row is None or not may(actor, Can.SEE, Seen(row.company_id, row.state)):
        raise NoSuchProduct()
    require(actor, Can.SAVE, Seen(row.company_id, row.state))
    version = row.pending or row.current
    assert version is not None  # noqa: S101 - a product is made together with its first version
    return ProductFields(
        name=version.name,
        category=version.category_id,
        description=version.description,
        attributes=version.attributes,
        unit=version.unit,
        tax_class=version.tax_class,
        origin=version.origin,
        brand=version.brand,
    )


def stock_history(actor: Actor, product: UUID) -> tuple[StockMove, ...]:
    """Movements of the own company's stock, newest first; at most 100.

    :raises NoSuchProduct: for one the actor cannot see.
    :raises Refused: for another company's.
    """
    row = Product.objects.filter(pk=product).values_list("company_id", "state").first()
    if row is None or not may(actor, Can.SEE, Seen(*row)):
        raise NoSuchProduct()
    require(actor, Can.SET_STOCK, Seen(*row))
    moves = StockEvent.objects.filter(product=product).order_by("-at", "-id")
    columns = ("kind", "quantity", "available_after", "reserved_after", "order", "at")
    return tuple(StockMove(*move) for move in moves.values_list(*columns)[:_MOST_MOVES])
