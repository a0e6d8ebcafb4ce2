"""/catalog/<id> and /catalog/chosen: choosing, and what others read instead."""

from decimal import Decimal
from uuid import UUID

import pytest

from gapura.catalog.models import Choice
from gapura.catalog.services import freeze_product, set_price, set_stock
from gapura.kernel.actor import Actor
from tests.catalog import goods
from tests.web.browser import text_of, title_of
from tests.web.catalog.conftest import Listing
from tests.web.people import signed_in


def test_the_page_tells_what_a_buyer_needs(listed: Listing, seller: Actor) -> None:
    product = listed()
    set_price(actor=seller, product=product, amount=Decimal(49_500))
    said = text_of(signed_in("pp").get(f"/catalog/{product}"))
    for part in (
        "Rp49.500",
        "Office / Paper / Printing paper",
        "Weight 80 g",
        "Company PT1",
        "100 ream",
        "Price history",
        "-Rp2.500",
        "Version 1 of this product",
        "nothing to compare with",
    ):
        assert part in said


def test_prices_of_the_same_kind_are_compared(listed: Listing) -> None:
    product = listed()
    listed("Kertas lain", price=60_000)
    listed("Kertas mahal", price=90_000)
    said = text_of(signed_in("ppk").get(f"/catalog/{product}"))
    assert "3 products of the same category and unit" in said
    assert "Rp60.000" in said


@pytest.mark.parametrize(
    "quantity", ["", "0", "-3", "1,5", "1e3", "\u0663", "12 345", "9" * 40, "100001", "x\0"]
)
def test_an_impossible_quantity_is_explained_and_kept(quantity: str, listed: Listing) -> None:
    product, here = listed(), signed_in("ppk")
    answer = here.submit(f"/catalog/{product}/choose", f"/catalog/{product}", quantity=quantity)
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error:")
    assert "There is something to correct" in text_of(answer)
    assert not Choice.objects.exists()


def test_what_can_be_divided_is_chosen_in_parts(listed: Listing) -> None:
    product = listed("Pasir", goods.laptop(unit="cubic_meter"))
    here = signed_in("pp")
    answer = here.submit(f"/catalog/{product}/choose", f"/catalog/{product}", quantity="2,5")
    assert answer.status_code == 303
    assert Choice.objects.get().quantity == Decimal("2.5")
    assert 'value="2,5"' in here.get("/catalog/chosen").content.decode()


def test_a_foreign_address_behind_the_form_is_not_followed(listed: Listing) -> None:
    product, here = listed(), signed_in("pp")
    answer = here.submit(
        f"/catalog/{product}/choose", "/catalog", quantity="1", next="https://evil.example/"
    )
    assert answer["Location"] == f"/catalog/{product}"


def test_the_list_is_sorted_by_company_and_each_leads_to_an_order(listed: Listing) -> None:
    paper = listed()
    laptop = listed("Laptop", goods.laptop(), by=goods.seller("PT2"), price=9_000_000)
    here = signed_in("pp")
    for product in (paper, laptop):
        here.submit(f"/catalog/{product}/choose", "/catalog", quantity="2")
    page = here.get("/catalog/chosen")
    said, html = text_of(page), page.content.decode()
    assert "Together: Rp18.104.000" in said
    assert "Together for Company PT1: Rp104.000" in said
    assert "Together for Company PT2: Rp18.000.000" in said
    assert html.count('action="/orders/new"') == 2
    assert '<input type="hidden" name="company" value="PT2">' in html


def test_what_cannot_be_ordered_is_marked_and_its_company_waits(
    listed: Listing, seller: Actor, curator: Actor
) -> None:
    paper, other = listed(), listed("Kertas F4")
    here = signed_in("pp")
    for product in (paper, other):
        here.submit(f"/catalog/{product}/choose", "/catalog", quantity="5")
    set_stock(actor=seller, product=paper, quantity=Decimal(2))
    freeze_product(actor=curator, product=other, reason_code="other", note="Sedang diperiksa.")
    page = here.get("/catalog/chosen")
    assert "Only 2 are free." in text_of(page)
    assert "Frozen It cannot be ordered now." in text_of(page)
    assert 'action="/orders/new"' not in page.content.decode()


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
    for path in ("/catalog/upload", "/catalog/chosen", "/catalog/mine", "/catalog/review"):
        assert here.get(path).status_code == 404
    answer = here.submit(f"/catalog/{product}/choose", "/catalog", quantity="1")
    assert answer.status_code == 403
    assert "Goods are chosen by the procurement officer (PP)" in text_of(answer)
    assert not Choice.objects.exists()


def test_another_companys_draft_looks_like_nothing(seller: Actor) -> None:
    product = goods.draft(seller)
    for role, place in (("pp", ""), ("admin_perusahaan", "PT2"), ("apip", ""), ("kurator", "")):
        here = signed_in(role, place)
        for page in ("", "/edit", "/price", "/stock", "/pictures", "/labels", "/withdraw"):
            answer = here.get(f"/catalog/{product}{page}")
            nothing = here.get(f"/catalog/{UUID(int=7)}{page}")
            assert answer.status_code == nothing.status_code == 404
            assert text_of(answer) == text_of(nothing)
