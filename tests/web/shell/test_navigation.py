"""The menu stays short: sections gather entries, and their pages have a second row of them."""

import pytest

from gapura.kernel.permissions import may
from gapura.web.shell.navigation import ENTRIES, Menu
from tests.personas import ActorFor

LONGEST = 8
EVERYBODY = ("ppk", "kpa", "verifikator", "apip", "admin_instansi", "helpdesk", "admin", "penyedia")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", EVERYBODY)
def test_every_page_offered_is_one_or_two_clicks_away(actor_for: ActorFor, username: str) -> None:
    actor = actor_for(username)
    offered = {entry.href for entry in ENTRIES if may(actor, entry.permission)}
    first = {line.href for line in Menu(actor, "/").entries}
    behind = {line.href for href in first for line in Menu(actor, href).parts}
    assert first | behind == offered
    assert len(first) <= LONGEST


def test_a_verifier_has_seven_entries(actor_for: ActorFor) -> None:
    assert len(Menu(actor_for("verifikator"), "/").entries) == 7


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/requests/queue", "/requests/queue", "/requests/queue"),
        ("/requests/0/review", "/requests/queue", "/requests/queue"),
        ("/requests/register/recap", "/requests/queue", "/requests/register"),
        ("/letters/new", "/letters", "/letters"),
        ("/people/expiring", "/letters", "/people/expiring"),
        ("/people/identities", "/people/verifiers", "/people/identities"),
        ("/console/findings", "/people/at", "/console/findings"),
    ],
)
def test_the_page_and_its_section_are_marked(
    actor_for: ActorFor, path: str, section: str, current: str
) -> None:
    menu = Menu(actor_for("verifikator"), path)
    assert [line.href for line in menu.entries if line.current] == [section]
    assert [line.href for line in menu.parts if line.current] == [current]


@pytest.mark.parametrize("path", ["/", "/requests", "/catalog", "/account"])
def test_a_page_outside_of_sections_has_no_second_row(actor_for: ActorFor, path: str) -> None:
    menu = Menu(actor_for("verifikator"), path)
    assert (menu.section, menu.parts) == ("", ())


def test_a_section_with_one_page_is_that_page(actor_for: ActorFor) -> None:
    menu = Menu(actor_for("apip"), "/requests/register")
    assert menu.section == ""
    assert [line.href for line in menu.entries if line.current] == ["/requests/register"]
