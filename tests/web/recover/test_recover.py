"""/recover: a new password by e-mail, never around the second factor, and no oracle."""

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from tests.authentication.world import (
    OTHER_PASSWORD,
    PASSWORD,
    SYSTEM,
    app_code,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db


def asked(login: str) -> Browser:
    here = Browser()
    answer = here.submit("/recover", login=login)
    assert (answer.status_code, answer["Location"]) == (303, "/recover/code")
    return here


def proved(someone: Person) -> Browser:
    here = asked(someone.username)
    here.submit("/recover/code", code=mailed_code(someone, "reset"))
    return here


def test_the_mailbox_gives_a_new_password_and_ends_all_sign_ins() -> None:
    someone = person(state="contact_verified")
    elsewhere = Browser().sign_in(someone)
    here = proved(someone)
    answer = here.submit("/recover/password", password=OTHER_PASSWORD)
    assert (answer.status_code, answer["Location"]) == (303, "/login")
    assert "Your password is changed" in text_of(here.get("/login"))
    assert (elsewhere.acr, here.session) == (0, None)
    here.submit("/login", username=someone.username, password=OTHER_PASSWORD)
    here.submit("/login/code", code=mailed_code(someone))
    assert here.acr == 1


def test_an_app_is_asked_for_before_the_new_password() -> None:
    """Attack: whoever reads the mail takes over an account with a second factor."""
    someone = person()
    secret = with_app(someone)
    here = asked(someone.email)
    answer = here.submit("/recover/code", code=mailed_code(someone, "reset"))
    assert answer["Location"] == "/recover/code"
    page = here.get("/recover/code")
    assert "your second factor" in title_of(page)
    assert "Send me a code by e-mail" not in text_of(page)
    assert here.get("/recover/password")["Location"] == "/recover"
    here.submit("/recover", login=someone.email)
    here.submit("/recover/code", code=mailed_code(someone, "reset"))
    answer = here.submit("/recover/code", code=app_code(secret))
    assert answer["Location"] == "/recover/password"


def test_a_backup_code_stands_in_for_the_app() -> None:
    someone = person()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = services.issue_totp(actor=SYSTEM, person=someone.id, secret=secret)
    here = proved(someone)
    assert here.submit("/recover/code/method", method="email_code")["Location"] == "/recover"
    here.submit("/recover/code/method", method="recovery_code")
    answer = here.submit("/recover/code", code=codes[0])
    assert answer["Location"] == "/recover/password"


@pytest.mark.parametrize("known", [True, False])
def test_known_and_unknown_names_look_the_same(known: bool) -> None:
    """Attack: find out which addresses have an account."""
    here = asked(person().email if known else "nobody@contoh.go.id")
    page = text_of(here.get("/recover/code"))
    assert "we do not say whether there is such an account" in page
    assert "@" not in page
    wrong = here.submit("/recover/code", code="000000")
    assert wrong.status_code == 422
    assert "The code is not right." in text_of(wrong)
    assert here.submit("/recover/code/send")["Location"] == "/recover/code"


def test_asking_too_often_is_stopped_for_both() -> None:
    for login in (person().email, "nobody@contoh.go.id"):
        here = Browser()
        answers = [here.submit("/recover", login=login) for _ in range(6)]
        assert [a.status_code for a in answers] == [303] * 5 + [429]


@pytest.mark.parametrize(
    ("password", "says"),
    [("", "at least 12 characters"), ("password1234", "attackers try"), (PASSWORD, "used this")],
)
def test_a_bad_new_password_is_said_and_the_old_one_stays(password: str, says: str) -> None:
    someone = person(state="contact_verified")
    here = proved(someone)
    answer = here.submit("/recover/password", password=password)
    assert answer.status_code == 422
    assert says in text_of(answer)
    Browser().sign_in(someone)


def test_without_a_beginning_every_page_leads_to_the_beginning() -> None:
    here = Browser("id")
    for path in ("/recover/code", "/recover/password"):
        assert here.get(path)["Location"] == "/recover"
    assert here.submit("/recover/code/send", page="/recover")["Location"] == "/recover"


def test_half_an_hour_later_it_is_over() -> None:
    someone = person(state="contact_verified")
    here = proved(someone)
    with later(minutes=31):
        answer = here.submit("/recover/password", password=OTHER_PASSWORD)
    assert answer["Location"] == "/recover"


@pytest.mark.parametrize(("login", "says"), [("", "Enter your username"), ("x" * 9999, "at most")])
def test_what_cannot_be_a_name_is_said(login: str, says: str) -> None:
    answer = Browser().submit("/recover", login=login)
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_a_form_without_its_token_is_refused() -> None:
    someone = person()
    assert Browser().post("/recover", {"login": someone.username}).status_code == 403
    assert mails(someone) == []


def test_the_password_is_judged_while_it_is_typed() -> None:
    here = Browser()
    here.get("/recover")
    answer = here.submit("/recover/password-check", password=OTHER_PASSWORD)
    assert "This password can be used." in text_of(answer)
