"""/catalog and the pages below it: what each role sees and may do."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.catalog.models import Choice, Product
from gapura.catalog.services import load_categories, publish_product, upload_product
from tests.access import world
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db

Listing = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()
    load_categories()


@pytest.fixture
def listed() -> Listing:
    """Makes a product of company PT1 that is in the catalog."""
    seller = world.actor(holder("admin_perusahaan"))
    curator = world.actor(holder("kurator"))

    def make(name: str = "Kertas A4", category: str = "stationery") -> UUID:
        product = upload_product(actor=seller, name=name, category=category, price=Decimal(52_000))
        publish_product(actor=curator, product=product)
        return product

    return make


def unlisted(name: str = "Spidol") -> UUID:
    seller = world.actor(holder("staf_perusahaan", "PT2"))
    return upload_product(actor=seller, name=name, category="stationery", price=Decimal(9_000))


def test_a_buyer_chooses_from_the_list_and_stays_there(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    page = here.get("/catalog?text=kertas")
    assert "1 product for “kertas”" in text_of(page)
    assert "Rp52.000" in text_of(page)
    answer = here.submit(
        f"/catalog/{product}/choose", "/catalog", quantity="1.500", next="/catalog?text=kertas"
    )
    assert (answer.status_code, answer["Location"]) == (303, "/catalog?text=kertas")
    page = here.get(answer["Location"])
    assert "Kertas A4 is on your unit's list, quantity 1500." in text_of(page)
    assert 'value="1500"' in page.content.decode()
    assert "Together: Rp78.000.000" in text_of(here.get("/catalog/chosen"))


@pytest.mark.parametrize(
    "quantity", ["", "0", "-3", "1,5", "1e3", "٣", "12 345", "9" * 40, "100001", "x\0"]
)
def test_an_impossible_quantity_is_explained_and_kept(quantity: str, listed: Listing) -> None:
    product, here = listed(), signed_in("ppk")
    answer = here.submit(f"/catalog/{product}/choose", f"/catalog/{product}", quantity=quantity)
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error:")
    assert "There is something to correct" in text_of(answer)
    assert not Choice.objects.exists()


def test_a_foreign_address_behind_the_form_is_not_followed(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    answer = here.submit(
        f"/catalog/{product}/choose", "/catalog", quantity="1", next="https://evil.example/"
    )
    assert answer["Location"] == f"/catalog/{product}"


def test_a_product_leaves_the_list(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    here.submit(f"/catalog/{product}/choose", "/catalog", quantity="2")
    assert here.submit(f"/catalog/{product}/drop", "/catalog/chosen").status_code == 303
    assert "Nothing is on your unit's list yet" in text_of(here.get("/catalog/chosen"))
    again = here.submit(f"/catalog/{product}/drop", "/catalog/chosen")
    assert again.status_code == 409


@pytest.mark.parametrize("role", ["pa", "bendahara", "apip", "admin_platform"])
def test_others_read_and_are_told_why_they_cannot_choose(role: str, listed: Listing) -> None:
    product, here = listed(), signed_in(role)
    page = here.get(f"/catalog/{product}")
    assert "Why can I not choose this product?" in text_of(page)
    assert "/choose" not in page.content.decode() + here.get("/catalog").content.decode()
    for path in ("/catalog/upload", "/catalog/chosen"):
        assert here.get(path).status_code == 404
    answer = here.submit(f"/catalog/{product}/choose", "/catalog", quantity="1")
    assert answer.status_code == 403
    assert "Goods are chosen by the procurement officer (PP)" in text_of(answer)
    assert not Choice.objects.exists()


def test_a_supplier_uploads_and_sees_the_own_product_marked() -> None:
    here = signed_in("admin_perusahaan")
    assert "Upload a product" in text_of(here.get("/catalog"))
    answer = here.submit(
        "/catalog/upload", name="Meja kerja", category="furniture", price="1.250.000"
    )
    product = Product.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/catalog/{product.id}")
    assert product.price == 1_250_000
    page = here.get(answer["Location"])
    assert "A curator checks it before it is shown." in text_of(page)
    assert "Not in the catalog yet" in text_of(here.get("/catalog?show=own"))


def test_a_doubled_upload_ends_on_the_same_page() -> None:
    here = signed_in("admin_perusahaan")
    values = {"name": "Meja kerja", "category": "furniture", "price": "1250000"}
    first, second = (here.submit("/catalog/upload", **values) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Fill in Name of the product."),
        ("name", "Me\u202eja", "marks that turn the direction"),
        ("name", "x" * 10_000, "at most 200 characters"),
        ("category", "nothing", "Choose one of the options"),
        ("price", "-5", "whole rupiah"),
        ("price", "1.5", "whole rupiah"),
        ("price", "0", "more than zero"),
        ("price", "9" * 14, "less than one trillion"),
    ],
)
def test_a_bad_upload_is_explained_and_keeps_the_rest(field: str, value: str, said: str) -> None:
    here = signed_in("admin_perusahaan")
    values = {"name": "Meja kerja", "category": "furniture", "price": "1250000", field: value}
    answer = here.submit("/catalog/upload", **values)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if field != "name":
        assert 'value="Meja kerja"' in answer.content.decode()
    assert not Product.objects.exists()


def test_another_companys_unlisted_product_looks_like_none() -> None:
    product = unlisted()
    for role in ("pp", "admin_perusahaan", "apip"):
        here = signed_in(role)
        answer = here.get(f"/catalog/{product}")
        nothing = here.get(f"/catalog/{UUID(int=7)}")
        assert answer.status_code == nothing.status_code == 404
        assert text_of(answer) == text_of(nothing)


def test_a_curator_finds_what_waits_and_publishes_it() -> None:
    product, here = unlisted(), signed_in("kurator")
    assert "Spidol" in text_of(here.get("/catalog?show=unlisted"))
    answer = here.submit(f"/catalog/{product}/publish", f"/catalog/{product}")
    assert answer.status_code == 303
    assert "in the catalog now" in text_of(here.get(answer["Location"]))
    assert "Spidol" in text_of(signed_in("pp").get("/catalog"))


def test_signed_out_the_way_leads_to_sign_in_and_without_a_role_nowhere() -> None:
    assert Browser().get("/catalog")["Location"].startswith("/login?next=")
    assert enter(world_person()).get("/catalog").status_code == 404


def world_person() -> Any:
    from tests.authentication.world import person

    return person()


def test_a_form_without_its_token_is_refused(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    answer = here.post(f"/catalog/{product}/choose", {"quantity": "1"})
    assert answer.status_code == 403
    assert not Choice.objects.exists()


@pytest.mark.parametrize("query", ["page=0", "page=99999", "page=x", "show=x", "page=999"])
def test_odd_addresses_do_no_harm(query: str, listed: Listing) -> None:
    listed()
    assert signed_in("pa").get(f"/catalog?{query}").status_code == 200


@pytest.mark.parametrize("text", ["a\0b", "\u202e", "x" * 101])
def test_a_search_that_cannot_be_made_is_explained(text: str) -> None:
    answer = signed_in("pa").get("/catalog", {"text": text})
    assert answer.status_code == 422
    assert "Product or company" in text_of(answer)


def test_an_unfound_search_says_what_to_try(listed: Listing) -> None:
    listed()
    page = signed_in("pa").get("/catalog?text=pesawat&category=computers")
    assert "No product fits your search" in text_of(page)
    assert "Clear filters" in text_of(page)


def test_pages_number_themselves(listed: Listing) -> None:
    for number in range(25):
        listed(f"Barang {number:02}")
    here = signed_in("pa")
    assert "25 products" in text_of(here.get("/catalog"))
    assert "Barang 24" not in text_of(here.get("/catalog"))
    assert "Barang 24" in text_of(here.get("/catalog?page=2"))


def test_category_names_follow_the_language(listed: Listing) -> None:
    listed()
    assert "Alat tulis kantor" in text_of(signed_in("pa", language="id").get("/catalog"))
    assert "Office stationery" in text_of(signed_in("pa", language="en").get("/catalog"))


def test_the_list_costs_seven_queries_however_long(listed: Listing) -> None:
    for number in range(24):
        listed(f"Barang {number:02}")
    here = signed_in("pp")
    here.get("/catalog")
    with CaptureQueriesContext(connection) as queries:
        here.get("/catalog?text=barang")
    assert len(queries) <= 7
