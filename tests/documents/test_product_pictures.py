"""Pictures of products: only their pixels are kept; whatever else is in the file is gone."""

import zlib
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from gapura.documents import errors, queries, services
from gapura.documents.models import Content, Stored
from gapura.kernel.actor import Actor
from tests.documents import makers

pytestmark = pytest.mark.django_db

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def person() -> Actor:
    return Actor(person=uuid4(), username="penyedia", acr=2)


def receive(content: bytes, name: str = "produk.jpg", actor: Actor | None = None) -> UUID:
    return services.receive(actor=actor or person(), name=name, content=content, purpose="picture")


def png(width: int, height: int, mode: str = "RGBA", **save: object) -> bytes:
    out = BytesIO()
    color = (255, 0, 0, 0) if mode == "RGBA" else "red"
    Image.new(mode, (width, height), color).save(out, "PNG", **save)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=("WEBP",))


def test_a_picture_is_drawn_anew_large_and_small() -> None:
    document = receive(makers.jpg(3000, 1500))
    large, small = queries.original_bytes(document), queries.preview(document, 1)
    assert (large.name, large.media_type, small.media_type) == (
        "produk.webp",
        "image/webp",
        "image/webp",
    )
    assert opened(large.content).size == (2048, 1024)
    assert opened(small.content).size == (320, 160)
    with pytest.raises(errors.NoSuchDocument):
        queries.preview(document, 2)


def test_a_small_picture_is_not_blown_up() -> None:
    document = receive(makers.jpg(400, 300))
    assert opened(queries.original_bytes(document).content).size == (400, 300)


def test_place_and_maker_do_not_survive_anywhere() -> None:
    """Privacy: where a shopkeeper photographed the goods is often a home."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MAKER-OF-THE-PHONE"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    document = receive(makers.jpg(800, 600, exif.tobytes()))
    large = queries.original_bytes(document).content
    assert opened(large).size == (600, 800)
    assert not opened(large).getexif()
    assert b"MAKER" not in large
    assert Stored.objects.count() == 2
    assert set(Content.objects.values_list("media_type", flat=True)) == {"image/webp"}


def test_a_png_stands_on_white() -> None:
    document = receive(png(300, 300), "produk.png")
    image = opened(queries.original_bytes(document).content)
    assert image.mode == "RGB"
    assert min(image.getpixel((150, 150))) > 250  # type: ignore[arg-type]


def test_the_same_picture_of_one_person_is_one_document() -> None:
    actor, content = person(), makers.jpg()
    assert receive(content, actor=actor) == receive(content, "lain.jpg", actor)
    assert receive(content) != receive(content)


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (SVG, "produk.jpg", errors.NotAPicture),
        (SVG, "produk.svg", errors.NotAPicture),
        (b"<?xml version='1.0'?>" + SVG, "produk.png", errors.NotAPicture),
        (b"GIF89a" + bytes(40), "produk.jpg", errors.NotAPicture),
        (makers.pdf(makers.letter()), "produk.jpg", errors.NotAPicture),
        (b"", "produk.jpg", errors.EmptyFile),
        (makers.jpg(), "produk.png", errors.WrongEnding),
        (makers.jpg(), "produk.svg", errors.WrongEnding),
        (makers.jpg() + makers.zip_file(), "produk.jpg", errors.PictureTwoFormats),
        (makers.jpg(299, 800), "produk.jpg", errors.PictureTooSmall),
        (makers.jpg_claiming(30_000, 30_000), "produk.jpg", errors.PictureTooManyPixels),
        (makers.jpg()[:300], "produk.jpg", errors.Broken),
        (b"\xff\xd8\xff\xe0" + SVG, "produk.jpg", errors.Broken),
        (b"\x89PNG\r\n\x1a\n" + SVG, "produk.png", errors.Broken),
        (makers.jpg() + bytes(3 * 1024 * 1024), "produk.jpg", errors.PictureTooLarge),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(
    content: bytes, name: str, problem: type[errors.FileRefused]
) -> None:
    with pytest.raises(problem) as caught:
        receive(content, name)
    assert type(caught.value) is problem
    assert not Stored.objects.exists()


def test_a_png_bomb_is_refused_by_its_header() -> None:
    """A megabyte of zeros that unpacks to gigabytes."""
    content = bytearray(png(320, 320, "RGB"))
    content[16:24] = (40_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    with pytest.raises(errors.PictureTooManyPixels):
        receive(bytes(content), "produk.png")


def test_a_comment_that_unpacks_to_much_does_not_fill_the_memory() -> None:
    """A zTXt chunk of 64 megabytes of blanks (decompression bomb in the margin)."""
    chunk = b"zTXt" + b"Comment\0\0" + zlib.compress(b" " * (64 << 20), 9)
    body = len(chunk[4:]).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    whole = png(320, 320, "RGB")
    with pytest.raises((errors.Broken, errors.PictureTooComplex)):
        receive(whole[:33] + body + whole[33:], "produk.png")


def test_a_letter_is_no_png_still() -> None:
    with pytest.raises(errors.WrongType):
        services.receive(actor=person(), name="SK.png", content=png(800, 800))
