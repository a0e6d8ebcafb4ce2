"""Pages of access reviews in a real browser: walked without scripts of ours, phone and wide."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.house.things import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WALK: dict[str, tuple[str, ...]] = {
    "admin_instansi": (
        "/people/reviews",
        "/people/reviews/new",
        "/people/reviews/{review_id}",
        "/people/reviews/{review_id}?tab=all",
        "/people/reviews/{review_id}/lines/{line_id}/remove",
        "/people/reviews/{review_id}/extend",
        "/people/reviews/{review_id}/cancel",
    ),
    "admin": ("/people/reviews", "/people/reviews/new"),
    "ppk": ("/account/access",),
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_can_be_read_and_the_read_back_is_walked(
    chrome: "Browser", personas: Personas
) -> None:
    things = {name: str(next(iter(MAKERS[name]().values()))) for name in ("review_id", "line_id")}
    wrong: list[object] = []
    with served() as site:
        for who, paths in WALK.items():
            context = chrome.new_context(locale="id-ID")
            host = urlsplit(site).hostname or ""
            for name, value in ((SESSION, sign_in(personas[who])), ("lang", "id")):
                context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
            sheet = context.new_page()
            for path in paths:
                wrong += faults(sheet, site, path.format(**things), who)
            if who == "admin_instansi":
                sheet.goto(f"{site}/people/reviews/{things['review_id']}")
                sheet.locator("input[name=line]").first.check()
                sheet.locator("main form[action$=confirm] button").click()
                sheet.locator("#f-read").check()
                sheet.locator("main form[action$=confirm] button").click()
                assert sheet.url.endswith(things["review_id"])
                assert sheet.locator(".govuk-notification-banner").count() == 1
            context.close()
    assert wrong == []
