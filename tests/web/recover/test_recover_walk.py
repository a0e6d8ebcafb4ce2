"""In a real browser: the ladder, asking for a way back, stopping it; with and without scripts."""

from typing import TYPE_CHECKING

import pytest

from gapura.authentication.models import Recovery
from tests.authentication.recovering import stop_link
from tests.authentication.world import mailed_code, person
from tests.web.register.test_walk import Walk
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(("lang", "scripts"), [("en", False), ("id", True)])
def test_somebody_who_lost_everything_asks_and_the_owner_stops_it(
    transactional_db: None, chrome: "Browser", lang: str, scripts: bool
) -> None:
    someone = person()
    context = chrome.new_context(java_script_enabled=scripts)
    with served() as address:
        context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        walk = Walk(context.new_page(), address, lang, scripts=scripts)
        walk.go("/login")
        walk.page.click("a[href='/recover/help']")
        walk.look()
        walk.page.click("a[href='/recover/lost']")
        walk.page.check("input[name=mailbox][value=yes]")
        walk.send(login=someone.username)
        walk.send(code="000000")
        walk.send(code=mailed_code(someone, "recover"))
        assert walk.path == "/recover/asked"
        row = Recovery.objects.get()
        walk.go(f"/recover/stop/{stop_link(row)}")
        walk.send()
        row.refresh_from_db()
        assert row.state == "stopped"
        walk.go("/recover/return")
        walk.go("/recover")
        walk.send(login=someone.username)
        walk.send(code=mailed_code(someone, "reset"))
        assert walk.path == "/recover/wait"
    context.close()
