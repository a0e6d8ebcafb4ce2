"""/account/applications: what others see of one's account, and taking it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.kernel.ids import uuid7
from gapura.sso.models import Consent
from tests.authentication.world import person
from tests.sso.world import authorization, stopped
from tests.web.browser import Browser, text_of
from tests.web.oauth2.asking import allow, asking, newest, opened, somebody, spse

pytestmark = pytest.mark.django_db
HERE = "/account/applications"


def test_it_is_for_people_who_are_signed_in() -> None:
    assert Browser().get(HERE)["Location"].startswith("/login?next=")


def test_nothing_yet_is_said_in_words() -> None:
    assert "You have not signed in at any other application yet." in text_of(somebody().get(HERE))


def test_each_application_stands_there_with_what_it_sees_and_where_one_is_signed_in() -> None:
    here = somebody()
    allow(here, opened(here, asking(spse(sandbox=True), scope="openid email")))
    text = text_of(here.get(HERE))
    assert "SPSE Kementerian Contoh Test" in text
    assert "See your e-mail address" in text
    assert "In 1 of your sign-ins" in text
    assert "See your name" not in text


def test_taking_it_back_ends_it_and_the_application_asks_again() -> None:
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app)))
    row = newest()
    answer = here.submit(f"{HERE}/{app.id}/withdraw", page=HERE)
    assert answer["Location"] == HERE
    assert "sees nothing of you any more" in text_of(here.get(HERE))
    assert stopped(row) == "ended"
    assert "May SPSE Kementerian Contoh see this?" in text_of(opened(here, asking(app)))


def test_nobody_takes_back_what_another_allowed() -> None:
    """Insecure direct object reference: the number of an application is no secret."""
    app, owner = spse(), somebody()
    allow(owner, opened(owner, asking(app)))
    stranger = somebody(person())
    assert stranger.submit(f"{HERE}/{app.id}/withdraw", page=HERE).status_code == 404
    assert stranger.submit(f"{HERE}/{uuid7()}/withdraw", page=HERE).status_code == 404
    assert Consent.objects.get().withdrawn_at is None


def test_nothing_is_taken_back_without_the_form_token() -> None:
    """Cross-site request forgery."""
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app)))
    assert here.post(f"{HERE}/{app.id}/withdraw").status_code == 403
    assert Consent.objects.get().withdrawn_at is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_reads_in_both_languages_and_asks_eight_queries(language: str) -> None:
    someone = person()
    here = somebody(someone)
    here.cookies["lang"] = language
    for number in range(5):
        authorization(spse(name=f"Application {number}"), someone)
    here.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        page = here.get(HERE)
    assert page.content.decode().count("govuk-summary-card__title-wrapper") == 5
    assert f'lang="{language}"' in page.content.decode()
    assert len(asked) <= 8, [query["sql"][:80] for query in asked]
