"""Every address walked by every persona and by nobody: each gets what was reviewed in urls.csv.

When a page is new or a right was changed on purpose:
`./test tests/house/test_walk.py --accept`, read the difference of urls.csv, commit it.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from gapura.ops.seeding.cast import CAST
from gapura.web.shell.pages import Page
from tests.house.things import Stock
from tests.house.walking import (
    NOBODY,
    PARAMETER,
    WEAK,
    Row,
    accept,
    addresses,
    area_of,
    drawn_once,
    key_of,
    recognized_once,
    reviewed,
    walk,
)
from tests.personas import ClientFor
from tests.sessions import FIREFOX, IP
from tools.house.inventory import pages

PAGES = pages()
AREAS = sorted({area_of(page) for page in PAGES.values()})
OPTIONS = {"raise_request_exception": False}
MOST_SHOWN = 40
FORM = "application/x-www-form-urlencoded"
# Without the request of another program there is nothing to show there but that it is missing.
ASKED_BY_PROGRAMS = {"oauth2-authorize"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _pages_of(area: str) -> dict[str, Page]:
    return {name: page for name, page in PAGES.items() if area_of(page) == area}


def _outsider(*, enforce_csrf_checks: bool = False) -> Client:
    return Client(
        enforce_csrf_checks, raise_request_exception=False, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR=IP
    )


@pytest.fixture
def clients(client_for: ClientFor) -> dict[str, Client]:
    """One browser for each visitor."""
    named = {one.username: client_for(one.username, **OPTIONS) for one in CAST}
    weak = client_for("verifikator", acr=1, **OPTIONS)
    return {NOBODY: _outsider(), **named, WEAK: weak}


@pytest.mark.parametrize("area", AREAS)
def test_everyone_gets_what_was_reviewed(
    area: str, clients: dict[str, Client], pytestconfig: pytest.Config
) -> None:
    """Broken access control: a page that opens to somebody it is not for."""
    names = _pages_of(area)
    stock = Stock()
    with drawn_once(), recognized_once():
        found = [row for page in names.values() for row in walk(page, clients, stock)]
    if pytestconfig.getoption("--accept", default=False):
        accept(set(names), found)
    known = {key_of(row): row for row in reviewed() if row["page"] in names}
    changed = _differences(known, found)
    assert not changed, "\n".join(["not as reviewed:", *changed[:MOST_SHOWN]])
    assert sorted(set(known) - {key_of(row) for row in found}) == [], "no longer walked"


def _differences(known: dict[tuple[str, ...], Row], found: list[Row]) -> list[str]:
    return [
        f"{' '.join(key_of(row))}: {who} gets {row[who]}, reviewed: {before.get(who, 'nothing')}"
        for row in found
        for before in (known.get(key_of(row), {}),)
        for who in row
        if before.get(who) != row[who]
    ]


def test_nobody_meets_an_error_of_ours() -> None:
    wrong = [row for row in reviewed() if any(cell.startswith("5") for cell in row.values())]
    assert wrong == []


def test_no_page_forgets_to_ask_its_permission() -> None:
    """A page about a thing asks itself; the frame can only see that it did."""
    assert [key_of(row) for row in reviewed() if any("unasked" in v for v in row.values())] == []


def test_every_page_has_one_title_and_one_heading() -> None:
    wrong = [key_of(row) for row in reviewed() if any("heading" in v for v in row.values())]
    assert wrong == []


def test_what_is_not_public_sends_nobody_to_sign_in() -> None:
    """Whoever is not signed in sees public pages, or the way to sign in, and nothing between."""
    seen = [row for row in reviewed() if row["method"] == "GET"]
    answers = {row[NOBODY] for row in seen if row["page"] not in ASKED_BY_PROGRAMS}
    assert answers <= {"200", ">/login", "404"} | {a for a in answers if a.startswith(">/")}


def test_a_foreign_agency_gets_404() -> None:
    """Enumeration: 403 would tell that the thing exists."""
    about = [row for row in reviewed() if row["thing"] in HOME_ONLY]
    assert about
    assert {(key_of(row), row["luar"]) for row in about if row["luar"] != "404"} == set()


def test_an_order_of_another_agency_is_not_there_for_anybody_at_home() -> None:
    about = [row for row in reviewed() if row["thing"] == ABROAD_ONLY]
    assert about
    for who in ("pp", "ppk", "pa", "kpa", "bendahara", "apip", "verifikator", "admin_instansi"):
        assert {(key_of(row), row[who]) for row in about if row[who] != "404"} == set()


@pytest.mark.parametrize("page", ["request-approve", "request-correct", "request-reject"])
def test_only_the_verifier_who_took_a_request_decides_it(page: str) -> None:
    """Separation of duties: not the applicant, not a colleague, not the platform, not by mail."""
    rows = {row["thing"]: row for row in reviewed() if row["page"] == page}
    taken = rows["of pp taken by verifikator"]
    assert [who for who in taken if taken[who] == ">/requests/queue"] == ["verifikator"]
    assert taken["pp"] == "403"
    assert ">/requests/queue" not in rows["of ppk waiting"].values(), "nobody took it"


ABROAD_ONLY = "of luar to be reviewed"
HOME_ONLY = {
    "draft of pp",
    "to be reviewed",
    "to be accepted",
    "on its way",
    "to be paid",
    "draft of pa",
    "of ppk waiting",
    "of pp taken by verifikator",
    "of bendahara approved",
    "at D32",
    "about ppk",
}


@pytest.mark.parametrize("area", AREAS)
def test_every_change_needs_the_form_token(area: str, client_for: ClientFor) -> None:
    """Cross-site request forgery."""
    pages = _pages_of(area).values()
    changing = [page for page in pages if "POST" in page.methods and not page.from_elsewhere]
    stock = Stock()
    for client in (
        _outsider(enforce_csrf_checks=True),
        client_for("ppk", enforce_csrf_checks=True, **OPTIONS),
    ):
        for page in changing:
            for _, address in addresses(page, stock):
                assert client.post(address).status_code == 403, address


def test_what_takes_forms_of_other_sites_does_nothing(client_for: ClientFor) -> None:
    """Cross-site request forgery: such a form may lead to a page, and do nothing by itself."""
    here = client_for("ppk", enforce_csrf_checks=True, **OPTIONS)
    # Whose browser it is, and with which roles, is asked before every page.
    for page in [page for page in PAGES.values() if page.from_elsewhere]:
        with CaptureQueriesContext(connection) as asked:
            answer = here.post(f"/{page.route}", "a=b", content_type=FORM)
        assert (answer.status_code, answer["Location"]) == (303, f"/{page.route}?a=b")
        assert all(query["sql"].lstrip().startswith("SELECT") for query in asked)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_other_methods_are_refused(name: str) -> None:
    page = PAGES[name]
    route = PARAMETER.sub(_sample, page.route)
    refused = {m for m in METHODS if m not in page.methods}
    for method in refused:
        answer = _outsider().generic(method, f"/{route}")
        assert answer.status_code == 405, f"{method} {route}"
        assert answer["Allow"]


def _sample(parameter: object) -> str:
    kind = str(getattr(parameter, "group", lambda: "")()).strip("<>").split(":")[0]
    return {"uuid": "01890000-0000-7000-8000-000000000000", "int": "1"}.get(kind, "x")


def test_every_address_stands_in_a_page_table() -> None:
    strays = [p for p in get_resolver().url_patterns if not hasattr(p.callback, "page")]
    assert strays == []
