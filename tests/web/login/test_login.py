"""/login: one answer for whoever may not come in, and the way on for whoever may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.authentication.rules import GUARDS
from tests.authentication.world import PASSWORD, later, mailed_code, mails, person, with_app
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db


def test_the_page_asks_for_name_and_password_in_two_languages() -> None:
    english, indonesian = Browser("en").get("/login"), Browser("id").get("/login")
    assert title_of(english).startswith("Sign in")
    assert 'name="username"' in english.content.decode()
    assert '<html lang="id"' in indonesian.content.decode()
    assert english["Cache-Control"] == "no-store"


def test_name_and_password_lead_to_the_strongest_factor() -> None:
    someone = person()
    with_app(someone)
    here = Browser()
    answer = here.submit("/login", username=someone.username, password=PASSWORD)
    assert (answer.status_code, answer["Location"]) == (303, "/login/code")
    assert "authenticator app" in title_of(here.get("/login/code"))
    assert here.acr == 0


def test_without_an_app_a_code_is_mailed_once_and_the_address_masked() -> None:
    someone = person(email="Bunga@contoh.go.id")
    here = Browser()
    here.submit("/login", username=someone.email, password=PASSWORD)
    page = text_of(here.get("/login/code"))
    assert "B***@contoh.go.id" in page
    assert mails(someone) == ["sign_in_code"]


@pytest.mark.parametrize("known", [True, False])
def test_wrong_password_and_unknown_name_look_the_same(known: bool) -> None:
    """Attack: find out which usernames exist."""
    name = person().username if known else "nobody.here"
    here = Browser()
    answer = here.submit("/login", username=name, password="not the password at all")
    assert answer.status_code == 422
    assert "The username or password is not right." in text_of(answer)
    assert title_of(answer).startswith("Error:")
    assert f'value="{name}"' in answer.content.decode()
    assert "not the password" not in answer.content.decode()
    assert here.session is None


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_suspended_account_gets_the_same_answer_to_a_wrong_password(state: str) -> None:
    someone = person(state)
    answer = Browser().submit("/login", username=someone.username, password="wrong password")
    assert answer.status_code == 422
    assert "The username or password is not right." in text_of(answer)


def test_a_suspended_person_learns_it_after_the_second_factor_and_nobody_else() -> None:
    someone = person("suspended")
    here = Browser()
    here.submit("/login", username=someone.username, password=PASSWORD)
    assert here.get("/login/suspended").status_code == 303
    answer = here.submit("/login/code", code=mailed_code(someone))
    assert (answer.status_code, answer["Location"]) == (303, "/login/locked")
    assert here.get("/login/locked")["Location"] == "/login/suspended"
    page = here.get("/login/suspended")
    assert page.status_code == 403
    assert "Your account is suspended" in title_of(page)
    assert "How long" in text_of(page)
    assert Browser().get("/login/suspended").status_code == 303


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Enter your username or your e-mail address."),
        ({"username": "rara"}, "Enter your password."),
        ({"username": "r" * 10_000, "password": "x"}, "at most 254 characters"),
        ({"username": "ra\0ra", "password": "x"}, "cannot be seen"),
        ({"username": "ra\u202era", "password": "x"}, "direction of text"),
        ({"username": "rara", "password": "x" * 10_000}, "at most 1024 characters"),
    ],
)
def test_what_cannot_be_a_sign_in_is_said_at_its_field(data: dict[str, str], says: str) -> None:
    answer = Browser().submit("/login", **data)
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_after_too_many_tries_the_page_says_how_long_to_wait() -> None:
    here = Browser()
    for _ in range(GUARDS["name"].free):
        here.submit("/login", username="rara", password="guess")
    answer = here.submit("/login", username="rara", password="guess")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= GUARDS["name"].first + 1
    assert "wait" in text_of(answer)
    assert 'href="/recover"' in answer.content.decode()


def test_a_form_without_its_token_is_refused() -> None:
    """Attack: sign somebody in from another site (login CSRF)."""
    someone = person()
    here = Browser()
    answer = here.post("/login", {"username": someone.username, "password": PASSWORD})
    assert answer.status_code == 403
    assert here.session is None


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/requests?role=ppk", "/requests?role=ppk"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/login", "/"),
        ("/logout", "/"),
    ],
)
def test_signing_in_leads_to_the_page_asked_for_and_never_to_another_site(
    wanted: str, reached: str
) -> None:
    """Attack: a link that sends people to a false page after they sign in."""
    from urllib.parse import urlencode

    someone = person()
    here = Browser()
    query = urlencode({"next": wanted})
    answer = here.submit(f"/login?{query}", username=someone.username, password=PASSWORD)
    answer = here.submit(answer["Location"], code=mailed_code(someone))
    assert (answer.status_code, answer["Location"]) == (303, reached)


def test_whoever_is_signed_in_is_sent_on() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    assert here.acr == 1
    assert here.get("/login")["Location"] == "/"
    assert here.get("/login?next=/account")["Location"] == "/account"


def test_the_page_says_when_the_sign_in_has_ended_by_itself() -> None:
    here = Browser().sign_in(person())
    with later(minutes=31):
        answer = here.get("/login?next=/account")
        assert "No page was opened or sent for 30 minutes" in text_of(answer)
        assert "You were signed out." not in text_of(here.get("/login"))


def test_a_new_account_comes_to_the_confirmation_of_its_address() -> None:
    someone = person("registered")
    here = Browser()
    answer = here.submit("/login", username=someone.username, password=PASSWORD)
    assert answer["Location"] == "/register/code"
    assert mails(someone) == ["confirm_email_code"]


def test_the_page_asks_the_database_nothing_for_a_stranger() -> None:
    here = Browser()
    here.get("/login")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        here.get("/login")
    assert len(asked) == 0
