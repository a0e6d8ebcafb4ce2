"""/: the welcome, and for everyone signed in what waits and what can be done."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from gapura.access import services
from gapura.access.queries import ROLES
from gapura.accounts.models import Person
from gapura.authentication.methods import recovery_codes
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.ops.seeding.cast import CAST
from gapura.web.home.home import greeting
from gapura.web.home.tiles import TILES
from tests.access import world as places
from tests.authentication.world import person, with_app
from tests.personas import ClientFor
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of
from tests.web.requests.desk import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(db: None) -> Person:
    """A verifier of agency T1, with its places."""
    places.places()
    return places.verifier()


@pytest.mark.parametrize("language", ["en", "id"])
def test_guests_are_welcomed_with_the_four_steps(language: str) -> None:
    answer = Browser(language).get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('<li class="gp-walk__step">') == 4
    for way in ("/login", "/register", "/recover", "/help", "/help/contact"):
        assert f'href="{way}"' in page
    assert f'<html lang="{language}"' in page


def test_guests_cost_no_query() -> None:
    with CaptureQueriesContext(connection) as asked:
        Client().get("/")
    assert len(asked) == 0


def test_a_newcomer_sees_the_whole_way_with_what_is_done_on_it(verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    page = text_of(browser(someone, acr=1).get("/"))
    for row in (
        "Confirm your e-mail address Done",
        "Ask for access Have your appointment letter",
        "Add an authenticator app Needed before",
        "Activate your access Once a verifier has approved your request. Cannot start yet",
    ):
        assert row in page


def test_each_state_of_a_request_has_its_task(verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    request_id = places.draft(someone)
    here = browser(someone, acr=1)
    assert f'href="/requests/{request_id}/tasks"' in here.get("/").content.decode()
    services.submit_request(actor=places.actor(someone, acr=1), request_id=request_id)
    page = text_of(here.get("/"))
    assert "Wait for the answer to your request Commitment officer (PPK), Unit 1, Agency T1" in page
    assert "Answer by" in page
    services.claim_request(actor=places.actor(verifier), request_id=request_id)
    places.approve(verifier, request_id)
    page = text_of(here.get("/"))
    assert "after that it lapses. Waiting for activation" in page
    assert "Ask for access Have" not in page


def test_other_citizens_are_not_sent_to_ask_for_an_office() -> None:
    page = text_of(entered(person()).get("/"))
    assert "Do you sell to the government?" in page
    assert "What to do next" not in page


def test_data_that_has_to_be_corrected_is_the_first_thing_to_do() -> None:
    page = entered(person(state="needs_correction", kind="pns")).get("/").content.decode()
    assert 'href="/account/identity"' in page


def test_few_backup_codes_are_a_task() -> None:
    someone = person(kind="pns")
    with_app(someone)
    for code in recovery_codes.make(someone.id)[:9]:
        assert recovery_codes.use(someone.id, code) is None
    assert "1 backup code is left" in text_of(entered(someone).get("/"))


def test_the_verifier_sees_how_much_waits_and_until_when(verifier: Person) -> None:
    here = browser(verifier)
    assert "Nothing waits for you." in text_of(here.get("/"))
    for name in ("one", "two"):
        places.submitted(places.person(name, state="contact_verified"))
    places.claimed(places.person("three", state="contact_verified"), verifier)
    page = text_of(here.get("/"))
    assert "2 not taken 1 mine Next deadline:" in page


def test_a_role_that_ends_soon_is_announced(verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    places.active(someone, verifier)
    here = browser(someone)
    assert "This role ends on" not in text_of(here.get("/"))
    (grant,) = places.actor(someone).grants
    assert grant.valid_until is not None
    last = grant.valid_until
    with clock.frozen(datetime(last.year, last.month, last.day, 3, tzinfo=UTC)):
        here = browser(someone)
        page = text_of(here.get("/"))
    assert f"This role ends on {last.day} " in page


@pytest.mark.parametrize(
    ("hour", "zone", "words"),
    [
        (22, "Asia/Jakarta", "Good morning"),
        (4, "Asia/Jakarta", "Good day"),
        (8, "Asia/Jakarta", "Good afternoon"),
        (9, "Asia/Jayapura", "Good evening"),
        (18, "Asia/Makassar", "Good evening"),
    ],
)
def test_the_greeting_follows_the_clock_of_the_place(hour: int, zone: str, words: str) -> None:
    grant = ActiveGrant(uuid7(), "ppk", zone=zone)
    someone = Actor(person=uuid7(), name="Rara", acr=2, grant=grant, grants=(grant,))
    with clock.frozen(datetime(2026, 11, 22, hour, tzinfo=UTC)), override("en"):
        assert greeting(someone) == f"{words}, Rara"


def test_every_role_has_tiles_and_no_tile_a_role_that_is_not() -> None:
    assert set(TILES) == set(ROLES)


@pytest.mark.parametrize("username", [one.username for one in CAST])
def test_every_tile_of_every_persona_opens_and_home_asks_six_queries(
    client_for: ClientFor, username: str
) -> None:
    here = client_for(username)
    here.get("/")
    with CaptureQueriesContext(connection) as asked:
        page = here.get("/").content.decode()
    assert len(asked) <= 6, [query["sql"][:80] for query in asked]
    for href in re.findall(r'gp-card__link" href="([^"]+)"', page):
        assert here.get(href).status_code == 200, href


@pytest.mark.parametrize("username", ["verifikator", "ppk", "penyedia", "warga", "helpdesk"])
def test_a_weak_sign_in_asks_six_queries_too(client_for: ClientFor, username: str) -> None:
    here = client_for(username, acr=1)
    here.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert here.get("/").status_code == 200
    assert len(asked) <= 6, [query["sql"][:80] for query in asked]
