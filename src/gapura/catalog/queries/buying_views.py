"""What queries for buyers and their orders answer."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gapura.kernel.money import Rupiah


@dataclass(frozen=True, slots=True)
class PriceReference:
    """Prices of listed products of the same level-3 category and unit, in rupiah; None for none."""

    lowest: Decimal | None
    median: Decimal | None
    highest: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Orderable:
    """What an order needs to know of a product now; `state` must be `listed` to order it."""

    product: UUID
    version_id: UUID
    name: str
    company: str
    company_name: str
    category: str
    price: Decimal
    tax_class: str
    unit: str
    divisible: bool
    stock_available: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One line of the unit's list to buy; `price` is the present one."""

    product: UUID
    name: str
    company: str
    company_name: str
    price: Decimal
    quantity: Decimal
    unit: str
    stock: Decimal
    state: str
    picture: UUID | None
    chosen_at: datetime

    @property
    def total(self) -> Rupiah:
        """Price times quantity, in whole rupiah."""
        return Rupiah(self.price).times(self.quantity)
