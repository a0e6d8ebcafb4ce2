"""A small world of goods: two companies, a curator, buyers, and categories of three levels."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from gapura.catalog import services
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import Category, Picture, Product
from gapura.catalog.services import reference
from gapura.documents.models import Content, Document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.models import Company, CompanyKbli
from tests.access import world
from tests.web.people import holder

KBLI = "46491"
PAPER, LAPTOP = "office.paper.printing", "office.computer.laptop"
_SCHEMA = [
    {
        "code": "weight",
        "label_id": "Gramatur",
        "label_en": "Weight",
        "kind": "number",
        "unit": "g",
        "required": True,
    },
    {
        "code": "size",
        "label_id": "Ukuran",
        "label_en": "Size",
        "kind": "choice",
        "choices": ["A4", "F4"],
    },
    {"code": "recycled", "label_id": "Daur ulang", "label_en": "Recycled", "kind": "yes_no"},
    {"code": "series", "label_id": "Seri", "label_en": "Series", "kind": "text"},
]
_CATEGORIES: tuple[tuple[Any, ...], ...] = (
    ("office", None, 1, "Kantor", "Office", [], []),
    ("office.paper", "office", 2, "Kertas", "Paper", [], []),
    (PAPER, "office.paper", 3, "Kertas cetak", "Printing paper", ["4649"], _SCHEMA),
    ("office.computer", "office", 2, "Komputer", "Computers", [], []),
    (LAPTOP, "office.computer", 3, "Laptop", "Laptops", [], []),
    ("medical", None, 1, "Kesehatan", "Health", [], []),
    ("medical.drug", "medical", 2, "Obat", "Drugs", [], []),
    ("medical.drug.tablet", "medical.drug", 3, "Tablet", "Tablets", ["21012"], []),
)
FIELDS = ProductFields(
    name="Kertas A4 80 gram",
    category=PAPER,
    description="Kertas putih untuk mencetak, satu rim 500 lembar.",
    attributes={"weight": "80", "size": "A4"},
    unit="ream",
    brand="Sinar",
)
_numbers = count(1)


def places() -> None:
    """Places of the access world, categories, and the dated rules of the catalog."""
    world.places()
    reference._load_rules()
    for code, parent, level, name_id, name_en, kblis, schema in _CATEGORIES:
        Category.objects.create(
            code=code,
            parent_id=parent,
            level=level,
            name_id=name_id,
            name_en=name_en,
            kblis=kblis,
            schema=schema,
        )


def acting(role: str, place: str = "") -> Actor:
    """Somebody new with that role, signed in with the app."""
    return world.actor(holder(role, place))


def seller(company: str = "PT1", role: str = "admin_perusahaan") -> Actor:
    """Somebody of a company that may sell paper."""
    actor = acting(role, company)
    CompanyKbli.objects.get_or_create(company_id=company, kbli=KBLI)
    return actor


def fields(**changed: object) -> ProductFields:
    """The paper with some fields changed."""
    return replace(FIELDS, **changed)  # type: ignore[arg-type]


def laptop(name: str = "Laptop 14 inci", **changed: object) -> ProductFields:
    """Something else that any company may sell."""
    plain: dict[str, object] = {
        "category": LAPTOP,
        "description": "Komputer jinjing untuk bekerja, garansi tiga tahun.",
        "attributes": {},
        "unit": "piece",
    }
    return fields(**{"name": name, **plain, **changed})


def picture(person: UUID) -> UUID:
    """A document of purpose picture, as the gate leaves it."""
    digest = sha256(b"picture %d" % next(_numbers)).hexdigest()
    content = Content.objects.create(
        sha256=digest, media_type="image/webp", size=9, page_count=1, gate=1
    )
    row = Document.objects.create(
        content=content,
        name="foto.webp",
        purpose="picture",
        uploaded_by=person,
        uploaded_at=clock.now(),
    )
    return row.id


def evidence(person: UUID, purpose: str = "letter") -> UUID:
    """A certificate that somebody handed in."""
    document = Document.objects.get(pk=picture(person))
    Document.objects.filter(pk=document.pk).update(purpose=purpose)
    return document.id


def draft(
    actor: Actor,
    what: ProductFields = FIELDS,
    *,
    price: int = 52_000,
    stock: int = 100,
    pictured: bool = True,
) -> UUID:
    """A draft with a picture."""
    product = services.draft_product(
        actor=actor, fields=what, price=Decimal(price), stock=Decimal(stock)
    )
    if pictured:
        version = Product.objects.get(pk=product).pending
        Picture.objects.get_or_create(
            version=version, position=1, defaults={"document_id": picture(actor.who)}
        )
    return product


def submitted(actor: Actor, what: ProductFields = FIELDS, **more: Any) -> UUID:
    """A draft handed to the curators."""
    product = draft(actor, what, **more)
    services.submit_product(actor=actor, product=product)
    return product


def pending_of(product: UUID) -> UUID:
    """The id of the version being written or reviewed."""
    found = Product.objects.values_list("pending_id", flat=True).get(pk=product)
    assert found is not None
    return found


def approve(curator: Actor, product: UUID) -> None:
    """What the curator does with what waits."""
    services.approve_product(actor=curator, product=product, version=pending_of(product))


def listed(actor: Actor, curator: Actor, what: ProductFields = FIELDS, **more: Any) -> UUID:
    """A product in the catalog."""
    product = submitted(actor, what, **more)
    approve(curator, product)
    return product


def company(code: str = "PT1") -> Company:
    """The row of a company."""
    return Company.objects.get(pk=code)


def whole(amount: Decimal | None) -> int:
    """An amount that has no fraction, to be compared with plain numbers."""
    assert amount is not None
    assert amount == int(amount)
    return int(amount)
