"""Pages of letters, access and identities in a real browser: readable on a phone and wide."""

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.house.things import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Who opens what; a name in braces is the first thing that its maker made.
WALK: dict[str, tuple[str, ...]] = {
    "verifikator": (
        "/letters",
        "/letters/new",
        "/letters/{letter_id}",
        "/letters/{letter_id}/check",
        "/people/expiring",
        "/people/expiring?by=letter",
        "/people/at",
        "/people/verifiers",
        "/people/identities",
        "/people/identities/{identity_id}",
        "/people/ppk",
        "/people/ppk/offboard",
        "/console/findings",
        "/console/findings/{finding_id}",
        "/requests/queue",
        "/requests/register",
        "/requests/register/recap",
        "/requests/register/units",
        "/requests/delegations",
        "/requests/delegations/new",
    ),
    "admin_instansi": (
        "/letters/{letter_id}/officers",
        "/letters/{letter_id}/import",
        "/letters/imports/{import_id}",
    ),
    "ppk": (
        "/letters/appointments/{appointment_id}",
        "/account/rights",
        "/account/access",
        "/requests/new",
        "/help/conflicts",
    ),
    "warga": ("/account/identity/document",),
    "admin": ("/console/authorities", "/console/companies", "/people/verifiers"),
    "apip": ("/orders/splitting",),
}
_NEEDS = ("letter_id", "appointment_id", "import_id", "identity_id", "finding_id")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_can_be_read_by_everyone(chrome: "Browser", personas: Personas) -> None:
    things = {name: str(next(iter(MAKERS[name]().values()))) for name in _NEEDS}
    wrong: list[object] = []
    with served() as site:
        for who, paths in WALK.items():
            context = chrome.new_context(locale="id-ID")
            host = urlsplit(site).hostname or ""
            for name, value in ((SESSION, sign_in(personas[who])), ("lang", "id")):
                context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
            sheet = context.new_page()
            for path in paths:
                wrong += _looked_at(sheet, site, who, path.format(**things))
            context.close()
    assert wrong == []


def _looked_at(sheet: "Page", site: str, who: str, path: str) -> list[object]:
    found: list[object] = []
    for width in (360, 1280):
        sheet.set_viewport_size({"width": width, "height": 800})
        answer = sheet.goto(f"{site}{path}")
        if answer is None or answer.status != 200:
            found.append((who, path, answer.status if answer else None))
            continue
        _keep(sheet, who, path, width)
        rules = Axe().run(sheet).response["violations"]
        found += [(path, width, v["id"], [n["target"] for n in v["nodes"]]) for v in rules]
        wide = sheet.evaluate("document.documentElement.scrollWidth")
        found += [(path, width, "wide", wide)] if wide > width else []
    return found


def _keep(sheet: "Page", who: str, path: str, width: int) -> None:
    if folder := os.environ.get("SHOTS"):
        name = f"{who}-{path.replace('/', '_')[-40:]}-{width}".replace("?", "_")
        sheet.screenshot(path=f"{folder}/{name}.png", full_page=True)
