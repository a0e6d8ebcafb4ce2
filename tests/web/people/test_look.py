"""Pages of letters, access and identities in a real browser: readable on a phone and wide."""

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
    "admin": (
        "/console/authorities",
        "/console/companies",
        "/people/verifiers",
        "/console/security",
        "/console/security?tab=locks",
        "/console/security/{suspicion_id}",
        "/console/security/locks/{lock_id}",
    ),
    "apip": ("/orders/splitting",),
}
_NEEDS = (
    "letter_id",
    "appointment_id",
    "import_id",
    "identity_id",
    "finding_id",
    "suspicion_id",
    "lock_id",
)


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
                wrong += faults(sheet, site, path.format(**things), who)
            context.close()
    assert wrong == []
