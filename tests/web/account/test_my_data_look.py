"""Pages of one's own data and of the officer in a real browser: both widths, both languages."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from gapura.privacy.purposes import KINDS
from tests.house.things_privacy import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE, DESK = "/account/data", "/console/privacy"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_broken_at_either_width_in_either_language(
    chrome: "Browser", personas: Personas
) -> None:
    things = MAKERS["data_request_id"]()
    made = MAKERS["copy_id"]()
    asked, paused = things["of ppk at the home agency"], things["of pa, fulfilled"]
    ppk = (HERE, *(f"{HERE}/held/{kind}" for kind in KINDS), f"{HERE}/copies/{made['of ppk']}")
    forms = (f"{HERE}/requests/correction", f"{HERE}/requests/restriction")
    mine = (*ppk, f"{HERE}/requests", f"{HERE}/requests/{asked}", *forms)
    desk = (DESK, f"{DESK}?state=ended", f"{DESK}/{asked}")
    shown = (
        ("ppk", "id", mine),
        ("pa", "en", (HERE, f"{HERE}/requests", f"{HERE}/requests/{paused}")),
        ("admin", "en", desk),
        ("luar", "en", (f"{HERE}/copies/{made['of luar, being made']}",)),
    )
    found: list[object] = []
    with served() as site:
        for who, language, paths in shown:
            context = chrome.new_context()
            host = urlsplit(site).hostname or ""
            cookies = {SESSION: sign_in(personas[who]), "lang": language}
            context.add_cookies(
                [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in cookies.items()]
            )
            sheet = context.new_page()
            for path in paths:
                found += faults(sheet, site, path, f"{who}-{language}")
            context.close()
    assert found == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_copy_is_asked_for_with_one_press_and_shows_how_far_it_is(
    chrome: "Browser", personas: Personas
) -> None:
    with served() as site:
        context = chrome.new_context()
        host = urlsplit(site).hostname or ""
        cookies = {SESSION: sign_in(personas["pp"]), "lang": "en"}
        context.add_cookies(
            [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in cookies.items()]
        )
        sheet = context.new_page()
        sheet.goto(f"{site}{HERE}")
        with sheet.expect_navigation():
            sheet.click("text=Ask for a copy")
        assert "/account/data/copies/" in sheet.url
        assert sheet.get_attribute("progress", "aria-label") == "Progress"
        context.close()
