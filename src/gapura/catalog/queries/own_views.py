"""What queries for a company about its own products answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gapura.catalog.queries.views import ProductCard


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One product on the company's own board; `pending` is the state of a newer version, or ""."""

    card: ProductCard
    pending: str
    reason: str
    note: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page of the board and how many products there are in each state."""

    rows: tuple[OwnRow, ...]
    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StockMove:
    """One movement of stock; `kind` is set, reserve, release or consume."""

    kind: str
    quantity: Decimal
    available_after: Decimal
    reserved_after: Decimal
    order: UUID | None
    at: datetime
