"""Who sees, chooses, uploads and publishes which product."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog import rules
from gapura.catalog.errors import ListFull, NoSuchProduct, NotOnTheList
from gapura.catalog.models import Choice, Product
from gapura.catalog.queries import (
    Only,
    categories,
    choices_of,
    chosen_by_unit,
    product_for,
    products_for,
    waiting,
)
from gapura.catalog.services import (
    choose_product,
    drop_product,
    load_categories,
    publish_product,
    upload_product,
)
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from tests.access import world
from tests.web.people import holder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()
    load_categories()


def acting(role: str, place: str = "") -> Actor:
    return world.actor(holder(role, place))


@pytest.fixture
def seller() -> Actor:
    return acting("admin_perusahaan")


@pytest.fixture
def buyer() -> Actor:
    return acting("pp")


@pytest.fixture
def curator() -> Actor:
    return acting("kurator")


@pytest.fixture
def listed(seller: Actor, curator: Actor) -> Callable[..., UUID]:
    """Makes a product that is in the catalog."""

    def make(name: str = "Kertas A4 80 gram", category: str = "stationery") -> UUID:
        product = upload_product(actor=seller, name=name, category=category, price=Decimal(52_000))
        publish_product(actor=curator, product=product)
        return product

    return make


def upload(actor: Actor, **changed: object) -> UUID:
    values = {"name": "Kertas A4", "category": "stationery", "price": Decimal(50_000)}
    return upload_product(actor=actor, **{**values, **changed})  # type: ignore[arg-type]


def names(actor: Actor, **asked: object) -> list[str]:
    return [view.name for view in products_for(actor, **asked).products]  # type: ignore[arg-type]


def test_an_upload_is_seen_by_the_own_company_and_the_curator_only(
    seller: Actor, curator: Actor, buyer: Actor
) -> None:
    product = upload(seller)
    assert product_for(seller, product).mine
    assert not product_for(curator, product).listed
    assert names(curator, only=Only.UNLISTED) == names(seller, only=Only.OWN) == ["Kertas A4"]
    assert (waiting(curator), waiting(buyer)) == (1, 0)
    for other in (buyer, acting("staf_perusahaan", "PT2"), acting("admin_platform")):
        assert names(other) == []
        with pytest.raises(NoSuchProduct):
            product_for(other, product)


def test_the_curator_puts_it_into_the_catalog_once(
    seller: Actor, curator: Actor, buyer: Actor
) -> None:
    product = upload(seller)
    publish_product(actor=curator, product=product)
    publish_product(actor=curator, product=product)
    assert names(buyer) == ["Kertas A4"]
    assert LogEvent.objects.filter(name="catalog.product.published").count() == 1
    with pytest.raises(Refused):
        publish_product(actor=seller, product=product)
    with pytest.raises(Refused):
        publish_product(actor=replace(curator, acr=1), product=product)


@pytest.mark.parametrize("role", ["pa", "kpa", "bendahara", "apip", "verifikator", "kurator"])
def test_readers_see_but_neither_choose_nor_upload(role: str, listed: Callable[..., UUID]) -> None:
    product, reader = listed(), acting(role)
    assert names(reader) == ["Kertas A4 80 gram"]
    with pytest.raises(Refused):
        choose_product(actor=reader, product=product, quantity=Decimal(1))
    with pytest.raises(Refused):
        upload(reader)
    with pytest.raises(Refused):
        choices_of(reader)
    assert chosen_by_unit(reader, [product]) == {}


def test_without_a_role_there_is_no_catalog(listed: Callable[..., UUID]) -> None:
    product, citizen = listed(), world.actor(world.person("warga", kind="citizen"))
    with pytest.raises(Refused):
        products_for(citizen)
    with pytest.raises(NoSuchProduct):
        product_for(citizen, product)


def test_choosing_again_replaces_the_quantity_and_records_both(
    buyer: Actor, listed: Callable[..., UUID]
) -> None:
    product = listed()
    for quantity in (3, 3, 7):
        choose_product(actor=buyer, product=product, quantity=Decimal(quantity))
    (line,) = choices_of(buyer)
    assert (str(line.quantity.normalize()), str(line.total)) == ("7", "Rp364.000")
    events = LogEvent.objects.filter(name="catalog.product.chosen").order_by("id")
    assert [(e.before, e.after) for e in events] == [
        (None, {"quantity": "3"}),
        ({"quantity": "3"}, {"quantity": "7"}),
    ]


def test_the_list_belongs_to_the_unit(buyer: Actor, listed: Callable[..., UUID]) -> None:
    product = listed()
    choose_product(actor=buyer, product=product, quantity=Decimal(2))
    assert len(choices_of(acting("ppk"))) == 1
    elsewhere = acting("ppk", "T1.2")
    assert choices_of(elsewhere) == ()
    with pytest.raises(NotOnTheList):
        drop_product(actor=elsewhere, product=product)
    drop_product(actor=buyer, product=product)
    with pytest.raises(NotOnTheList):
        drop_product(actor=buyer, product=product)
    assert LogEvent.objects.get(name="catalog.product.dropped").before == {"quantity": "2"}


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "100001", "NaN", "Infinity"])
def test_an_impossible_quantity_changes_nothing(
    quantity: str, buyer: Actor, listed: Callable[..., UUID]
) -> None:
    product = listed()
    with pytest.raises(FieldProblems):
        choose_product(actor=buyer, product=product, quantity=Decimal(quantity))
    assert not Choice.objects.exists()


def test_what_is_not_listed_cannot_be_chosen(seller: Actor, buyer: Actor) -> None:
    with pytest.raises(NoSuchProduct):
        choose_product(actor=buyer, product=upload(seller), quantity=Decimal(1))
    with pytest.raises(NoSuchProduct):
        choose_product(actor=buyer, product=uuid4(), quantity=Decimal(1))


def test_a_list_has_an_end(
    buyer: Actor, listed: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.catalog.services.LONGEST_LIST", 1)
    choose_product(actor=buyer, product=listed("Pena"), quantity=Decimal(1))
    with pytest.raises(ListFull):
        choose_product(actor=buyer, product=listed("Buku"), quantity=Decimal(1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "ab"),
        ("name", "x" * 201),
        ("name", "Kertas\u202eA4"),
        ("name", "Kertas\0A4"),
        ("category", "nothing"),
        ("price", Decimal(0)),
        ("price", Decimal("1.5")),
        ("price", rules.MOST_RUPIAH),
        ("price", Decimal("NaN")),
    ],
)
def test_a_bad_upload_names_its_field_and_adds_nothing(
    field: str, value: object, seller: Actor
) -> None:
    with pytest.raises(FieldProblems) as caught:
        upload(seller, **{field: value})
    assert list(caught.value.fields) == [field]
    assert not Product.objects.exists()


def test_the_same_upload_twice_is_one_product(seller: Actor) -> None:
    assert upload(seller) == upload(seller)
    with pytest.raises(FieldProblems) as caught:
        upload(seller, name="kertas a4", price=Decimal(60_000))
    assert list(caught.value.fields) == ["name"]
    assert Product.objects.count() == 1
    assert upload(acting("staf_perusahaan", "PT2")) is not None


def test_a_search_finds_every_word_in_name_or_company(
    buyer: Actor, listed: Callable[..., UUID]
) -> None:
    listed("Kertas A4 80 gram")
    listed("Kertas F4 70 gram")
    listed("Laptop 14 inci", "computers")
    assert names(buyer, text="gram KERTAS f4") == ["Kertas F4 70 gram"]
    assert names(buyer, text="pt1 laptop") == ["Laptop 14 inci"]
    assert names(buyer, text="100%_") == []
    assert names(buyer, category="computers") == ["Laptop 14 inci"]
    page = products_for(buyer, text="kertas")
    assert (page.total, [(c.code, c.count) for c in page.found]) == (2, [("stationery", 2)])


def test_pages_have_an_end(
    buyer: Actor, listed: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.catalog.queries.PAGE", 2)
    for name in ("Aaa", "Bbb", "Ccc"):
        listed(name)
    assert [names(buyer, page=n) for n in (0, 1, 2, 3)] == [
        ["Aaa", "Bbb"],
        ["Aaa", "Bbb"],
        ["Ccc"],
        [],
    ]


def test_categories_are_loaded_once() -> None:
    assert load_categories() == 0
    assert len(categories()) == 12
    with pytest.raises(Refused):
        load_categories(actor=acting("admin_platform"))
