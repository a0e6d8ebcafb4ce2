"""What others get to see of many orders at once: boards, figures, and the list to buy, priced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of a board. `next` is a message id of what happens next, `mine` if by the reader."""

    id: UUID
    reference: str
    state: str
    state_name: str
    delivery: str
    unit_name: str
    company_name: str
    total: Decimal
    zone: str
    due_at: datetime | None
    changed_at: datetime
    next: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a board; `name` is a message id."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the actor's orders under `tab`; `counts` by tab, also the empty ones."""

    tab: str
    tabs: tuple[Tab, ...]
    counts: Mapping[str, int]
    rows: tuple[OrderRow, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a home page says of the orders that have not ended: how many, and how many by whom.

    `mine` wait for the reader.
    """

    mine: int
    open: int


@dataclass(frozen=True, slots=True)
class BasketView:
    """What the unit's list has from one company, priced now, before an order is made of it."""

    company: str
    company_name: str
    lines: tuple["BasketLine", ...]
    base: Decimal
    tax: Decimal
    total: Decimal
    ceiling: Decimal
    ceiling_basis: str
    office: str


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One product of the list to buy; `problem` is a message id why it cannot be ordered now.

    `open` when its page opens for the reader.
    """

    product: UUID
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    stock: Decimal
    problem: str
    open: bool
