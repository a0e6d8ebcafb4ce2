"""Pictures of products: through the gate, onto the draft, shown to those who may see it."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from gapura.catalog import errors, services
from gapura.catalog.models import Picture
from gapura.catalog.queries import picture, product_for
from gapura.documents.errors import NotAPicture
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from tests.catalog import goods
from tests.documents import makers


def add(actor: Actor, product: UUID, width: int = 600, name: str = "foto.jpg") -> UUID:
    return services.add_picture(
        actor=actor, product=product, name=name, content=makers.jpg(width, 600)
    )


def test_a_picture_of_a_draft_is_the_companys_alone(
    seller: Actor, rival: Actor, curator: Actor, buyer: Actor
) -> None:
    product = goods.draft(seller, pictured=False)
    document = add(seller, product)
    small = picture(seller, document, small=True)
    with Image.open(BytesIO(small.content)) as image:
        assert image.size == (320, 320)
    for actor in (rival, curator, buyer):
        with pytest.raises(errors.NoSuchPicture):
            picture(actor, document, small=False)
    services.submit_product(actor=seller, product=product)
    assert picture(curator, document, small=False).media_type == "image/webp"
    with pytest.raises(errors.NoSuchPicture):
        picture(buyer, document, small=True)
    goods.approve(curator, product)
    assert picture(buyer, document, small=True).content == small.content
    assert product_for(buyer, product).card.picture == document


def test_a_new_picture_of_what_is_listed_waits_for_the_curator(
    seller: Actor, curator: Actor, buyer: Actor, listed: UUID
) -> None:
    before = product_for(buyer, listed).version.pictures
    document = add(seller, listed)
    assert product_for(buyer, listed).version.pictures == before
    pending = product_for(seller, listed).pending
    assert pending is not None
    assert [one.document for one in pending.pictures] == [before[0].document, document]
    with pytest.raises(errors.NoSuchPicture):
        picture(buyer, document, small=True)
    services.remove_picture(actor=seller, product=listed, document=before[0].document)
    services.submit_product(actor=seller, product=listed)
    goods.approve(curator, listed)
    (shown,) = product_for(buyer, listed).version.pictures
    assert shown.document == document


def test_the_same_picture_twice_is_one(seller: Actor) -> None:
    product = goods.draft(seller, pictured=False)
    assert add(seller, product) == add(seller, product)
    assert Picture.objects.count() == 1


def test_pictures_have_an_end(seller: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapura.catalog.services.pictures.MOST_PICTURES", 1)
    product = goods.draft(seller)
    with pytest.raises(errors.TooManyPictures):
        add(seller, product)


def test_a_script_named_jpg_is_refused(seller: Actor) -> None:
    product = goods.draft(seller, pictured=False)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    with pytest.raises(NotAPicture):
        services.add_picture(actor=seller, product=product, name="foto.jpg", content=svg)
    assert not Picture.objects.exists()


def test_nothing_is_added_or_taken_in_review(seller: Actor) -> None:
    product = goods.submitted(seller)
    document = Picture.objects.values_list("document_id", flat=True).get()
    with pytest.raises(errors.InReview):
        add(seller, product)
    with pytest.raises(errors.InReview):
        services.remove_picture(actor=seller, product=product, document=document)


def test_others_change_no_pictures(
    seller: Actor, rival: Actor, buyer: Actor, curator: Actor, listed: UUID
) -> None:
    shown = product_for(buyer, listed).version.pictures[0].document
    for actor in (rival, buyer, curator):
        with pytest.raises(Refused):
            add(actor, listed)
        with pytest.raises(Refused):
            services.remove_picture(actor=actor, product=listed, document=shown)
    with pytest.raises(errors.NoSuchPicture):
        services.remove_picture(actor=seller, product=listed, document=uuid4())
    with pytest.raises(errors.NoSuchPicture):
        picture(seller, uuid4(), small=True)


def test_a_certificate_is_no_picture(seller: Actor, listed: UUID) -> None:
    """Reading letters through the address of pictures."""
    with pytest.raises(errors.NoSuchPicture):
        picture(seller, goods.evidence(seller.who), small=False)
