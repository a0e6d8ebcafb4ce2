"""The catalog in a real browser: readable by everyone on a phone and a wide screen."""

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PIL import Image, ImageDraw

from gapura.catalog import services
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import Claim
from gapura.kernel.actor import Actor
from tests.catalog import goods
from tests.web.browser import SESSION
from tests.web.browser import Browser as Client
from tests.web.looking import faults
from tests.web.people import signed_in
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import Browser

LONG = "Kertas fotokopi F4 70 gram putih cerah untuk pencetakan dua sisi, isi 500 lembar per rim"


def drawn(color: str) -> bytes:
    kept = BytesIO()
    picture = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(picture).ellipse((120, 60, 520, 420), fill=color)
    picture.save(kept, "PNG")
    return kept.getvalue()


def pictured(seller: Actor, what: ProductFields, color: str, **more: int) -> UUID:
    product = goods.draft(seller, what, pictured=False, **more)
    services.add_picture(actor=seller, product=product, name="a.png", content=drawn(color))
    services.submit_product(actor=seller, product=product)
    return product


def stocked(seller: Actor, curator: Actor) -> dict[str, UUID]:
    """Products in several states, with pictures, changes, labels and a note."""
    made = {
        "paper": pictured(seller, goods.FIELDS, "teal"),
        "long": pictured(seller, goods.fields(name=LONG), "orange", price=61_500),
        "laptop": pictured(seller, goods.laptop(), "navy", price=13_250_000, stock=0),
        "waiting": pictured(seller, goods.fields(name="Kertas A3"), "brown"),
        "back": pictured(seller, goods.fields(name="Kertas buram"), "gray"),
    }
    for name in ("paper", "long", "laptop"):
        goods.approve(curator, made[name])
    services.reject_product(
        actor=curator,
        product=made["back"],
        version=goods.pending_of(made["back"]),
        reason_code="unclear_name",
        note="Sebutkan ukuran dan gramatur.",
    )
    services.set_price(actor=seller, product=made["paper"], amount=Decimal(49_500))
    changed = goods.fields(name="Kertas A4 75 gram", attributes={"weight": "75", "size": "A4"})
    services.save_version(actor=seller, product=made["paper"], fields=changed)
    services.submit_product(actor=seller, product=made["paper"])
    services.claim_label(actor=seller, product=made["long"], kind="pdn")
    made["draft"] = goods.draft(seller, goods.laptop("Laptop 16 inci"), pictured=False)
    return made


def pages(made: dict[str, UUID], claim: UUID) -> dict[str, list[str]]:
    """What each role opens."""
    one = {name: f"/catalog/{product}" for name, product in made.items()}
    return {
        "pp": [
            "/catalog?price_from=1",
            "/catalog?text=zzz",
            one["paper"],
            one["laptop"],
            "/catalog/chosen",
        ],
        "staf_perusahaan": [
            "/catalog/mine",
            "/catalog/upload",
            "/catalog/upload?text=kertas",
            f"/catalog/upload/{goods.PAPER}",
            one["paper"],
            one["draft"],
            one["back"],
            f"{one['back']}/edit",
            f"{one['long']}/price",
            f"{one['long']}/stock",
            f"{one['long']}/pictures",
            f"{one['draft']}/pictures",
            f"{one['long']}/labels",
            f"{one['long']}/withdraw",
        ],
        "kurator": [
            "/catalog/review",
            f"{one['waiting']}/review",
            f"{one['paper']}/review",
            one["long"],
            f"{one['long']}/freeze",
            f"/catalog/claims/{claim}",
        ],
    }


@pytest.mark.django_db(transaction=True)
def test_every_page_is_readable_at_both_widths(
    chrome: "Browser", seller: Actor, curator: Actor
) -> None:
    made = stocked(seller, curator)
    clients = {
        "pp": signed_in("pp"),
        "staf_perusahaan": signed_in("staf_perusahaan", "PT1"),
        "kurator": signed_in("kurator"),
    }
    for name in ("paper", "laptop"):
        path = f"/catalog/{made[name]}"
        clients["pp"].submit(f"{path}/choose", path, quantity="3")
    wrong: list[object] = []
    with served() as address:
        for role, paths in pages(made, Claim.objects.get().id).items():
            context = chrome.new_context(locale="id-ID")
            context.add_cookies([_cookie(clients[role], address)])
            sheet = context.new_page()
            for path in paths:
                wrong += faults(sheet, address, path, role)
            context.close()
    assert wrong == []


def _cookie(client: Client, address: str) -> "SetCookieParam":
    value = client.cookies[SESSION].value
    return {"name": SESSION, "value": value, "url": address}
