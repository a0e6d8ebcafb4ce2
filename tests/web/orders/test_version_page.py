"""/catalog/products/<id>/versions/<n>: what was ordered stays readable for those it concerns."""

from uuid import UUID

import pytest

from gapura.catalog.models import Picture, Product, ProductVersion
from gapura.catalog.services import withdraw_product
from gapura.documents.store import STORE, preview_key
from tests.purchasing.shop import Shop
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


def page_of(product: UUID, number: int = 1) -> str:
    return f"/catalog/products/{product}/versions/{number}"


def seen_picture(product: UUID) -> UUID:
    """The product's picture, with something to send for it."""
    document = Picture.objects.filter(version__product=product).latest("id").document
    STORE.put({preview_key(document.content_id, 1): b"pixels"})
    return document.id


def withdrawn(shop: Shop) -> tuple[UUID, UUID]:
    """An order that runs, of a product that its company has taken out of the catalog."""
    product = shop.product(name="Kertas lama")
    order = shop.until("ship", product=product)
    withdraw_product(actor=shop.seller, product=product)
    return order, product


def test_an_order_links_only_to_pages_that_open(desk: Desk) -> None:
    order, product = withdrawn(desk.shop)
    link = f'href="/catalog/{product}"'
    for who in ("pp", "ppk", "treasurer"):
        page = desk.of(who).get(address(order))
        assert link not in page.content.decode()
        assert "Not in the catalog any more" in text_of(page)
        assert f'href="{page_of(product)}"' in page.content.decode()
        assert desk.of(who).get(f"/catalog/{product}").status_code == 404
    assert link in desk.of("seller").get(address(order)).content.decode()
    other = desk.shop.product()
    running = desk.shop.until("ship", product=other)
    assert f'href="/catalog/{other}"' in desk.of("pp").get(address(running)).content.decode()


def test_the_parties_and_those_who_watch_read_the_version(desk: Desk) -> None:
    _order, product = withdrawn(desk.shop)
    browsers = [desk.of(who) for who in ("pp", "ppk", "treasurer", "seller")]
    browsers += [signed_in(role) for role in ("kurator", "apip", "kpa")]
    picture = seen_picture(product)
    for browser in browsers:
        page = browser.get(page_of(product))
        assert page.status_code == 200
        assert "This is version 1, kept as it was" in text_of(page)
        assert browser.get(f"/catalog/pictures/{picture}/small").status_code == 200


def test_nobody_else_reads_it_nor_its_pictures(desk: Desk) -> None:
    _order, product = withdrawn(desk.shop)
    picture = seen_picture(product)
    strangers = (
        signed_in("ppk", "T2.1"),
        signed_in("pp", "T1.2"),
        signed_in("admin_perusahaan", "PT2"),
        signed_in("helpdesk"),
        signed_in("verifikator"),
    )
    for stranger in strangers:
        assert stranger.get(page_of(product)).status_code == 404
        assert stranger.get(f"/catalog/pictures/{picture}/small").status_code == 404
    for number in (0, 2, 99):
        assert desk.of("pp").get(page_of(product, number)).status_code == 404


def test_another_version_than_the_ordered_one_is_not_theirs(desk: Desk) -> None:
    """An order opens what was ordered, not what the company writes next."""
    _order, product = withdrawn(desk.shop)
    first = ProductVersion.objects.get(product=product)
    for number, state in ((2, "rejected"), (3, "draft")):
        ProductVersion.objects.create(
            product_id=product, number=number, state=state, category=first.category,
            name="Rahasia", description=first.description, attributes=first.attributes,
            unit=first.unit, tax_class=first.tax_class, origin=first.origin,
            created_at=first.created_at, hash=first.hash,
        )  # fmt: skip
    assert desk.of("pp").get(page_of(product, 2)).status_code == 404
    assert signed_in("kurator").get(page_of(product, 2)).status_code == 200
    assert signed_in("kurator").get(page_of(product, 3)).status_code == 404
    assert signed_in("apip").get(page_of(product, 3)).status_code == 404
    assert desk.of("seller").get(page_of(product, 3)).status_code == 200
    assert Product.objects.get(pk=product).state == "withdrawn"
