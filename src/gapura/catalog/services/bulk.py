"""Loads many products at once, already in the catalog: for the demo and for moving in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.db import transaction

from gapura.audit.services import Subject, compose, record_all
from gapura.catalog import events
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import Claim, Picture, PricePoint, Product, ProductVersion, StockEvent
from gapura.catalog.permissions import Can
from gapura.catalog.queries.categories import category
from gapura.catalog.services.checking import Checked, check_fields
from gapura.catalog.services.drafts import amounts_problems
from gapura.catalog.services.hashing import hash_of
from gapura.catalog.services.indexing import index
from gapura.catalog.states import DRAFT, IN_REVIEW, NEEDS_FIX, PUBLISHED, REJECTED, VERIFIED
from gapura.documents.queries import hashes_of
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.queries import companies_named

# The state of the first version of a product that stands in this state; else published.
_VERSION_OF = {DRAFT: DRAFT, IN_REVIEW: IN_REVIEW, NEEDS_FIX: REJECTED}
_SHARE = 500


@dataclass(frozen=True, slots=True)
class ReadyProduct:
    """A product to load: `pictures` are documents, `labels` (kind, value, number) verified ones.

    `state` is any state of words.STATES; `reason` (a code) and `note` say why it is needs_fix,
    frozen or taken_down. `at` is when it was drafted, submitted and decided: now when None.
    """

    company: str
    fields: ProductFields
    price: Decimal
    stock: Decimal
    pictures: tuple[UUID, ...] = ()
    labels: tuple[tuple[str, Decimal | None, str], ...] = ()
    state: str = "listed"
    at: datetime | None = None
    person: UUID | None = None
    reason: str = ""
    note: str = ""


@dataclass(slots=True)
class _Rows:
    """What is inserted, table by table."""

    products: list[Product] = field(default_factory=list)
    versions: list[ProductVersion] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    prices: list[PricePoint] = field(default_factory=list)
    moves: list[StockEvent] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def load_products(*, actor: Actor, products: Iterable[ReadyProduct]) -> list[UUID]:
    """Add checked products in a few statements; answers their ids in the order given.

    Prices, stock, versions and labels get their first rows, the log one entry per product. For
    data that is brought in by the operator: states are taken as given, nobody is told.

    :raises Refused: for anyone but the system.
    :raises FieldProblems: for the first product whose fields, price or stock are wrong.
    """
    require(actor, Can.LOAD_PRODUCTS)
    given = list(products)
    companies = companies_named({one.company for one in given})
    hashes = hashes_of({document for one in given for document in one.pictures})
    rows, look_up = _Rows(), cache(category)
    for one in given:
        wrong = amounts_problems(one.fields.unit, one.price, one.stock)
        checked = check_fields(one.fields, companies[one.company].kblis, wrong, look_up)
        _arrange(rows, one, checked, hashes)
    with transaction.atomic():
        _insert(rows)
        _record(actor, rows.products)
    return [row.id for row in rows.products]


def _arrange(rows: _Rows, one: ReadyProduct, checked: Checked, hashes: Mapping[UUID, str]) -> None:
    """The rows of one product."""
    at = one.at or clock.now()
    product = _product(one, checked, at)
    version = _version(one, checked, product, at)
    if version.state != DRAFT:
        version.hash = hash_of(version, [hashes[document] for document in one.pictures])
    if version.state == PUBLISHED:
        product.current_id = version.id
    else:
        product.pending_id = version.id
    rows.products.append(product)
    rows.versions.append(version)
    rows.pictures += [
        Picture(version=version, document_id=document, position=position)
        for position, document in enumerate(one.pictures, start=1)
    ]
    rows.prices.append(
        PricePoint(product=product, amount=one.price, valid_from=at, person=one.person)
    )
    if one.stock:
        rows.moves.append(_first_stock(one, product, at))
    rows.claims += [_claim(label, product, at, one.person) for label in one.labels]


def _product(one: ReadyProduct, checked: Checked, at: datetime) -> Product:
    return Product(
        company_id=one.company,
        category_id=checked.fields.category,
        name=checked.fields.name,
        state=one.state,
        price=one.price,
        stock_supplied=one.stock,
        stock_available=one.stock,
        drafted_at=at,
        listed_at=None if one.state in _VERSION_OF else at,
        state_at=at,
        state_reason="" if one.state in _VERSION_OF else one.reason,
        state_note="" if one.state in _VERSION_OF else one.note,
    )


def _version(one: ReadyProduct, checked: Checked, product: Product, at: datetime) -> ProductVersion:
    state = _VERSION_OF.get(one.state, PUBLISHED)
    sent_back = state == REJECTED
    return ProductVersion(
        product=product,
        number=1,
        state=state,
        created_by=one.person,
        created_at=at,
        submitted_at=None if state == DRAFT else at,
        decided_at=at if state in {PUBLISHED, REJECTED} else None,
        reason=one.reason if sent_back else "",
        note=one.note if sent_back else "",
        **checked.columns(),
    )


def _first_stock(one: ReadyProduct, product: Product, at: datetime) -> StockEvent:
    return StockEvent(
        product=product,
        kind="set",
        quantity=one.stock,
        available_after=one.stock,
        reserved_after=0,
        at=at,
        by=one.person,
    )


def _claim(
    label: tuple[str, Decimal | None, str], product: Product, at: datetime, person: UUID | None
) -> Claim:
    kind, value, number = label
    return Claim(
        product=product,
        kind=kind,
        state=VERIFIED,
        value=value,
        number=number,
        claimed_by=person,
        claimed_at=at,
        decided_at=at,
    )


def _insert(rows: _Rows) -> None:
    """Products and versions point at each other; foreign keys are checked at the commit."""
    Product.objects.bulk_create(rows.products, _SHARE)
    ProductVersion.objects.bulk_create(rows.versions, _SHARE)
    Picture.objects.bulk_create(rows.pictures, _SHARE)
    PricePoint.objects.bulk_create(rows.prices, _SHARE)
    StockEvent.objects.bulk_create(rows.moves, _SHARE)
    Claim.objects.bulk_create(rows.claims, _SHARE)
    index([row.id for row in rows.products])


def _record(actor: Actor, products: list[Product]) -> None:
    record_all(
        events.PRODUCTS_LOADED,
        (
            compose(
                actor,
                events.PRODUCTS_LOADED,
                Subject("product", str(row.id), row.name),
                facts={
                    "name": row.name,
                    "company": row.company_id,
                    "price": str(row.price),
                    "state": row.state,
                },
            )
            for row in products
        ),
    )
