"""What the curators' queries answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.catalog.queries.buying_views import PriceReference
from gapura.catalog.queries.views import ClaimView, ProductCard, ProductDetail, VersionView


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One version that waits for the curator; `update` when the product is in the catalog.

    `name` and `picture` are those of the waiting version, `card` tells how the product stands now.
    """

    card: ProductCard
    version: UUID
    number: int
    name: str
    picture: UUID | None
    update: bool
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Versions, oldest first, and how many in all; `claims` are products whose labels wait."""

    rows: tuple[QueueRow, ...]
    total: int
    claims: tuple[ProductCard, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the new version changes: both values as read."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The version in review beside the published one (None for a new product)."""

    product: ProductDetail
    old: VersionView | None
    new: VersionView
    differences: tuple[Difference, ...]
    reference: PriceReference


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """One label and the product that is said to have it."""

    product: ProductDetail
    claim: ClaimView
