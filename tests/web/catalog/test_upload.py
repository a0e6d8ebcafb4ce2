"""/catalog/upload: picking a category, the form made of its schema, what is refused and how."""

from decimal import Decimal

import pytest

from gapura.catalog.models import Product
from tests.catalog import goods
from tests.web.browser import Browser, text_of
from tests.web.people import signed_in

PATH = f"/catalog/upload/{goods.PAPER}"
SOUND = {
    "name": "Kertas A4 80 gram",
    "brand": "Sinar",
    "description": "Kertas putih untuk mencetak, satu rim.",
    "attribute.weight": "80",
    "attribute.size": "A4",
    "unit": "ream",
    "origin": "local",
    "tax_class": "ppn",
    "price": "52.000",
    "stock": "100",
}


@pytest.fixture
def here() -> Browser:
    """A browser of somebody who sells paper."""
    goods.seller()
    return signed_in("staf_perusahaan", "PT1")


def test_a_category_is_picked_in_three_levels(here: Browser) -> None:
    assert 'href="/catalog/upload?in=office"' in here.get("/catalog/upload").content.decode()
    second = here.get("/catalog/upload?in=office").content.decode()
    assert 'href="/catalog/upload?in=office.paper"' in second
    assert "Health" not in second
    third = here.get("/catalog/upload?in=office.paper").content.decode()
    assert f'href="{PATH}"' in third


def test_a_category_is_found_by_name(here: Browser) -> None:
    page = here.get("/catalog/upload?text=printing")
    assert "1 category found" in text_of(page)
    assert "Office / Paper" in text_of(page)
    assert f'href="{PATH}"' in page.content.decode()
    assert "No category fits" in text_of(here.get("/catalog/upload?text=zzz"))
    assert here.get(f"/catalog/upload?text={'x' * 200}").status_code == 422


@pytest.mark.parametrize("code", ["nothing", "office", "office.paper", "x" * 300, "..%2f.."])
def test_only_the_third_level_has_a_form(code: str, here: Browser) -> None:
    assert here.get(f"/catalog/upload/{code}").status_code == 404


def test_the_form_asks_what_the_category_asks(here: Browser) -> None:
    said = text_of(here.get(PATH))
    for part in ("Weight (g)", "Size (optional)", "Recycled (optional)", "Series (optional)"):
        assert part in said
    indonesian = signed_in("staf_perusahaan", "PT1", language="id")
    assert "Gramatur (g)" in text_of(indonesian.get(PATH))


def test_a_sound_product_becomes_a_draft_and_goes_on_to_pictures(here: Browser) -> None:
    answer = here.submit(PATH, **SOUND, **{"attribute.recycled": "yes"})
    product = Product.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/catalog/{product.id}/pictures")
    assert (product.price, product.stock_available) == (Decimal(52_000), Decimal(100))
    assert product.state == "draft"
    assert product.pending
    assert product.pending.attributes == {
        "weight": "80",
        "size": "A4",
        "recycled": True,
    }
    assert "The draft is saved." in text_of(here.get(answer["Location"]))


def test_a_doubled_upload_ends_on_the_same_page(here: Browser) -> None:
    first, second = (here.submit(PATH, **SOUND) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Fill in Name of the product."),
        ("name", "Me\u202eja", "marks that turn the direction"),
        ("name", "x" * 10_000, "at most 200 characters"),
        ("name", "<script>alert(1)</script>", "The signs < and > cannot be used here."),
        ("description", "pendek", "at least 10"),
        ("attribute.weight", "", "Fill in Weight"),
        ("attribute.weight", "1.500", "without grouping"),
        ("attribute.weight", "berat", "without grouping"),
        ("attribute.size", "B5", "Choose one of the options"),
        ("attribute.series", "<b>", "The signs < and > cannot be used here."),
        ("unit", "bushel", "Choose one of the options"),
        ("origin", "", "Choose one of the options"),
        ("price", "-5", "whole rupiah"),
        ("price", "1.5", "whole rupiah"),
        ("price", "1e30", "whole rupiah"),
        ("price", "0", "more than zero"),
        ("price", "9" * 14, "less than one trillion"),
        ("stock", "1,5", "whole for whole pieces"),
        ("stock", "-1", "must be a number"),
    ],
)
def test_a_bad_upload_is_explained_and_keeps_the_rest(
    field: str, value: str, said: str, here: Browser
) -> None:
    answer = here.submit(PATH, **{**SOUND, field: value})
    assert answer.status_code == 422
    assert said in text_of(answer)
    html = answer.content.decode()
    assert "<script>alert" not in html
    if field != "name":
        assert 'value="Kertas A4 80 gram"' in html
        assert '<option value="ream" selected>' in html or field == "unit"
    assert not Product.objects.exists()


def test_a_category_that_the_company_may_not_sell_in_is_explained(here: Browser) -> None:
    given = {k: v for k, v in SOUND.items() if not k.startswith("attribute")}
    answer = here.submit("/catalog/upload/medical.drug.tablet", **given)
    assert answer.status_code == 422
    assert "business fields (KBLI) do not include this category" in text_of(answer)
    assert 'value="Kertas A4 80 gram"' in answer.content.decode()


def test_a_name_in_use_is_explained(here: Browser) -> None:
    here.submit(PATH, **SOUND)
    answer = here.submit(PATH, **{**SOUND, "brand": "Lain"})
    assert answer.status_code == 422
    assert "already has a product with this name" in text_of(answer)


@pytest.mark.parametrize("role", ["pp", "ppk", "kurator", "apip", "helpdesk"])
def test_nobody_else_uploads(role: str) -> None:
    other = signed_in(role)
    assert other.get("/catalog/upload").status_code == 404
    assert other.submit(PATH, "/", **SOUND).status_code == 404
    assert not Product.objects.exists()
