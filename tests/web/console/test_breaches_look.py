"""Pages of erasures and breaches in a real browser: both widths, both languages."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.house.things_erasing import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DESK = "/console/breaches"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_broken_at_either_width_in_either_language(
    chrome: "Browser", personas: Personas
) -> None:
    link = MAKERS["erasure_token"]()["of warga, open"]
    breach = MAKERS["breach_id"]()["entered by admin"]
    desk = (DESK, f"{DESK}/new", f"{DESK}/{breach}", f"{DESK}/{breach}/change")
    shown = (
        ("warga", "id", ("/account/erasure",)),
        ("penyedia", "en", ("/account/erasure",)),
        ("admin", "en", (*desk, "/console/erasures")),
        ("admin", "id", (f"{DESK}/{breach}",)),
        ("", "en", (f"/recover/erasure/{link}", "/recover/erasure/x", "/log/certificate")),
    )
    found: list[object] = []
    with served() as site:
        for who, language, paths in shown:
            context = chrome.new_context()
            cookies = {"lang": language} | ({SESSION: sign_in(personas[who])} if who else {})
            host = urlsplit(site).hostname or ""
            context.add_cookies(
                [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in cookies.items()]
            )
            sheet = context.new_page()
            for path in paths:
                found += faults(sheet, site, path, f"{who}-{language}")
            context.close()
    assert found == []
