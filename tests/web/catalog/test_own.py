"""A company's own products: the board, changes, and leaving the catalog."""

from datetime import timedelta

import pytest

from gapura.catalog.models import Product, ProductVersion
from gapura.catalog.services import reject_product, take_down_product
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.models import CompanyStanding
from tests.catalog import goods
from tests.web.browser import Browser, text_of
from tests.web.catalog.conftest import Listing
from tests.web.people import signed_in

CHANGED = {
    "name": "Kertas A4 75 gram",
    "brand": "Sinar",
    "description": "Kertas putih untuk mencetak, satu rim.",
    "attribute.weight": "75",
    "unit": "ream",
    "origin": "local",
    "tax_class": "ppn",
}


@pytest.fixture
def here(seller: Actor) -> Browser:
    """A browser of the company PT1."""
    return signed_in("staf_perusahaan", "PT1")


def test_an_empty_board_says_how_to_begin(here: Browser) -> None:
    assert "Your company has no products yet" in text_of(here.get("/catalog/mine"))


def test_the_board_shows_states_with_counts_and_the_next_step(
    here: Browser, seller: Actor, curator: Actor, listed: Listing
) -> None:
    listed("Kertas A4 habis", stock=0)
    goods.draft(seller, goods.laptop())
    sent_back = goods.submitted(seller, goods.fields(name="Kertas F4"))
    reject_product(
        actor=curator,
        product=sent_back,
        version=goods.pending_of(sent_back),
        reason_code="unclear_name",
        note="Sebutkan ukuran kertas.",
    )
    page = here.get("/catalog/mine")
    said = text_of(page)
    for part in (
        "All 3",
        "Draft 1",
        "Needs a correction 1",
        "In the catalog 1",
        "Fill up the stock",
        "Complete and send",
        "Correct and send again",
    ):
        assert part in said
    only = text_of(here.get("/catalog/mine?state=draft"))
    assert "Laptop 14 inci" in only
    assert "Kertas F4" not in only
    assert "No product is in this state" in text_of(here.get("/catalog/mine?state=frozen"))
    assert here.get("/catalog/mine?state=nothing&page=x").status_code == 200


def test_another_companys_products_are_not_on_the_board(here: Browser) -> None:
    goods.draft(goods.seller("PT2"), goods.fields(name="Rahasia"))
    assert "Rahasia" not in text_of(here.get("/catalog/mine"))


def test_a_draft_is_sent_once_it_has_a_picture(here: Browser, seller: Actor) -> None:
    product = goods.draft(seller, pictured=False)
    page = here.get(f"/catalog/{product}")
    assert "Pictures At least one; checked by a curator Missing" in text_of(page)
    answer = here.submit(f"/catalog/{product}/submit", f"/catalog/{product}")
    assert answer["Location"] == f"/catalog/{product}/pictures"
    assert "needs at least one picture" in text_of(here.get(answer["Location"]))


def test_sending_a_draft_puts_it_into_review(here: Browser, seller: Actor) -> None:
    product = goods.draft(seller)
    answer = here.submit(f"/catalog/{product}/submit", f"/catalog/{product}")
    assert answer["Location"] == f"/catalog/{product}"
    said = text_of(here.get(answer["Location"]))
    assert "Sent. You are told when a curator has decided." in said
    assert "A curator is checking it." in said
    assert "/submit" not in here.get(f"/catalog/{product}").content.decode()
    again = here.submit(f"/catalog/{product}/submit", f"/catalog/{product}")
    assert again.status_code == 409


def test_a_change_says_that_the_old_version_stays_and_does_so(
    here: Browser, listed: Listing
) -> None:
    product = listed()
    page = here.get(f"/catalog/{product}/edit")
    assert "Buyers go on seeing version 1 until a curator has checked the new one" in text_of(page)
    assert 'value="Kertas A4 80 gram"' in page.content.decode()
    answer = here.submit(f"/catalog/{product}/edit", **CHANGED)
    assert answer["Location"] == f"/catalog/{product}"
    own = text_of(here.get(f"/catalog/{product}"))
    assert "Buyers still see the version in the catalog. Send your changes" in own
    assert "Kertas A4 75 gram" in own
    assert "75 gram" not in text_of(signed_in("pp").get(f"/catalog/{product}"))
    here.submit(f"/catalog/{product}/submit", f"/catalog/{product}")
    assert "in review, so it cannot be changed" in text_of(here.get(f"/catalog/{product}/edit"))


def test_an_edit_that_is_wrong_keeps_what_was_typed(here: Browser, listed: Listing) -> None:
    product = listed()
    answer = here.submit(
        f"/catalog/{product}/edit",
        **{**CHANGED, "attribute.weight": "1.500", "name": "<b>Kertas</b>"},
    )
    assert answer.status_code == 422
    said, html = text_of(answer), answer.content.decode()
    assert "The signs < and > cannot be used here." in said
    assert "without grouping" in said
    assert "&lt;b&gt;Kertas&lt;/b&gt;" in html
    assert "<b>Kertas" not in html
    assert ProductVersion.objects.filter(product=product).count() == 1


def test_the_category_of_a_product_is_changed_by_picking_another(
    here: Browser, seller: Actor
) -> None:
    product = goods.draft(seller)
    page = here.get(f"/catalog/{product}/category?in=office.computer").content.decode()
    onward = f"/catalog/{product}/edit?category={goods.LAPTOP}"
    assert f'href="{onward}"' in page
    assert "attribute.weight" not in here.get(onward).content.decode()
    given = {k: v for k, v in CHANGED.items() if not k.startswith("attribute")}
    assert here.submit(onward, **given).status_code == 303
    assert Product.objects.get(pk=product).category_id == goods.LAPTOP
    assert here.get(f"/catalog/{product}/edit?category=nothing").status_code == 404


def test_leaving_the_catalog_is_explained_first_and_can_be_taken_back(
    here: Browser, listed: Listing
) -> None:
    product = listed()
    assert "Running orders go on." in text_of(here.get(f"/catalog/{product}/withdraw"))
    assert here.submit(f"/catalog/{product}/withdraw").status_code == 303
    assert signed_in("pp").get(f"/catalog/{product}").status_code == 404
    assert "You took it out of the catalog." in text_of(here.get(f"/catalog/{product}"))
    assert here.submit(f"/catalog/{product}/relist", f"/catalog/{product}").status_code == 303
    assert Product.objects.get(pk=product).state == "in_review"


def test_what_a_curator_wrote_is_read_on_the_product(
    here: Browser, seller: Actor, curator: Actor
) -> None:
    product = goods.submitted(seller)
    reject_product(
        actor=curator,
        product=product,
        version=goods.pending_of(product),
        reason_code="unclear_name",
        note="Sebutkan ukuran & merek.",
    )
    said = text_of(here.get(f"/catalog/{product}"))
    assert "The name does not say what the product is" in said
    assert "Sebutkan ukuran & merek." in said
    assert "Sebutkan ukuran & merek." in text_of(here.get(f"/catalog/{product}/edit"))


VERBS = ("edit", "price", "stock", "pictures", "labels", "withdraw", "submit", "relist")


@pytest.mark.parametrize(
    ("role", "place"), [("admin_perusahaan", "PT2"), ("pp", ""), ("kurator", ""), ("apip", "")]
)
def test_others_change_nothing(role: str, place: str, listed: Listing) -> None:
    product, other = listed(), signed_in(role, place)
    before = Product.objects.filter(pk=product).values().get()
    for verb in VERBS:
        path = f"/catalog/{product}/{verb}"
        if verb not in ("submit", "relist"):
            assert other.get(path).status_code in (403, 404)
        answer = other.submit(path, "/", **CHANGED, amount="1", quantity="1", kind="pdn")
        assert answer.status_code in (403, 404)
    assert Product.objects.filter(pk=product).values().get() == before


def test_a_blacklisted_company_is_told_and_offers_nothing(here: Browser, listed: Listing) -> None:
    product = listed()
    CompanyStanding.objects.create(
        company_id="PT1",
        state="blacklisted",
        since=clock.today() - timedelta(days=1),
        basis="Daftar hitam nomor 12",
        recorded_at=clock.now(),
    )
    answer = here.submit(f"/catalog/{product}/edit", **CHANGED)
    assert answer.status_code == 403
    assert "standing does not allow new offers" in text_of(answer)


def test_what_cannot_be_done_now_is_said_before_a_form_is_filled_in(
    here: Browser, seller: Actor, curator: Actor, listed: Listing
) -> None:
    draft = goods.draft(seller, goods.laptop())
    assert here.get(f"/catalog/{draft}/withdraw").status_code == 409
    product = listed()
    take_down_product(
        actor=curator, product=product, reason_code="other", note="Produk ini dilarang dijual."
    )
    for page in ("price", "stock"):
        answer = here.get(f"/catalog/{product}/{page}")
        assert answer.status_code == 409
        assert "This product was taken down" in text_of(answer)
    said = text_of(here.get(f"/catalog/{product}"))
    assert "Produk ini dilarang dijual." in said
    assert "Taken down" in said
