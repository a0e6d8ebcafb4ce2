"""What queries of the catalog answer: small frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gapura.catalog.attributes import Attribute, Value


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `category` of any level; prices in rupiah, both ends included.

    `labels` must all be verified (keys of words.LABELS); `sort` is "" (rank, or newest without
    text), "cheap", "dear", "newest" or "name". `company` limits to one company's products.
    """

    text: str = ""
    category: str = ""
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    labels: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1
    company: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules ask of a product: its company's code and its state."""

    company: str
    state: str


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """What the rules ask of one version; `ordered` when it stands in an order the actor sees."""

    company: str
    version_state: str
    ordered: bool


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A version as it was, with the names around it; `product_open` if its product's page is."""

    version: "VersionView"
    company: str
    company_name: str
    product_state: str
    product_open: bool


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category in the current language; `count` products were found in it and below it."""

    code: str
    name: str
    level: int = 3
    parent: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class CategoryDetail:
    """One category with what its products must tell; `path` are the names from level 1 on."""

    code: str
    name: str
    level: int
    parent: str
    path: tuple[str, ...]
    kblis: tuple[str, ...]
    schema: tuple[Attribute, ...]
    tax_class: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One product in a list. `category` is a code, `picture` a document id for the thumbnail.

    `price` in rupiah without tax, `stock` what is free to be ordered now, in `unit`
    (words.UNITS). `labels` are the verified ones, as codes of words.LABELS.
    """

    id: UUID
    name: str
    price: Decimal
    category: str
    category_name: str
    company: str
    company_name: str
    picture: UUID | None
    labels: tuple[str, ...]
    stock: Decimal
    unit: str
    state: str

    @property
    def listed(self) -> bool:
        """Can be ordered."""
        return self.state == "listed"


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One page of a list and how many there are in all.

    `facets` are the categories of every level that hold something for this search, with counts,
    in the order of the tree.
    """

    products: tuple[ProductCard, ...]
    total: int
    facets: tuple[CategoryView, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeShown:
    """One property as it is read: label and value in the current language."""

    code: str
    label: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture by its document."""

    document: UUID
    position: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A label; `state` is claimed, verified, rejected or (by date) expired."""

    id: UUID
    kind: str
    state: str
    value: Decimal | None
    number: str
    valid_to: date | None
    evidence: UUID | None
    claimed_at: datetime
    decided_at: datetime | None
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class PriceView:
    """A price in rupiah from one moment on; `previous` is None for the first."""

    amount: Decimal
    previous: Decimal | None
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """What a product is or was; never changes once it was submitted. `hash` is SHA-256 in hex."""

    id: UUID
    product: UUID
    number: int
    state: str
    category: str
    category_name: str
    name: str
    description: str
    attributes: tuple[AttributeShown, ...]
    values: Mapping[str, Value]
    unit: str
    tax_class: str
    origin: str
    brand: str
    pictures: tuple[PictureView, ...]
    created_at: datetime
    submitted_at: datetime | None
    hash: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """One product in full, as the actor may see it.

    `version` is what buyers see; `pending` the one being written, reviewed or sent back, for the
    own company and curators only. Before the first approval both are the same. `price_history` is
    newest first. `reserved` and `consumed` are 0 for others than the own company. `can` are the
    verbs that the actor may do now: choose, save, submit, resubmit, withdraw, relist, set_price,
    set_stock, add_picture, remove_picture, claim, review, approve, reject, freeze, unfreeze,
    take_down, verify_claim.
    """

    card: ProductCard
    version: VersionView
    pending: VersionView | None
    category_path: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    price_history: tuple[PriceView, ...]
    reserved: Decimal
    consumed: Decimal
    listed_at: datetime | None
    state_reason: str
    state_note: str
    state_at: datetime | None
    mine: bool
    can: frozenset[str] = field(default_factory=frozenset)

    @property
    def id(self) -> UUID:
        """The product's id."""
        return self.card.id

    @property
    def name(self) -> str:
        """The name it has now."""
        return self.card.name

    @property
    def state(self) -> str:
        """A key of words.STATES."""
        return self.card.state

    @property
    def company(self) -> str:
        """Code of the company that offers it."""
        return self.card.company

    @property
    def listed(self) -> bool:
        """Can be ordered."""
        return self.card.listed
