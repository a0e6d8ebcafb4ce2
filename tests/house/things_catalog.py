"""Things of the catalog for the walk: products in three states, their pictures, a label."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID

from PIL import Image

from gapura.catalog import services
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import Claim, Picture, Product
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import COMPANY
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import acting
from gapura.organizations.models import CompanyKbli

Things = dict[str, object]

CATEGORY = "atk.kertas.hvs"
_STATES = {
    "in the catalog": "listed",
    "of penyedia in review": "in_review",
    "of penyedia being written": "draft",
}


def _photo(label: str) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (320, 320), (len(label), 90, 90)).save(kept, "PNG")
    return kept.getvalue()


def _product(label: str) -> UUID:
    """The one of that label, made when it is first asked for."""
    name = f"Kertas {label}"
    found = Product.objects.filter(name=name).values_list("id", flat=True).first()
    return found or _made(label, name)


def _made(label: str, name: str) -> UUID:
    CompanyKbli.objects.get_or_create(company_id=COMPANY, kbli="46491")
    seller = acting(persona_id("penyedia"))
    fields = ProductFields(
        name=name,
        category=CATEGORY,
        description="Kertas putih untuk mencetak.",
        attributes={"weight": "80", "size": "A4"},
        unit="ream",
    )
    product = services.draft_product(
        actor=seller, fields=fields, price=Decimal(100), stock=Decimal(50)
    )
    services.add_picture(actor=seller, product=product, name="a.png", content=_photo(label))
    if _STATES[label] != "draft":
        services.submit_product(actor=seller, product=product)
    if _STATES[label] == "listed":
        version = Product.objects.values_list("pending_id", flat=True).get(pk=product)
        assert version is not None
        curator = acting(persona_id("kurator"))
        services.approve_product(actor=curator, product=product, version=version)
    return product


def _products() -> Things:
    return {label: _product(label) for label in _STATES}


def _pictures() -> Things:
    return {
        label: Picture.objects.filter(version__product=_product(label)).latest("id").document_id
        for label in ("in the catalog", "of penyedia being written")
    }


def _claims() -> Things:
    product = _product("in the catalog")
    if not Claim.objects.filter(product=product).exists():
        seller = acting(persona_id("penyedia"))
        paper = letter_pdf("Badan Standardisasi", "7/SNI", "Sertifikat SNI", ("Sah.",), "Kepala")
        services.claim_label(
            actor=seller,
            product=product,
            kind="sni",
            number="7/SNI/2026",
            valid_to=clock.today() + timedelta(days=365),
            evidence=receive(actor=seller, name="sni.pdf", content=paper),
        )
    return {"that waits": Claim.objects.get(product=product).id}


_NOTE = "Ukurannya tidak sesuai dengan keterangan."
_CHANGED: dict[str, object] = {
    "name": "Kertas yang diubah",
    "description": "Kertas putih untuk mencetak dua sisi.",
    "attribute.weight": "75",
    "attribute.size": "A4",
    "unit": "ream",
    "origin": "local",
    "tax_class": "ppn",
}
FORMS: dict[str, dict[str, object]] = {
    "choose-product": {"quantity": "2"},
    "upload-product": {**_CHANGED, "price": "52.000"},
    "edit-product": _CHANGED,
    "set-price": {"amount": "95"},
    "set-stock": {"quantity": "7"},
    "claim-label": {"kind": "pdn"},
    "reject-product": {"reason": "unclear_name", "note": _NOTE},
    "freeze-product": {"reason": "other", "note": _NOTE},
    "unfreeze-product": {"note": _NOTE},
    "take-down-product": {"reason": "other", "note": _NOTE},
    "reject-claim": {"reason": "other", "note": _NOTE},
}
MAKERS: dict[str, Callable[[], Things]] = {
    "product_id": _products,
    "document_id": _pictures,
    "claim_id": _claims,
    "category": lambda: {"printing paper": CATEGORY, "of no kind": "nothing"},
    "size": lambda: {"small": "small", "of no size": "huge"},
}
