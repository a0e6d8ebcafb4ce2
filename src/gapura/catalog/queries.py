"""Reads of the catalog as the actor may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from gapura.catalog.errors import NoSuchProduct
from gapura.catalog.models import Category, Choice, Product
from gapura.catalog.permissions import Can
from gapura.catalog.rules import (
    CURATORS,
    LONGEST_LIST,
    LONGEST_NAME,
    MOST_PIECES,
    MOST_RUPIAH,
    SHORTEST_NAME,
)
from gapura.kernel.actor import Actor
from gapura.kernel.money import Rupiah
from gapura.kernel.permissions import may, require

__all__ = [
    "LONGEST_LIST",
    "LONGEST_NAME",
    "MOST_PIECES",
    "MOST_RUPIAH",
    "PAGE",
    "SHORTEST_NAME",
    "CategoryView",
    "ChoiceView",
    "Only",
    "ProductPage",
    "ProductView",
    "categories",
    "choices_of",
    "chosen_by_unit",
    "product_for",
    "products_for",
    "waiting",
]

PAGE = 24
_MOST_WORDS = 8


class Only(StrEnum):
    """A part of what the actor may see: all, the own company's, what waits for the curator."""

    ALL = ""
    OWN = "own"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class ProductView:
    """One product; `company` is the code, `mine` says it is the actor's company's."""

    id: UUID
    name: str
    price: Decimal
    category: str
    company: str
    company_name: str
    listed: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category in the current language, with how many products were found in it."""

    code: str
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One line of the unit's list to buy."""

    product: UUID
    name: str
    company_name: str
    price: Decimal
    quantity: Decimal
    chosen_at: datetime

    @property
    def total(self) -> Rupiah:
        """Price times quantity, in whole rupiah."""
        return Rupiah(self.price).times(self.quantity)


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One page of the list and how many there are in all; `found` counts them by category."""

    products: tuple[ProductView, ...]
    total: int
    found: tuple[CategoryView, ...]


def _language_column() -> str:
    return "name_en" if get_language() == "en" else "name_id"


def _visible(actor: Actor) -> QuerySet[Product]:
    if actor.role in CURATORS:
        return Product.objects.all()
    company = actor.grant.company if actor.grant else ""
    seen = Q(listed_at__isnull=False)
    if company:
        seen |= Q(company_id=company)
    return Product.objects.filter(seen)


def _views(actor: Actor, rows: QuerySet[Product]) -> list[ProductView]:
    company = actor.grant.company if actor.grant else ""
    values = rows.values_list(
        "id",
        "name",
        "price",
        f"category__{_language_column()}",
        "company_id",
        "company__name",
        "listed_at",
    )
    return [
        ProductView(
            id=row[0],
            name=row[1],
            price=row[2],
            category=row[3],
            company=row[4],
            company_name=row[5],
            listed=row[6] is not None,
            mine=bool(company) and row[4] == company,
        )
        for row in values
    ]


def products_for(
    actor: Actor, text: str = "", category: str = "", page: int = 1, only: Only = Only.ALL
) -> ProductPage:
    """What the actor may see, by name; 24 a page, every word of `text` in name or company.

    Two queries.

    :raises Refused: without any role.
    """
    require(actor, Can.LIST)
    rows = _visible(actor)
    for word in text.split()[:_MOST_WORDS]:
        rows = rows.filter(Q(name__icontains=word) | Q(company__name__icontains=word))
    if only == Only.UNLISTED:
        rows = rows.filter(listed_at__isnull=True)
    if only == Only.OWN:
        rows = rows.filter(company_id=actor.grant.company if actor.grant else "")
    found = _by_category(rows)
    total = sum(c.count for c in found if category in ("", c.code))
    if category:
        rows = rows.filter(category_id=category)
    first = (max(page, 1) - 1) * PAGE
    views = _views(actor, rows.order_by("name", "id")[first : first + PAGE]) if total else []
    return ProductPage(tuple(views), total, found)


def _by_category(rows: QuerySet[Product]) -> tuple[CategoryView, ...]:
    name = f"category__{_language_column()}"
    counted = rows.values_list("category_id", name).annotate(n=Count("id")).order_by(name)
    return tuple(CategoryView(*row) for row in counted)


def product_for(actor: Actor, product: UUID) -> ProductView:
    """One product.

    :raises NoSuchProduct: when it is not there, not listed or another company's.
    """
    views = _views(actor, Product.objects.filter(pk=product))
    if not views or not may(actor, Can.SEE, views[0]):
        raise NoSuchProduct()
    return views[0]


def categories() -> tuple[CategoryView, ...]:
    """Every category, by its name in the current language."""
    column = _language_column()
    rows = Category.objects.order_by(column).values_list("code", column)
    return tuple(CategoryView(*row) for row in rows)


def _unit_of(actor: Actor) -> str:
    return actor.grant.unit if actor.grant else ""


def choices_of(actor: Actor) -> tuple[ChoiceView, ...]:
    """What the actor's unit has on its list to buy, newest first.

    :raises Refused: for anyone but PP and PPK.
    """
    require(actor, Can.CHOOSE)
    rows = Choice.objects.filter(unit=_unit_of(actor)).order_by("-chosen_at", "id")
    values = rows.values_list(
        "product_id",
        "product__name",
        "product__company__name",
        "product__price",
        "quantity",
        "chosen_at",
    )
    return tuple(ChoiceView(*row) for row in values[:LONGEST_LIST])


def chosen_by_unit(actor: Actor, products: Iterable[UUID]) -> dict[UUID, Decimal]:
    """The quantity of each of `products` that is on the unit's list; empty for non-buyers."""
    wanted = list(products)
    if not wanted or not may(actor, Can.CHOOSE):
        return {}
    rows = Choice.objects.filter(unit=_unit_of(actor), product_id__in=wanted)
    return dict(rows.values_list("product_id", "quantity"))


def waiting(actor: Actor) -> int:
    """Uploaded products that wait for the curator, for the home page; 0 for others."""
    if actor.role not in CURATORS:
        return 0
    return Product.objects.filter(listed_at__isnull=True).count()
