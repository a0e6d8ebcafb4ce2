"""What is found, for whom, in how many queries."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from gapura.catalog import services
from gapura.catalog.models import Product
from gapura.catalog.queries import (
    ProductPage,
    Search,
    category_tree,
    own_products,
    product_for,
    products_for,
)
from gapura.catalog.states import VISIBLE
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from tests.access import world
from tests.catalog import goods


@pytest.fixture
def shelf(seller: Actor, rival: Actor, curator: Actor) -> dict[str, UUID]:
    """Five products of two companies in two categories."""
    paper = goods.fields
    return {
        "a4": goods.listed(seller, curator, paper(name="Kertas A4 80 gram"), price=52_000),
        "f4": goods.listed(
            seller,
            curator,
            paper(name="Kertas F4 70 gram", attributes={"weight": "70", "size": "F4"}),
            price=48_000,
        ),
        "envelope": goods.listed(
            rival, curator, paper(name="Amplop putih", brand="Merpati"), price=20_000
        ),
        "laptop": goods.listed(seller, curator, goods.laptop("Laptop 14 inci"), price=12_000_000),
        "other": goods.listed(rival, curator, goods.laptop("Laptop 15.6 inci"), price=9_000_000),
    }


def found(actor: Actor, **asked: object) -> set[UUID]:
    return {one.id for one in products_for(actor, Search(**asked)).products}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"a4", "f4", "envelope", "laptop", "other"}),
        ("kertas", {"a4", "f4", "envelope"}),
        ("KERTAS f4", {"f4"}),
        ("gram 80", {"a4"}),
        ("kert", {"a4", "f4", "envelope"}),
        ("mencetak", {"a4", "f4", "envelope"}),
        ("cetakan", {"a4", "f4", "envelope"}),
        ("merpati", {"envelope"}),
        ("pt2 laptop", {"other"}),
        ("15.6", {"other"}),
        ("100%_", set()),
        ("'; DROP TABLE catalog_product; --", set()),
        ("& | ! <-> :*", {"a4", "f4", "envelope", "laptop", "other"}),
        ("kertas\0\ud800"[:7], {"a4", "f4", "envelope"}),
        ("x " * 500, set()),
    ],
)
def test_words_are_found_as_stems_and_beginnings(
    text: str, expected: set[str], shelf: dict[str, UUID], buyer: Actor
) -> None:
    assert found(buyer, text=text) == {shelf[name] for name in expected}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"category": "office"}, {"a4", "f4", "envelope", "laptop", "other"}),
        ({"category": "office.paper"}, {"a4", "f4", "envelope"}),
        ({"category": goods.LAPTOP}, {"laptop", "other"}),
        ({"category": "medical"}, set()),
        ({"category": "nothing"}, set()),
        ({"price_from": Decimal(48_000), "price_to": Decimal(52_000)}, {"a4", "f4"}),
        ({"price_from": Decimal("1e30")}, set()),
        ({"price_to": Decimal(-5)}, set()),
        ({"price_from": Decimal("NaN")}, set()),
        ({"company": "PT2"}, {"envelope", "other"}),
        ({"labels": ("nothing",)}, set()),
    ],
)
def test_filters(
    asked: dict[str, object], expected: set[str], shelf: dict[str, UUID], buyer: Actor
) -> None:
    assert found(buyer, **asked) == {shelf[name] for name in expected}


def names(page: ProductPage) -> list[str]:
    return [one.name for one in page.products]


def test_order(shelf: dict[str, UUID], buyer: Actor) -> None:
    assert names(products_for(buyer, Search(sort="cheap")))[0] == "Amplop putih"
    assert names(products_for(buyer, Search(sort="dear")))[0] == "Laptop 14 inci"
    assert names(products_for(buyer, Search(sort="name")))[0] == "Amplop putih"
    assert names(products_for(buyer, Search(sort="newest")))[0] == "Laptop 15.6 inci"
    assert names(products_for(buyer, Search(text="kertas", sort="no such")))[-1] == "Amplop putih"


def test_counts_are_of_every_level_and_stay_for_other_categories(
    shelf: dict[str, UUID], buyer: Actor
) -> None:
    page = products_for(buyer, Search(category=goods.LAPTOP))
    assert page.total == 2
    assert {one.code: one.count for one in page.facets} == {
        "office": 5,
        "office.paper": 3,
        goods.PAPER: 3,
        "office.computer": 2,
        goods.LAPTOP: 2,
    }


def test_a_card_tells_all_a_list_shows(shelf: dict[str, UUID], buyer: Actor) -> None:
    (card,) = products_for(buyer, Search(text="f4")).products
    assert (card.name, goods.whole(card.price), card.unit, goods.whole(card.stock)) == (
        "Kertas F4 70 gram",
        48_000,
        "ream",
        100,
    )
    assert (card.company_name, card.category_name) == ("Company PT1", "Kertas cetak")
    assert card.picture is not None
    with override("en"):
        (card,) = products_for(buyer, Search(text="f4")).products
        assert card.category_name == "Printing paper"


def test_pages_have_an_end(
    shelf: dict[str, UUID], buyer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.catalog.queries.search.PAGE", 2)
    sizes = [
        len(products_for(buyer, Search(page=page)).products) for page in (-1, 1, 2, 3, 4, 10**9)
    ]
    assert sizes == [2, 2, 2, 1, 0, 0]


def test_what_is_not_in_the_catalog_is_not_found_by_anybody(
    shelf: dict[str, UUID], seller: Actor, curator: Actor, buyer: Actor
) -> None:
    hidden = [goods.draft(seller, goods.laptop("Rahasia satu"))]
    hidden.append(goods.submitted(seller, goods.laptop("Rahasia dua")))
    services.withdraw_product(actor=seller, product=shelf["laptop"])
    assert {"listed", "frozen"} == VISIBLE
    for actor in (seller, curator, buyer, goods.acting("apip")):
        assert found(actor, text="rahasia") == set()
        assert shelf["laptop"] not in found(actor)


@pytest.mark.parametrize("role", ["pa", "kpa", "bendahara", "apip", "verifikator", "kurator"])
def test_every_role_reads(role: str, shelf: dict[str, UUID]) -> None:
    reader = goods.acting(role)
    assert len(found(reader)) == 5
    assert product_for(reader, shelf["a4"]).can <= {"freeze", "take_down", "verify_claim"}


def test_without_a_role_there_is_no_catalog(shelf: dict[str, UUID]) -> None:
    citizen = world.actor(world.person("warga", kind="citizen"))
    with pytest.raises(Refused):
        products_for(citizen, Search())
    with pytest.raises(Refused):
        own_products(citizen)


@pytest.mark.parametrize(
    ("read", "most"),
    [
        (lambda actor, one: products_for(actor, Search(text="kertas", category="office")), 2),
        (lambda actor, one: products_for(actor, Search()), 2),
        (product_for, 5),
        (lambda actor, one: category_tree(), 1),
    ],
)
def test_hot_reads_stay_within_their_queries(
    read: Callable[[Actor, UUID], object], most: int, shelf: dict[str, UUID], buyer: Actor
) -> None:
    read(buyer, shelf["a4"])
    with CaptureQueriesContext(connection) as caught:
        read(buyer, shelf["a4"])
    assert len(caught) <= most


def test_the_own_board_shows_every_state(
    shelf: dict[str, UUID], seller: Actor, rival: Actor
) -> None:
    draft = goods.draft(seller, goods.laptop("Baru"))
    services.save_version(actor=seller, product=shelf["a4"], fields=goods.fields(brand="Lain"))
    page = own_products(seller)
    assert page.total == 4
    assert (page.counts["draft"], page.counts["listed"], page.counts["frozen"]) == (1, 3, 0)
    rows = {row.card.id: row for row in page.rows}
    assert rows[shelf["a4"]].pending == "draft"
    assert rows[draft].pending == ""
    assert [row.card.id for row in own_products(seller, "draft").rows] == [draft]
    assert draft not in {row.card.id for row in own_products(rival).rows}
    with pytest.raises(Refused):
        own_products(goods.acting("pp"))


def test_search_columns_are_written_on_approval_only(seller: Actor, curator: Actor) -> None:
    product = goods.submitted(seller)
    assert Product.objects.get(pk=product).search is None
    goods.approve(curator, product)
    assert Product.objects.get(pk=product).search is not None
