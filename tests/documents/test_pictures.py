"""Hostile photos; each test is named for the attack."""

from io import BytesIO

import pytest
from PIL import Image

from gapura.documents import errors, gate
from tests.documents import makers
from tests.documents.meeting import JPG, refusal


@pytest.mark.parametrize("size", [(50_000, 50_000), (65_000, 65_000), (10_000, 5_001)])
def test_a_pixel_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    assert refusal(makers.jpg_claiming(*size), JPG) is errors.TooManyPixels


@pytest.mark.parametrize("damage", ["three bytes", "cut off", "not a picture"])
def test_a_damaged_jpg_is_refused(damage: str) -> None:
    whole = makers.jpg()
    content = {
        "three bytes": whole[:3],
        "cut off": whole[: len(whole) // 2],
        "not a picture": b"\xff\xd8\xff\xe0<svg onload=alert(1)>",
    }[damage]
    assert refusal(content, JPG) is errors.Broken


def test_place_and_maker_of_a_photo_do_not_survive_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "MAKER-OF-THE-PHONE"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)  # latitude
    content = makers.jpg(800, 600, exif.tobytes())
    assert b"MAKER-OF-THE-PHONE" in content
    [page] = gate.examine(content, JPG)
    assert page.height > page.width
    with Image.open(BytesIO(page.content)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"background", "loop", "timestamp", "duration"}
    assert b"MAKER" not in page.content


def test_a_picture_one_pixel_wide_is_drawn_within_bounds() -> None:
    [page] = gate.examine(makers.jpg(1, 40_000), JPG)
    assert page.height <= JPG.preview_height
