"""Reference data and products that are brought in by the operator."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog import services
from gapura.catalog.attributes import read_schema
from gapura.catalog.models import Category, Product, ProductVersion
from gapura.catalog.queries import Search, category, category_tree, product_for, products_for
from gapura.catalog.services import ReadyProduct, reference
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from tests.access import world
from tests.catalog import goods


@pytest.mark.django_db
def test_categories_are_loaded_once_and_form_a_tree() -> None:
    assert services.load_categories() > 2
    assert services.load_categories() == 0
    tree = category_tree()
    levels = {one.code: one.level for one in tree}
    assert all(levels[one.parent] == one.level - 1 for one in tree if one.parent)
    assert all(one.parent in {"", *levels} for one in tree)
    assert LogEvent.objects.filter(name="catalog.category.loaded").count() == 1


@pytest.mark.django_db
def test_a_changed_category_is_changed() -> None:
    services.load_categories()
    leaf = Category.objects.filter(level=3).first()
    assert leaf is not None
    Category.objects.filter(pk=leaf.pk).update(name_id="Lain", schema=[])
    services.load_categories()
    again = Category.objects.get(pk=leaf.pk)
    assert (again.name_id, again.schema) == (leaf.name_id, leaf.schema)


def test_only_the_system_loads(places: None) -> None:
    actor = goods.acting("admin_platform")
    with pytest.raises(Refused):
        services.load_categories(actor=actor)
    with pytest.raises(Refused):
        services.load_products(actor=actor, products=[])


def test_the_shipped_categories_are_sound() -> None:
    source = files("gapura.catalog").joinpath("reference", "categories.json")
    rows = json.loads(source.read_text(encoding="utf-8"))
    reference._check_tree([reference._category(row) for row in rows])


def _row(**changed: object) -> dict[str, Any]:
    return {"code": "a", "level": 1, "name_id": "A", "name_en": "A", **changed}


@pytest.mark.parametrize(
    "row",
    [
        _row(code="A B"),
        _row(code="x" * 41),
        _row(kblis=["12"]),
        _row(level=3, kblis=["123456"]),
        _row(level=3, tax_class="none"),
        _row(level=3, schema=[{"code": "x", "label_id": "", "label_en": "", "kind": "color"}]),
        _row(level=3, schema=[{"code": "x", "label_id": "", "label_en": "", "kind": "choice"}]),
    ],
)
def test_a_malformed_category_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a"):
        reference._category(row)


@pytest.mark.parametrize(
    "rows",
    [
        [_row(), _row()],
        [_row(level=2)],
        [_row(), _row(code="b", level=3, parent="a")],
        [_row(code="b", level=2, parent="a"), _row()],
    ],
)
def test_a_tree_with_a_gap_is_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="doubled"):
        reference._check_tree([reference._category(row) for row in rows])


def test_two_attributes_with_one_code_are_refused() -> None:
    one = {"code": "x", "label_id": "X", "label_en": "X", "kind": "text"}
    with pytest.raises(ValueError, match="one code"):
        read_schema([one, one])


def test_a_category_tells_what_its_products_need(places: None) -> None:
    detail = category(goods.PAPER)
    assert detail.path == ("Kantor", "Kertas", "Kertas cetak")
    assert [(one.code, one.kind, one.required) for one in detail.schema] == [
        ("weight", "number", True),
        ("size", "choice", False),
        ("recycled", "yes_no", False),
        ("series", "text", False),
    ]
    with pytest.raises(FieldProblems):
        category("nothing")


def ready(n: int, **changed: object) -> ReadyProduct:
    given: dict[str, Any] = {
        "company": "PT1",
        "fields": goods.fields(name=f"Kertas seri {n}"),
        "price": Decimal(50_000 + n),
        "stock": Decimal(n),
        "at": datetime(2026, 3, 1, 2, tzinfo=UTC),
        **changed,
    }
    return ReadyProduct(**given)


def test_many_products_are_loaded_as_if_they_had_been_offered(
    seller: Actor, buyer: Actor, curator: Actor, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    picture = goods.picture(seller.who)
    labels = (("tkdn", Decimal(40), "12/TKDN"), ("sni", None, "SNI 12"))
    made = [ready(n, pictures=(picture,), labels=labels) for n in range(40)]
    made += [ready(90, state="draft"), ready(91, state="in_review", pictures=(picture,))]
    made.append(ready(92, state="needs_fix", reason="other", note="Perbaiki gambarnya."))
    made.append(ready(93, state="frozen", reason="false_claim", note="Label tidak benar."))
    with django_assert_max_num_queries(80):
        ids = services.load_products(actor=world.SYSTEM, products=made)
    page = products_for(buyer, Search(text="kertas seri"))
    assert page.total == 41
    detail = product_for(buyer, ids[7])
    assert (goods.whole(detail.card.price), goods.whole(detail.card.stock)) == (50_007, 7)
    assert detail.card.labels == ("sni", "tkdn")
    assert (detail.card.picture, len(detail.price_history)) == (picture, 1)
    states = [Product.objects.get(pk=one).state for one in ids[40:]]
    assert states == ["draft", "in_review", "needs_fix", "frozen"]
    assert not ProductVersion.objects.exclude(state="draft").filter(hash="").exists()
    goods.approve(curator, ids[41])
    services.save_version(actor=seller, product=ids[42], fields=goods.fields(brand="Baru"))
    assert LogEvent.objects.filter(name="catalog.product.loaded").count() == 44


def test_one_wrong_product_stops_the_load(seller: Actor) -> None:
    with pytest.raises(FieldProblems):
        services.load_products(actor=world.SYSTEM, products=[ready(1), ready(2, price=Decimal(0))])
    assert not Product.objects.exists()
