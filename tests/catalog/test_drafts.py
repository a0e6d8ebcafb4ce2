"""What a company may say of its products, and what is refused with which words."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models.functions import Lower

from gapura.audit.models import LogEvent
from gapura.catalog import errors, rules, services
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import PricePoint, Product, ProductVersion, StockEvent
from gapura.catalog.queries import fields_of, product_for
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.models import CompanyStanding
from tests.catalog import goods


def test_a_draft_has_its_first_version_price_and_stock(seller: Actor) -> None:
    product = goods.draft(seller, price=52_000, stock=40)
    detail = product_for(seller, product)
    assert (detail.state, detail.version.state, detail.version.number) == ("draft", "draft", 1)
    assert (goods.whole(detail.card.price), goods.whole(detail.card.stock)) == (52_000, 40)
    assert detail.mine
    shown = [(one.label, one.value, one.unit) for one in detail.version.attributes]
    assert shown == [("Gramatur", "80", "g"), ("Ukuran", "A4", "")]
    assert detail.version.tax_class == "ppn"
    assert detail.category_path == ("Kantor", "Kertas", "Kertas cetak")
    assert PricePoint.objects.get(product=product).amount == 52_000
    assert StockEvent.objects.get(product=product).available_after == 40
    assert LogEvent.objects.filter(name="catalog.product.drafted").count() == 1


def test_the_same_draft_twice_is_one_product(seller: Actor, rival: Actor) -> None:
    assert goods.draft(seller) == goods.draft(seller)
    with pytest.raises(FieldProblems) as caught:
        goods.draft(seller, goods.fields(name="kertas a4 80 GRAM", brand="Lain"))
    assert isinstance(caught.value.fields["name"], errors.NameInUse)
    assert goods.draft(rival) != goods.draft(seller)
    assert Product.objects.count() == 2


@pytest.mark.parametrize("role", ["pp", "ppk", "kurator", "apip", "bendahara", "admin_platform"])
def test_others_offer_nothing(role: str, places: None) -> None:
    with pytest.raises(Refused):
        goods.draft(goods.acting(role))


def test_staff_of_the_company_offer_too(places: None) -> None:
    staff = goods.seller(role="staf_perusahaan")
    assert product_for(staff, goods.draft(staff)).mine


_BAD_FIELDS: list[tuple[str, dict[str, object], type[Problem]]] = [
    ("name", {"name": "ab"}, errors.WrongName),
    ("name", {"name": "<b>Kertas</b>"}, errors.HasMarkup),
    ("name", {"name": "<script>alert(1)</script>"}, errors.HasMarkup),
    ("name", {"name": "x" * 201}, Problem),
    ("name", {"name": "Kertas\u202eA4"}, Problem),
    ("name", {"name": "Kertas\0A4"}, Problem),
    ("name", {"name": "Kertas\x1b[31m"}, Problem),
    ("description", {"description": "pendek"}, errors.WrongDescription),
    ("description", {"description": "x" * 4001}, errors.WrongDescription),
    ("description", {"description": "Kertas <img src=x onerror=alert(1)>"}, errors.HasMarkup),
    ("brand", {"brand": "Sin\u200bar"}, Problem),
    ("category", {"category": "nothing"}, errors.NoSuchCategory),
    ("category", {"category": "x" * 4000}, errors.NoSuchCategory),
    ("category", {"category": "office", "attributes": {}}, errors.NoSuchCategory),
    ("category", {"category": "office.paper", "attributes": {}}, errors.NoSuchCategory),
    ("category", {"category": "medical.drug.tablet", "attributes": {}}, errors.CategoryNotYours),
    ("unit", {"unit": "bushel"}, errors.NoSuchUnit),
    ("tax_class", {"tax_class": "none"}, errors.NoSuchCode),
    ("origin", {"origin": "mars"}, errors.NoSuchCode),
    ("attribute.weight", {"attributes": {}}, errors.AttributeMissing),
    ("attribute.weight", {"attributes": {"weight": "heavy"}}, errors.WrongNumber),
    ("attribute.weight", {"attributes": {"weight": "-80"}}, errors.WrongNumber),
    ("attribute.weight", {"attributes": {"weight": "1e30"}}, errors.WrongNumber),
    ("attribute.weight", {"attributes": {"weight": "1.500"}}, errors.WrongNumber),
    ("attribute.weight", {"attributes": {"weight": "\u0668\u0660"}}, errors.WrongNumber),
    ("attribute.size", {"attributes": {"weight": "80", "size": "B5"}}, errors.NoSuchOption),
    ("attribute.recycled", {"attributes": {"weight": "80", "recycled": "maybe"}}, Problem),
    ("attribute.series", {"attributes": {"weight": "80", "series": "<i>"}}, errors.HasMarkup),
    ("attribute.series", {"attributes": {"weight": "80", "series": "x" * 201}}, Problem),
    ("attributes", {"attributes": {"weight": "80", "voltage": "220"}}, errors.NoSuchAttribute),
]


@pytest.mark.parametrize(("field", "changed", "problem"), _BAD_FIELDS)
def test_a_bad_field_is_named_and_nothing_is_added(
    field: str, changed: dict[str, object], problem: type[Problem], seller: Actor
) -> None:
    with pytest.raises(FieldProblems) as caught:
        goods.draft(seller, goods.fields(**changed))
    assert list(caught.value.fields) == [field]
    found = caught.value.fields[field]
    assert isinstance(found, problem)
    assert found.what
    assert found.todo
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("field", "amounts"),
    [
        ("price", {"price": Decimal(0)}),
        ("price", {"price": Decimal(-1)}),
        ("price", {"price": Decimal("1e30")}),
        ("price", {"price": Decimal("1.5")}),
        ("price", {"price": Decimal("NaN")}),
        ("price", {"price": Decimal("Infinity")}),
        ("price", {"price": rules.MOST_RUPIAH}),
        ("stock", {"stock": Decimal(-1)}),
        ("stock", {"stock": Decimal("1.5")}),
        ("stock", {"stock": Decimal("1e30")}),
        ("stock", {"stock": Decimal("NaN")}),
    ],
)
def test_a_bad_amount_is_named_and_nothing_is_added(
    field: str, amounts: dict[str, Decimal], seller: Actor
) -> None:
    given = {"price": Decimal(1000), "stock": Decimal(1), **amounts}
    with pytest.raises(FieldProblems) as caught:
        services.draft_product(actor=seller, fields=goods.FIELDS, **given)
    assert list(caught.value.fields) == [field]
    assert not Product.objects.exists()


def test_what_can_be_divided_has_parts(seller: Actor) -> None:
    sand = goods.laptop("Pasir beton", unit="cubic_meter")
    product = services.draft_product(
        actor=seller, fields=sand, price=Decimal(300_000), stock=Decimal("12.5")
    )
    assert product_for(seller, product).card.stock == Decimal("12.5")
    with pytest.raises(FieldProblems):
        services.set_stock(actor=seller, product=product, quantity=Decimal("1.00001"))


def test_drafts_have_an_end(seller: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapura.catalog.services.drafts.MOST_DRAFTS", 1)
    goods.submitted(seller)
    goods.draft(seller, goods.laptop())
    with pytest.raises(errors.TooManyDrafts):
        goods.draft(seller, goods.laptop("Laptop 15 inci"))


def test_names_differ_as_the_database_sees_it(seller: Actor) -> None:
    """Letters whose capitals are longer or shared: neither a crash nor a second product."""
    goods.draft(seller, goods.laptop("Straße ﬁx İ"))
    for name in ("STRASSE FIX I", "straße ﬁx i̇", "STRAẞE ﬁX İ"):
        with suppress(FieldProblems):
            goods.draft(seller, goods.laptop(name), price=1)
    names = [row.name for row in Product.objects.annotate(low=Lower("name")).distinct("low")]
    assert len(names) == Product.objects.count()


def test_values_of_attributes_are_kept_in_one_form(seller: Actor) -> None:
    given = {"weight": "080,50", "recycled": "yes", "series": "  dua   kata "}
    product = goods.draft(seller, goods.fields(attributes=given))
    kept = fields_of(seller, product).attributes
    assert kept == {"weight": "80.5", "recycled": True, "series": "dua kata"}
    shown = {one.code: one.value for one in product_for(seller, product).version.attributes}
    assert shown["weight"] == "80,5"


def test_a_company_without_good_standing_offers_nothing_new(seller: Actor, curator: Actor) -> None:
    product = goods.listed(seller, curator)
    CompanyStanding.objects.create(
        company_id="PT1",
        state="blacklisted",
        since=clock.today() - timedelta(days=1),
        basis="Daftar hitam nomor 12",
        recorded_at=clock.now(),
    )
    with pytest.raises(errors.CompanyNotActive):
        goods.draft(seller, goods.laptop())
    with pytest.raises(errors.CompanyNotActive):
        services.save_version(actor=seller, product=product, fields=goods.fields(brand="Baru"))
    services.set_stock(actor=seller, product=product, quantity=Decimal(3))


def test_a_draft_is_changed_in_place(seller: Actor) -> None:
    product = goods.draft(seller)
    services.save_version(actor=seller, product=product, fields=goods.fields(name="Kertas F4"))
    assert ProductVersion.objects.filter(product=product).count() == 1
    assert product_for(seller, product).name == "Kertas F4"
    before = LogEvent.objects.count()
    services.save_version(actor=seller, product=product, fields=goods.fields(name="Kertas F4"))
    assert LogEvent.objects.count() == before


def test_a_change_of_what_is_listed_waits_while_the_old_one_stays(
    seller: Actor, curator: Actor, buyer: Actor
) -> None:
    product = goods.listed(seller, curator)
    new = goods.fields(name="Kertas A4 75 gram", attributes={"weight": "75"})
    services.save_version(actor=seller, product=product, fields=new)
    assert product_for(seller, product).pending is not None
    assert product_for(seller, product).pending.pictures  # type: ignore[union-attr]
    services.submit_product(actor=seller, product=product)
    seen = product_for(buyer, product)
    assert (seen.name, seen.state, seen.pending) == ("Kertas A4 80 gram", "listed", None)
    with pytest.raises(errors.InReview):
        services.save_version(actor=seller, product=product, fields=goods.FIELDS)
    goods.approve(curator, product)
    assert product_for(buyer, product).name == "Kertas A4 75 gram"
    states = ProductVersion.objects.filter(product=product).order_by("number")
    assert list(states.values_list("state", flat=True)) == ["superseded", "published"]


def test_a_taken_name_is_refused_also_for_a_change(seller: Actor, curator: Actor) -> None:
    goods.listed(seller, curator)
    other = goods.listed(seller, curator, goods.laptop())
    with pytest.raises(FieldProblems) as caught:
        services.save_version(actor=seller, product=other, fields=goods.FIELDS)
    assert list(caught.value.fields) == ["name"]


def test_another_company_neither_sees_nor_changes_a_draft(seller: Actor, rival: Actor) -> None:
    product = goods.draft(seller)
    with pytest.raises(errors.NoSuchProduct):
        product_for(rival, product)
    with pytest.raises(errors.NoSuchProduct):
        fields_of(rival, product)
    with pytest.raises(errors.NoSuchProduct):
        services.save_version(actor=rival, product=product, fields=goods.fields(brand="X"))
    with pytest.raises(errors.NoSuchProduct):
        services.save_version(actor=rival, product=uuid4(), fields=ProductFields("a", "b", "c"))
