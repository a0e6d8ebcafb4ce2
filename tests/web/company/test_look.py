"""Pages of a company's people in a real browser: readable on a phone and wide, both languages."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from gapura.access.models import Grant
from gapura.access.services import leave_company
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from tests.house.things_company import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = "/company/people"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_broken_at_either_width_in_either_language(
    chrome: "Browser", personas: Personas
) -> None:
    boss = Grant.objects.get(person=persona_id("penyedia"), role="admin_perusahaan")
    staff = Grant.objects.get(person=persona_id("staf"), role="staf_perusahaan")
    MAKERS["join_id"]()
    MAKERS["invitation_id"]()
    (takeover,) = MAKERS["succession_id"]().values()
    walk: dict[str, tuple[str, ...]] = {
        "penyedia": (
            "/company",
            HERE,
            f"{HERE}/invite",
            f"{HERE}/{staff.id}/change",
            f"{HERE}/{staff.id}/remove",
            f"/company/leave/{boss.id}",
            f"/company/takeovers/{takeover}",
        ),
        "staf": ("/company", f"/company/leave/{staff.id}", "/company/takeovers/new"),
        "warga": ("/company", f"/company/takeovers/{takeover}"),
        "helpdesk": ("/company/takeovers",),
    }
    found: list[object] = []
    with served() as site:
        for who, paths in walk.items():
            found += _looked(chrome, site, personas, who, paths)
        leave_company(actor=acting(persona_id("staf"), "staf_perusahaan"), grant_id=staff.id)
        left = (HERE, f"{HERE}/left/{staff.id}")
        found += _looked(chrome, site, personas, "penyedia", left)
    assert found == []


def _looked(
    chrome: "Browser", site: str, personas: Personas, who: str, paths: tuple[str, ...]
) -> list[object]:
    found: list[object] = []
    for language in ("id", "en"):
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
    return found
