"""/account/security: devices that are signed in, and how each is ended."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.authentication.models import Session
from gapura.authentication.services.recovery_asking import open_asked
from gapura.kernel.actor import Actor
from gapura.web.account.health import QUESTIONS
from tests.authentication.world import events, later, person, with_app
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db
HERE = "/account/security"


def test_it_lists_factors_and_devices_with_the_present_one_marked() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    entered(someone)
    page = text_of(here.get(HERE))
    assert "10 still work" in page
    assert page.count("Firefox, Linux") >= 2
    assert page.count("This one") == 1


def test_one_sign_in_is_ended() -> None:
    someone = person()
    other, here = entered(someone), entered(someone)
    assert other.session
    answer = here.submit(f"{HERE}/sessions/{other.session.id}/end", page=HERE)
    assert answer["Location"] == HERE
    assert other.get("/account")["Location"].startswith("/login")
    answer = here.submit(f"{HERE}/sessions/{_ended(someone.id)}/end")
    assert "had already ended" in text_of(here.get(answer["Location"]))


def _ended(person_id: UUID) -> UUID:
    return Session.objects.filter(person=person_id, ended_at__isnull=False).latest("id").id


def test_nobody_ends_another_persons_sign_in() -> None:
    """Insecure direct object reference: the id of a stranger's session in the address."""
    stranger, here = entered(person()), entered(person())
    assert stranger.session
    here.submit(f"{HERE}/sessions/{stranger.session.id}/end", page=HERE)
    assert stranger.get("/account").status_code == 200


def test_all_others_are_ended_and_this_one_stays() -> None:
    someone = person()
    others = [entered(someone), entered(someone)]
    here = entered(someone)
    answer = here.submit(f"{HERE}/end-others", page=HERE)
    assert "2 other sign-ins were ended" in text_of(here.get(answer["Location"]))
    assert all(other.session is None for other in others)


def test_signing_out_everywhere_ends_this_one_too() -> None:
    someone = person()
    other, here = entered(someone), entered(someone)
    answer = here.submit(f"{HERE}/sign-out-everywhere", page=HERE)
    assert (answer.status_code, answer["Location"]) == (303, "/logout")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert other.session is None
    assert here.get("/account")["Location"].startswith("/login")
    assert events("authentication.session.signed_out_everywhere", someone) == [{"sessions": 2}]


def test_the_checklist_says_what_is_well_and_leads_to_what_mends_it() -> None:
    someone = person()
    page = entered(someone).get(HERE).content.decode()
    assert 'href="/account/totp"' in page
    assert "A second one, in case the first is lost" not in page
    here = entered(someone, with_app(someone))
    page = here.get(HERE).content.decode()
    text = text_of(here.get(HERE))
    assert "A second one, in case the first is lost" in text
    assert re.search(r'task-list__link" href="/account/passkeys"', page)
    assert re.search(r'task-list__link" href="/account/phone"', page)
    assert "At least four backup codes In order" in text


def test_every_link_of_the_checklist_opens() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    for _, _, href in QUESTIONS.values():
        if not href.startswith("#"):
            assert here.get(href).status_code in {200, 303}, href


def test_a_new_device_is_to_be_looked_at_on_the_others() -> None:
    someone = person()
    secret = with_app(someone)
    here, other = Browser(), Browser(ip="198.51.100.7")
    here.sign_in(someone, secret)
    with later(days=8):
        here = Browser()
        here.sign_in(someone, secret)
        assert "No sign-in on a device that is new In order" in text_of(here.get(HERE))
        with later(seconds=60):
            other.sign_in(someone, secret)
            assert "end its sign-in" in text_of(here.get(HERE))


def test_what_happened_lately_stands_there_and_leads_on() -> None:
    someone = person()
    here = entered(someone)
    page = here.get(HERE)
    assert "What happened lately" in text_of(page)
    assert "signed in" in text_of(page)
    assert 'href="/account/activity"' in page.content.decode()


@pytest.mark.parametrize(("language", "title"), [("id", 'lang="id"'), ("en", 'lang="en"')])
def test_it_reads_in_both_languages_and_asks_nine_queries(language: str, title: str) -> None:
    someone = person()
    here = entered(someone, with_app(someone), language)
    here.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        page = here.get(HERE)
    assert title in page.content.decode()
    assert len(asked) <= 9, [query["sql"][:80] for query in asked]


def test_a_way_back_that_somebody_asked_for_is_told() -> None:
    someone = person()
    here = entered(someone)
    assert "asks for a way back" not in text_of(here.get(HERE))
    open_asked(actor=Actor(ip="203.0.113.9"), login=someone.username, story="HP hilang.")
    assert "asks for a way back" in text_of(here.get(HERE))
