"""Pages of connected applications in a real browser: readable on a phone and wide."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from gapura.ops.seeding.applications import connect_applications
from gapura.sso.models import Client
from tests.house.things_clients import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = "/console/clients"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_broken_at_either_width_in_either_language(
    chrome: "Browser", personas: Personas
) -> None:
    connect_applications()
    for make in MAKERS.values():
        make()
    shown = Client.objects.get(name="of the home agency").id
    paths = (HERE, f"{HERE}/new", f"{HERE}/tokens", f"{HERE}/{shown}", f"{HERE}/{shown}/change")
    found: list[object] = []
    with served() as site:
        for who, language in (("admin", "id"), ("admin", "en")):
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
