"""The guides' pictures: made in a real browser with --accept-pictures, else looked at."""

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import expect

from gapura.web.help.guides import GUIDES
from gapura.web.help.guides.pictures import HEIGHT, PICTURES, WIDTH
from tests.journeys.camera import FOLDER, MOST_BYTES, SHARPNESS
from tests.journeys.conftest import Phones, SignedIn
from tests.journeys.stage import Stage
from tests.journeys.tour import Tour
from tests.journeys.visitor import Mode, Visitor, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FEWEST, MOST = 2, 4
MOST_TOGETHER = 2_000_000
ON_A_PHONE = Mode("id", True, WIDTH)


def test_the_pictures_are_made(
    request: pytest.FixtureRequest,
    chrome: "Browser",
    tmp_path: Path,
) -> None:
    if not request.config.getoption("--accept-pictures"):
        return
    stage: Stage = request.getfixturevalue("stage")
    signed_in: SignedIn = request.getfixturevalue("signed_in")
    phones: Phones = request.getfixturevalue("phones")

    def visit(username: str) -> AbstractContextManager[Visitor]:
        state = signed_in(username) if username else None
        return visiting(chrome, stage, ON_A_PHONE, state, SHARPNESS)

    with ExitStack() as stack:
        Tour(stack, visit, phones, tmp_path).go()


def test_every_picture_is_there_and_small() -> None:
    files = list(FOLDER.iterdir())
    assert {file.name for file in files} == {f"{name}.webp" for name in PICTURES}
    sizes = [file.stat().st_size for file in files]
    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) < MOST_TOGETHER
    for file in files:
        with Image.open(file) as picture:
            assert picture.format == "WEBP"
            assert picture.size == (WIDTH * SHARPNESS, HEIGHT * SHARPNESS)
            assert not picture.getexif()


def test_the_pictures_are_told_in_both_languages() -> None:
    with override("id"):
        untold = [name for name, words in PICTURES.items() if gettext(words) == words]
    assert untold == []


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_shows_two_to_four(slug: str) -> None:
    shown = [step.picture for step in GUIDES[slug].steps if step.picture]
    assert FEWEST <= len(shown) <= MOST
    assert len(set(shown)) == len(shown)
    assert set(shown) <= PICTURES.keys()


def test_no_picture_is_left_over() -> None:
    shown = {step.picture for guide in GUIDES.values() for step in guide.steps}
    assert shown - {""} == PICTURES.keys()


@pytest.mark.parametrize("mode", [ON_A_PHONE, Mode("en", True, 1280)], ids=str)
def test_the_guides_show_their_pictures(mode: Mode, chrome: "Browser", stage: Stage) -> None:
    with visiting(chrome, stage, mode) as me:
        me.speak(mode.lang)
        for slug, guide in GUIDES.items():
            me.open(f"/help/guides/{slug}")
            for step in guide.steps:
                if step.picture:
                    _is_shown(me, PICTURES[step.picture])


def _is_shown(me: Visitor, told: str) -> None:
    """It loads when somebody comes near, is named, and stays within its column."""
    picture = me.page.get_by_role("img", name=me.t(told), exact=True)
    assert picture.get_attribute("loading") == "lazy"
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("e => e.naturalWidth") == WIDTH * SHARPNESS
