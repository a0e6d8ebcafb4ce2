"""/account/access, /account/notices, /account/activity: what concerns one, and nobody else's."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.notifications.models import Notice
from gapura.notifications.queries import unread_count
from tests.access import world as places
from tests.authentication.world import person
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of
from tests.web.requests.desk import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(db: None) -> Person:
    """A verifier of agency T1, with its places."""
    places.places()
    return places.verifier()


def test_access_shows_grants_and_requests_with_their_states(verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    assert "You hold no role yet" in text_of(browser(someone).get("/account/access"))
    places.approved(someone, verifier)
    page = text_of(browser(someone).get("/account/access"))
    assert "Waiting for activation It was not activated yet." in page
    assert re.search(r"Activate it before \d+ \w+ \d{4}", page)
    assert re.search(r"AKS-\d{4}-\d{6}", page)


def test_another_persons_access_is_not_there(verifier: Person) -> None:
    places.active(places.person("owner", state="contact_verified"), verifier)
    page = text_of(entered(person()).get("/account/access"))
    assert "Commitment officer" not in page


def test_reading_the_notices_empties_the_bell(verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    places.approved(someone, verifier)
    assert unread_count(someone.id) > 0
    here = browser(someone)
    assert '<span class="gp-bell__count">' in here.get("/account").content.decode()
    first = here.get("/account/notices")
    assert "New" in text_of(first)
    assert '<span class="gp-bell__count">' not in first.content.decode()
    assert unread_count(someone.id) == 0
    assert not re.search(r'govuk-tag--blue">New<', here.get("/account/notices").content.decode())


def test_a_look_at_the_head_reads_nothing() -> None:
    someone = person()
    Notice.objects.create(person=someone.id, text="Halo", created_at=someone.created_at)
    entered(someone).head("/account/notices")
    assert unread_count(someone.id) == 1


def test_no_notices_yet_is_said() -> None:
    stranger, here = person(), entered(person())
    Notice.objects.create(person=stranger.id, text="Rahasia", created_at=stranger.created_at)
    page = text_of(here.get("/account/notices"))
    assert "No notices yet" in page
    assert "Rahasia" not in page


def test_ones_own_deeds_are_there_with_time_device_and_address() -> None:
    here = entered(person())
    here.submit("/account/password", current="keliru", new="x" * 20)
    page = text_of(here.get("/account/activity"))
    assert "Rara Anggraini signed in" in page
    assert "Firefox, Linux, 203.0.113.7" in page
    assert "Refused" in page
    assert "That was not you?" in page


def test_another_persons_life_is_not_there() -> None:
    stranger = entered(person(name="Orang Lain"))
    assert "Orang Lain signed in" in text_of(stranger.get("/account/activity"))
    assert "Orang Lain" not in text_of(entered(person()).get("/account/activity"))


def test_older_entries_are_a_page_away() -> None:
    someone = person()
    here = entered(someone)
    for number in range(26):
        here.submit("/account/edit", unit_text=f"Bagian {number}")
    first = here.get("/account/activity")
    found = re.search(r'href="(/account/activity\?after=[^"]+)"', first.content.decode())
    assert found
    assert "signed in" not in text_of(first)
    assert "signed in" in text_of(here.get(found[1]))


@pytest.mark.parametrize("after", ["x", "0", "%00", "00000000-0000-0000-0000-000000000000"])
def test_a_damaged_address_does_no_harm(after: str) -> None:
    assert entered(person()).get(f"/account/activity?after={after}").status_code == 200


@pytest.mark.parametrize("page", ["", "/security", "/access", "/notices", "/activity", "/edit"])
def test_the_pages_ask_little_of_the_database(page: str, verifier: Person) -> None:
    someone = places.person("someone", state="contact_verified")
    places.active(someone, verifier)
    here = browser(someone)
    here.get(f"/account{page}")
    with CaptureQueriesContext(connection) as asked:
        assert here.get(f"/account{page}").status_code == 200
    # Access also tells when it was last confirmed in a review.
    assert len(asked) <= (10 if page == "/access" else 9)


def test_nobody_sees_the_account_without_signing_in() -> None:
    for path in ("", "/security", "/totp", "/notices", "/activity", "/access", "/grant"):
        answer = Browser().get(f"/account{path}")
        assert answer["Location"].startswith("/login?next="), path
