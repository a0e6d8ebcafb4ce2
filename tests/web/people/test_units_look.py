"""Pages of units, and of a company kept true, in a real browser: on a phone and wide."""

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
    "admin_instansi": (
        "/people/units",
        "/people/units/D32.005",
        "/people/units/D32.004/confirm",
        "/people/units/D32.004/merge",
        "/people/units/changes/{change_id}/cancel",
    ),
    "admin": ("/people/units", "/people/agencies/K16", "/people/agencies/K16/close"),
    "penyedia": (
        "/company",
        "/company/comparison",
        "/company/branches",
        "/company/branches/new",
        "/company/branches/{branch_id}/close",
        "/company/papers/letter",
    ),
}
_NEEDS = ("change_id", "branch_id", "difference_id", "past_id")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_units_and_companies_can_be_read_by_everyone(chrome: "Browser", personas: Personas) -> None:
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
