"""Pages of campaigns in a real browser, the admin's and those of whoever is held."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from gapura.accounts.models import Campaign
from gapura.journeys import reverifying
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from tests.house.things_campaigns import MAKERS
from tests.personas import Personas, sign_in
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = "/console/campaigns"
OWN = "/account/reverification"


def _held() -> Campaign:
    """A campaign for one role, whose time is over."""
    campaign = UUID(str(MAKERS["campaign_id"]()["of a policy"]))
    Campaign.objects.filter(pk=campaign).update(audience="role", among="pp")
    admin = acting(persona_id("admin"), "admin_platform")
    reverifying.start(actor=admin, campaign_id=campaign)
    past = clock.now() - timedelta(hours=1)
    Campaign.objects.filter(pk=campaign).update(consequence="read_only", held_from=past)
    return Campaign.objects.get(pk=campaign)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_broken_at_either_width_in_either_language(
    chrome: "Browser", personas: Personas
) -> None:
    shown = _held().pk
    found: list[object] = []
    pages = {
        "admin": (HERE, f"{HERE}/new", f"{HERE}/{shown}", OWN),
        "pp": ("/", OWN, f"{OWN}/change"),
    }
    with served() as site:
        for language in ("id", "en"):
            for who, paths in pages.items():
                context = chrome.new_context()
                host = urlsplit(site).hostname or ""
                cookies = {SESSION: sign_in(personas[who]), "lang": language}
                context.add_cookies(
                    [
                        {"name": n, "value": v, "domain": host, "path": "/"}
                        for n, v in cookies.items()
                    ]
                )
                sheet = context.new_page()
                for path in paths:
                    found += faults(sheet, site, path, f"{who}-{language}")
                context.close()
    assert found == []
