"""The curators' desk: the queue, old beside new, the decisions, freezing and labels."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.catalog import services
from gapura.catalog.models import Claim, Product
from gapura.kernel.actor import Actor
from gapura.ops.seeding.letters import letter_pdf
from tests.catalog import goods
from tests.web.browser import Browser, text_of
from tests.web.catalog.conftest import Listing
from tests.web.people import holder, signed_in

REASON = {"reason": "unclear_name", "note": "Sebutkan ukuran dan merek."}


@pytest.fixture
def desk() -> Browser:
    """A curator's browser."""
    return signed_in("kurator")


def test_the_queue_shows_what_waits(desk: Browser, seller: Actor, listed: Listing) -> None:
    assert "No version waits for a check" in text_of(desk.get("/catalog/review"))
    goods.submitted(seller)
    product = listed("Kertas F4")
    changed = goods.fields(name="Kertas F4 baru")
    services.save_version(actor=seller, product=product, fields=changed)
    services.submit_product(actor=seller, product=product)
    said = text_of(desk.get("/catalog/review"))
    for part in ("Kertas A4 80 gram", "New product", "Kertas F4 baru", "Changed product"):
        assert part in said


def test_old_and_new_stand_beside_each_other(desk: Browser, seller: Actor, listed: Listing) -> None:
    product = listed()
    new = goods.fields(name="Kertas A4 75 gram", attributes={"weight": "75", "size": "A4"})
    services.save_version(actor=seller, product=product, fields=new)
    services.submit_product(actor=seller, product=product)
    page = desk.get(f"/catalog/{product}/review")
    html = page.content.decode()
    assert "<del>Kertas A4 80 gram</del>" in html
    assert "<ins>Kertas A4 75 gram</ins>" in html
    assert "<del>80 g</del>" in html
    said = text_of(page)
    assert "In the catalog now (version 1)" in said
    assert "To check (version 2)" in said


def test_approving_puts_it_into_the_catalog(desk: Browser, seller: Actor) -> None:
    product = goods.submitted(seller)
    page = f"/catalog/{product}/review"
    version = str(goods.pending_of(product))
    assert f'name="version" value="{version}"' in desk.get(page).content.decode()
    answer = desk.submit(f"/catalog/{product}/approve", page, version=version)
    assert answer["Location"] == "/catalog/review"
    assert "Kertas A4 80 gram is in the catalog." in text_of(desk.get("/catalog/review"))
    assert signed_in("pp").get(f"/catalog/{product}").status_code == 200
    assert desk.submit(f"/catalog/{product}/approve", "/", version=version).status_code == 404


def test_another_version_than_the_one_looked_at_is_not_approved(
    desk: Browser, seller: Actor
) -> None:
    product = goods.submitted(seller)
    answer = desk.submit(f"/catalog/{product}/approve", "/", version=str(UUID(int=9)))
    assert answer.status_code == 409
    assert Product.objects.get(pk=product).state == "in_review"


def test_sending_back_needs_a_reason_and_a_note_and_keeps_them(
    desk: Browser, seller: Actor
) -> None:
    product = goods.submitted(seller)
    path, page = f"/catalog/{product}/reject", f"/catalog/{product}/review"
    answer = desk.submit(path, page, note="Sebutkan ukuran.")
    assert answer.status_code == 422
    assert "Choose a reason." in text_of(answer)
    assert "Sebutkan ukuran.</textarea>" in answer.content.decode()
    answer = desk.submit(path, page, reason="unclear_name", note="pendek")
    assert answer.status_code == 422
    assert 'value="unclear_name" checked' in answer.content.decode()
    assert desk.submit(path, page, **REASON)["Location"] == "/catalog/review"
    assert Product.objects.get(pk=product).state == "needs_fix"


def test_a_curator_freezes_lets_go_and_takes_down(desk: Browser, listed: Listing) -> None:
    product = listed()
    here = f"/catalog/{product}"
    assert "/freeze" in desk.get(here).content.decode()
    given = {"reason": "wrong_specification", "note": "Ukuran berbeda dari yang dikirim."}
    assert desk.submit(f"{here}/freeze", note="x").status_code == 422
    for verb, state in (("freeze", "frozen"), ("unfreeze", "listed"), ("take-down", "taken_down")):
        assert desk.submit(f"{here}/{verb}", **given).status_code == 303
        assert Product.objects.get(pk=product).state == state
    assert desk.submit(f"{here}/freeze", "/", **given).status_code == 409


def test_a_curator_who_came_in_by_mail_is_sent_to_the_app(seller: Actor) -> None:
    product = goods.submitted(seller)
    here = Browser().sign_in(holder("kurator"))
    assert here.get("/catalog/review")["Location"].startswith("/login/step-up")
    answer = here.submit(f"/catalog/{product}/approve", "/")
    assert answer["Location"].startswith("/login/step-up")
    assert Product.objects.get(pk=product).state == "in_review"


@pytest.mark.parametrize(
    ("role", "place"), [("pp", ""), ("admin_perusahaan", "PT1"), ("apip", ""), ("helpdesk", "")]
)
def test_nobody_else_decides(role: str, place: str, seller: Actor, listed: Listing) -> None:
    waiting, product, here = goods.submitted(seller), listed("Lain"), signed_in(role, place)
    assert here.get("/catalog/review").status_code == 404
    assert here.get(f"/catalog/{waiting}/review").status_code in (403, 404)
    for verb in ("approve", "reject"):
        answer = here.submit(f"/catalog/{waiting}/{verb}", "/", **REASON)
        assert answer.status_code in (403, 404)
    for verb in ("freeze", "take-down"):
        answer = here.submit(f"/catalog/{product}/{verb}", "/", reason="other", note="x" * 20)
        assert answer.status_code in (403, 404)
    states = set(Product.objects.values_list("state", flat=True))
    assert states == {"in_review", "listed"}


def claimed(here: Browser, product: UUID, **given: Any) -> Any:
    return here.submit(f"/catalog/{product}/labels", **given)


def test_a_label_is_claimed_checked_and_shown(
    desk: Browser, seller: Actor, listed: Listing
) -> None:
    product, company = listed(), signed_in("staf_perusahaan", "PT1")
    paper = letter_pdf("Kementerian", "1/TKDN", "Sertifikat TKDN", ("Sah.",), "Direktur")
    answer = claimed(
        company,
        product,
        kind="tkdn",
        value="42,50",
        number="1/TKDN/2026",
        **{"valid_to-day": "31", "valid_to-month": "12", "valid_to-year": "2199"},
        evidence=SimpleUploadedFile("sertifikat.pdf", paper),
    )
    assert answer.status_code == 303, text_of(answer)
    claim = Claim.objects.get()
    assert (claim.value, claim.number) == (Decimal("42.50"), "1/TKDN/2026")
    assert "Waiting for the curator" in text_of(company.get(f"/catalog/{product}/labels"))
    assert "Labels to check" in text_of(desk.get("/catalog/review"))
    assert f"/catalog/claims/{claim.id}" in desk.get(f"/catalog/{product}").content.decode()
    page = desk.get(f"/catalog/claims/{claim.id}")
    assert "42,5%" in text_of(page)
    file = desk.get(f"/catalog/claims/{claim.id}/evidence")
    assert (file.content, file["Content-Type"]) == (paper, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    assert company.get(f"/catalog/claims/{claim.id}/evidence").status_code == 200
    buyer = signed_in("pp")
    for path in ("", "/evidence"):
        assert buyer.get(f"/catalog/claims/{claim.id}{path}").status_code == 404
    assert "TKDN" not in text_of(buyer.get("/catalog")).split("1 product")[1]
    assert desk.submit(f"/catalog/claims/{claim.id}/verify", "/").status_code == 303
    assert "TKDN" in text_of(buyer.get("/catalog")).split("1 product")[1]
    assert desk.submit(f"/catalog/claims/{claim.id}/verify", "/").status_code == 409


def test_a_label_that_cannot_be_confirmed_goes_back_with_a_reason(
    desk: Browser, listed: Listing
) -> None:
    product, company = listed(), signed_in("staf_perusahaan", "PT1")
    assert claimed(company, product, kind="pdn").status_code == 303
    claim = Claim.objects.get()
    path = f"/catalog/claims/{claim.id}"
    wrong = desk.submit(f"{path}/reject", path, reason="other", note="x")
    assert wrong.status_code == 422
    given = {"reason": "another_product", "note": "Sertifikat untuk produk lain."}
    assert desk.submit(f"{path}/reject", path, **given).status_code == 303
    said = text_of(company.get(f"/catalog/{product}"))
    assert "Sertifikat untuk produk lain." in said
    assert "The certificate is for another product or company" in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose the label."),
        ({"kind": "gold"}, "Choose one of the options"),
        ({"kind": "sni"}, "needs the number of its certificate"),
        ({"kind": "tkdn", "number": "1", "value": "200"}, "at most 100 percent"),
        ({"kind": "tkdn", "number": "1", "value": "x"}, "must be a number"),
        ({"kind": "sni", "number": "<b>"}, "cannot be used here"),
    ],
)
def test_a_wrong_label_is_explained(
    given: dict[str, str], said: str, seller: Actor, listed: Listing
) -> None:
    product, here = listed(), signed_in("staf_perusahaan", "PT1")
    answer = claimed(here, product, **given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Claim.objects.exists()


def test_the_same_label_twice_waits(listed: Listing) -> None:
    product, here = listed(), signed_in("staf_perusahaan", "PT1")
    claimed(here, product, kind="pdn")
    answer = claimed(here, product, kind="pdn")
    assert answer.status_code == 422
    assert "waiting for the curator already" in text_of(answer)


def test_others_decide_about_no_label(listed: Listing) -> None:
    product, here = listed(), signed_in("staf_perusahaan", "PT1")
    claimed(here, product, kind="pdn")
    claim = Claim.objects.get()
    for role, place in (("pp", ""), ("staf_perusahaan", "PT1"), ("apip", "")):
        other = signed_in(role, place)
        for verb in ("verify", "reject"):
            answer = other.submit(f"/catalog/claims/{claim.id}/{verb}", "/", **REASON)
            assert answer.status_code in (403, 404)
    assert Claim.objects.get().state == "claimed"


def test_what_is_not_in_the_catalog_cannot_be_frozen(desk: Browser, seller: Actor) -> None:
    product = goods.submitted(seller)
    assert desk.get(f"/catalog/{product}/freeze").status_code == 409
    assert desk.get(f"/catalog/{product}/unfreeze").status_code == 409
