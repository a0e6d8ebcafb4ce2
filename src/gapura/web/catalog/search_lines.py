"""Products of the list as its cards show them: texts ready, because a page has two dozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gapura.catalog.queries import LABELS, UNITS, ProductCard
from gapura.web.catalog.looks import SHORT_LABELS
from gapura.web.shell.display import quantity, rupiah, tr
from gapura.web.shell.states import PRODUCTS


@dataclass(frozen=True, slots=True)
class Line:
    """One card. `picture` is an address or empty, `state` a word only where it is not listed.

    `labels` are (short, whole name); `chosen` is the quantity on the unit's list, or empty.
    """

    id: str
    name: str
    price: str
    unit: str
    company: str
    picture: str
    stock: str
    labels: tuple[tuple[str, str], ...]
    state: str
    color: str
    chosen: str


def lines(products: Iterable[ProductCard], chosen: Mapping[UUID, Decimal]) -> list[Line]:
    """The cards of one page."""
    return [_line(card, chosen.get(card.id)) for card in products]


def _line(card: ProductCard, chosen: Decimal | None) -> Line:
    word, color = ("", "") if card.listed else PRODUCTS[card.state]
    return Line(
        id=str(card.id),
        name=card.name,
        price=rupiah(card.price),
        unit=tr(UNITS[card.unit]),
        company=card.company_name,
        picture=f"/catalog/pictures/{card.picture}/small" if card.picture else "",
        stock=quantity(card.stock) if card.stock else "",
        labels=tuple((SHORT_LABELS[code], tr(LABELS[code])) for code in card.labels),
        state=tr(word),
        color=color,
        chosen=quantity(chosen) if chosen is not None else "",
    )
