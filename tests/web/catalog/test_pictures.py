"""Pictures: added, removed, shown to whoever may see the product, and to nobody else."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.catalog.models import Picture
from gapura.kernel.actor import Actor
from tests.catalog import goods
from tests.web.browser import Browser, text_of
from tests.web.catalog.conftest import Listing
from tests.web.people import signed_in


@pytest.fixture
def here(seller: Actor) -> Browser:
    """A browser of the company PT1."""
    return signed_in("staf_perusahaan", "PT1")


def add(here: Browser, product: UUID, content: bytes, name: str = "foto.png") -> Any:
    path = f"/catalog/{product}/pictures"
    return here.submit(path, picture=SimpleUploadedFile(name, content))


def test_a_picture_is_taken_shown_and_removed(here: Browser, seller: Actor, photo: bytes) -> None:
    product = goods.draft(seller, pictured=False)
    assert "No picture yet" in text_of(here.get(f"/catalog/{product}/pictures"))
    assert add(here, product, photo).status_code == 303
    page = here.get(f"/catalog/{product}/pictures")
    assert "Shown in lists" in text_of(page)
    document = Picture.objects.get().document_id
    for size in ("small", "large"):
        answer = here.get(f"/catalog/pictures/{document}/{size}")
        assert answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.content[8:12] == b"WEBP"
    path = f"/catalog/{product}/pictures"
    assert here.submit(f"{path}/{document}/remove", path).status_code == 303
    assert not Picture.objects.exists()
    assert here.submit(f"{path}/{document}/remove", path).status_code == 404


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.jpg", SVG),
        ("foto.svg", SVG),
        ("foto.png", b""),
        ("foto.png", b"\x89PNG\r\n\x1a\n broken"),
        ("foto.html", b"<html>"),
        ("foto.jpg", b"%PDF-1.7"),
    ],
)
def test_what_is_no_picture_is_explained(
    name: str, content: bytes, here: Browser, seller: Actor
) -> None:
    product = goods.draft(seller, pictured=False)
    answer = add(here, product, content, name)
    assert answer.status_code == 422
    assert "There is something to correct" in text_of(answer)
    assert not Picture.objects.exists()


def test_no_file_is_explained(here: Browser, seller: Actor) -> None:
    product = goods.draft(seller, pictured=False)
    answer = here.submit(f"/catalog/{product}/pictures")
    assert answer.status_code == 422
    assert "Choose a picture of the product." in text_of(answer)


def test_pictures_of_drafts_are_the_companys_own(
    here: Browser, seller: Actor, photo: bytes, listed: Listing
) -> None:
    product = goods.draft(seller, pictured=False)
    add(here, product, photo)
    path = f"/catalog/pictures/{Picture.objects.get().document_id}/small"
    assert here.get(path).status_code == 200
    others = [signed_in("pp"), signed_in("admin_perusahaan", "PT2"), signed_in("kurator")]
    assert [other.get(path).status_code for other in others] == [404, 404, 404]
    assert Browser().get(path)["Location"].startswith("/login")
    unknown = f"/catalog/pictures/{UUID(int=7)}/small"
    assert here.get(unknown).status_code == 404
    assert here.get(path.replace("small", "huge")).status_code == 404


def test_once_listed_everybody_sees_the_picture(
    here: Browser, seller: Actor, curator: Actor, photo: bytes
) -> None:
    product = goods.draft(seller, pictured=False)
    add(here, product, photo)
    here.submit(f"/catalog/{product}/submit", f"/catalog/{product}")
    goods.approve(curator, product)
    buyer = signed_in("pp")
    page = buyer.get("/catalog").content.decode()
    path = f"/catalog/pictures/{Picture.objects.get().document_id}/small"
    assert f'src="{path}"' in page
    assert buyer.get(path).status_code == 200


def test_a_listed_product_gets_its_new_picture_after_the_check(
    here: Browser, photo: bytes, listed: Listing
) -> None:
    product = listed()
    page = here.get(f"/catalog/{product}/pictures")
    assert "Buyers go on seeing the old ones" in text_of(page)
    add(here, product, photo)
    new = Picture.objects.latest("id").document_id
    assert f"/catalog/pictures/{new}/" in here.get(f"/catalog/{product}").content.decode()
    assert f"{new}" not in signed_in("pp").get(f"/catalog/{product}").content.decode()
