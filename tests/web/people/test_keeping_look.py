"""Pages of contacts taken back, profiles and duplicate accounts in a real browser."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.house.things_keeping import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PAIR = "/people/duplicates/{announced}"
WALK: dict[str, tuple[str, ...]] = {
    "helpdesk": ("/people/duplicates", "/people/duplicates/{found}", _PAIR),
    "warga": ("/account", "/account/confirm", "/account/duplicate/{announced}"),
    "staf": ("/account/duplicate/{asked}",),
    "": ("/login/undo/{undo}", "/login/undo", "/login/undo?taken=1"),
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_can_be_read_by_everyone(chrome: "Browser", personas: Personas) -> None:
    pairs = MAKERS["duplicate_id"]()
    things = {name.rpartition(" ")[2]: str(value) for name, value in pairs.items()}
    things["undo"] = str(MAKERS["undo"]()["of warga"])
    wrong: list[object] = []
    with served() as site:
        for who, paths in WALK.items():
            context = chrome.new_context(locale="id-ID")
            host = urlsplit(site).hostname or ""
            cookies = {"lang": "en"} | ({SESSION: sign_in(personas[who])} if who else {})
            for name, value in cookies.items():
                context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
            sheet = context.new_page()
            for path in paths:
                wrong += faults(sheet, site, path.format(**things), who)
            context.close()
    assert wrong == []
