"""/catalog: what is found, how it is narrowed down, and what an empty list says."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.catalog.models import Choice
from gapura.kernel.actor import Actor
from tests.authentication.world import person
from tests.catalog import goods
from tests.web.browser import Browser, text_of
from tests.web.catalog.conftest import Listing
from tests.web.people import enter, signed_in


def test_a_buyer_chooses_from_the_list_and_stays_there(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    page = here.get("/catalog?text=kertas")
    assert "1 product for “kertas”" in text_of(page)
    assert "Rp52.000 / ream" in text_of(page)
    answer = here.submit(
        f"/catalog/{product}/choose", "/catalog", quantity="1.500", next="/catalog?text=kertas"
    )
    assert (answer.status_code, answer["Location"]) == (303, "/catalog?text=kertas")
    page = here.get(answer["Location"])
    assert "Kertas A4 80 gram is on your unit's list, quantity 1.500." in text_of(page)
    assert 'value="1.500"' in page.content.decode()


def test_names_are_escaped_wherever_they_came_from(listed: Listing) -> None:
    """The room refuses < and >; should one get in by another way, pages still escape it."""
    from gapura.catalog.models import Product, ProductVersion

    product = listed()
    Product.objects.filter(pk=product).update(name="<b>x</b>&")
    ProductVersion.objects.filter(product=product).update(name="<i>y</i>")
    here = signed_in("pp")
    for path in ("/catalog", f"/catalog/{product}"):
        html = here.get(path).content.decode()
        assert "<b>x" not in html
        assert "&lt;b&gt;x&lt;/b&gt;&amp;" in html


def test_categories_are_counted_and_narrow_the_list(listed: Listing) -> None:
    listed()
    listed("Laptop 14 inci", goods.laptop(), price=9_000_000)
    here = signed_in("pa")
    page = here.get("/catalog")
    assert "- Paper (1)" in text_of(page)
    assert "Office (2)" in text_of(page)
    page = here.get("/catalog?category=office.paper")
    assert "Kertas A4" in text_of(page)
    assert "Laptop 14" not in text_of(page)
    assert "category=office" in page.content.decode()


def test_price_label_and_company_narrow_the_list_and_each_can_be_taken_off(
    listed: Listing,
) -> None:
    listed()
    listed("Laptop 14 inci", goods.laptop(), price=9_000_000)
    here = signed_in("pa")
    page = here.get("/catalog?price_from=1.000.000&price_to=10.000.000&company=PT1")
    assert "Laptop 14" in text_of(page)
    assert "Kertas A4" not in text_of(page)
    assert "From Rp1.000.000" in text_of(page)
    html = page.content.decode()
    assert 'href="/catalog?price_to=10.000.000&amp;company=PT1"' in html
    assert "<details" in html
    assert " open" in html
    nothing = here.get("/catalog?labels=sni")
    assert "No product fits your search" in text_of(nothing)
    assert 'value="sni" checked' in nothing.content.decode()


def test_the_order_of_the_list_is_chosen(listed: Listing) -> None:
    listed()
    listed("Laptop 14 inci", goods.laptop(), price=9_000_000)
    here = signed_in("pa")
    for sort, first in (("cheap", "Kertas"), ("dear", "Laptop"), ("name", "Kertas")):
        said = text_of(here.get(f"/catalog?sort={sort}")).split("2 products")[1]
        other = "Laptop 14" if first == "Kertas" else "Kertas A4"
        assert said.index(first) < said.index(other)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("text=a%00b", "Product or company"),
        ("text=%E2%80%AE", "Product or company"),
        (f"text={'x' * 101}", "Product or company"),
        ("price_from=-5", "whole rupiah"),
        ("price_to=1e9", "whole rupiah"),
        ("price_from=9&price_to=5", "Swap the two prices"),
        ("labels=gold", "Choose one of the options"),
        ("sort=luck", "Choose one of the options"),
        ("category=nothing", "Choose a category"),
    ],
)
def test_a_search_that_cannot_be_made_is_explained(query: str, said: str) -> None:
    answer = signed_in("pa").get(f"/catalog?{query}")
    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize("query", ["page=0", "page=99999", "page=x", "show=x", "page=999"])
def test_odd_addresses_do_no_harm(query: str, listed: Listing) -> None:
    listed()
    assert signed_in("pa").get(f"/catalog?{query}").status_code == 200


def test_an_unfound_search_says_what_to_try(listed: Listing) -> None:
    listed()
    page = signed_in("pa").get("/catalog?text=pesawat&category=office.computer.laptop")
    assert "No product fits your search" in text_of(page)
    assert "Laptops (0)" in text_of(page)
    assert "Clear filters" in text_of(page)


def test_an_empty_catalog_says_so() -> None:
    assert "The catalog is empty" in text_of(signed_in("pa").get("/catalog"))


def test_pages_number_themselves(listed: Listing) -> None:
    for number in range(25):
        listed(f"Barang {number:02}")
    here = signed_in("pa")
    assert "25 products" in text_of(here.get("/catalog?sort=name"))
    assert "Barang 24" not in text_of(here.get("/catalog?sort=name"))
    assert "Barang 24" in text_of(here.get("/catalog?sort=name&page=2"))
    assert "The list is shorter" in text_of(here.get("/catalog?sort=name&page=3"))


def test_category_names_follow_the_language(listed: Listing) -> None:
    listed()
    assert "Kertas cetak" in text_of(signed_in("pa", language="id").get("/catalog"))
    assert "Printing paper" in text_of(signed_in("pa", language="en").get("/catalog"))


def test_a_frozen_product_is_shown_without_a_way_to_choose(listed: Listing, curator: Actor) -> None:
    from gapura.catalog.services import freeze_product

    product = listed()
    freeze_product(
        actor=curator, product=product, reason_code="other", note="Sedang diperiksa dulu."
    )
    page = signed_in("pp").get("/catalog")
    assert "Frozen" in text_of(page)
    assert "/choose" not in page.content.decode()


def test_signed_out_the_way_leads_to_sign_in_and_without_a_role_nowhere() -> None:
    assert Browser().get("/catalog")["Location"].startswith("/login?next=")
    assert enter(person()).get("/catalog").status_code == 404


def test_a_form_without_its_token_is_refused(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    assert here.post(f"/catalog/{product}/choose", {"quantity": "1"}).status_code == 403
    assert not Choice.objects.exists()


def test_the_list_costs_six_queries_however_long(listed: Listing) -> None:
    for number in range(24):
        listed(f"Barang {number:02}")
    here: Any = signed_in("pp")
    here.get("/catalog")
    with CaptureQueriesContext(connection) as queries:
        here.get("/catalog?text=barang&category=office&price_from=1000")
    assert len(queries) <= 6
