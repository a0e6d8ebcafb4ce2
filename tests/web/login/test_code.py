"""/login/code: the second factor, its slips, and the other ways."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.authentication import services
from tests.authentication.world import (
    PASSWORD,
    SYSTEM,
    app_code,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db


def begun(someone: Person) -> Browser:
    here = Browser()
    here.submit("/login", username=someone.username, password=PASSWORD)
    return here


def test_the_apps_code_signs_in_strongly_and_gives_a_new_cookie() -> None:
    someone = person()
    secret = with_app(someone)
    here = begun(someone)
    before = here.cookies["session"].value
    answer = here.submit("/login/code", code=app_code(secret))
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert here.cookies["session"].value != before
    cookie = here.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert here.acr == 2


def test_the_code_may_be_typed_with_spaces() -> None:
    someone = person()
    here = begun(someone)
    code = mailed_code(someone)
    here.submit("/login/code", code=f" {code[:3]} {code[3:]} ")
    assert here.acr == 1


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Enter the code. It has 6 digits."),
        ("12345", "has 6 digits. You typed 5."),
        ("abcdef", "can only have digits"),
        ("١٢٣٤٥٦", "digits of another script"),
        ("1" * 10_000, "at most"),
        ("12\x003456", "cannot be seen"),
    ],
)
def test_what_cannot_be_a_code_costs_no_try(code: str, says: str) -> None:
    someone = person()
    here = begun(someone)
    answer = here.submit("/login/code", code=code)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not events("authentication.session.sign_in_failed", someone)
    here.submit("/login/code", code=mailed_code(someone))
    assert here.acr == 1


def test_a_wrong_code_says_how_many_tries_are_left() -> None:
    someone = person()
    here = begun(someone)
    wrong = str((int(mailed_code(someone)) + 1) % 1_000_000).zfill(6)
    answer = here.submit("/login/code", code=wrong)
    assert answer.status_code == 422
    assert "The code is not right." in text_of(answer)
    assert "Tries left: 4." in text_of(answer)
    assert here.acr == 0


def test_an_expired_code_says_so_and_a_new_one_works() -> None:
    someone = person()
    here = begun(someone)
    with later(minutes=11):
        answer = here.submit("/login/code", code=mailed_code(someone))
        assert "This code has expired." in text_of(answer)
        answer = here.submit("/login/code/send")
        assert (answer.status_code, answer["Location"]) == (303, "/login/code")
        assert "A new code is on its way." in text_of(here.get("/login/code"))
        here.submit("/login/code", code=mailed_code(someone))
        assert here.acr == 1


def test_a_code_for_another_browser_does_not_work() -> None:
    """Attack: phish the code and use it elsewhere."""
    someone = person()
    mine = begun(someone)
    code = mailed_code(someone)
    theirs = begun(someone)
    assert theirs.submit("/login/code", code=code).status_code == 422
    mine.submit("/login/code", code=code)
    assert (mine.acr, theirs.acr) == (1, 0)


def test_another_way_is_chosen_by_a_button_and_sends_mail_only_then() -> None:
    someone = person()
    with_app(someone)
    here = begun(someone)
    page = here.get("/login/code")
    assert "Send me a code by e-mail" in text_of(page)
    assert mails(someone) == []
    answer = here.submit("/login/code/method", method="email_code")
    assert answer["Location"] == "/login/code"
    assert title_of(here.get("/login/code")).startswith("Enter the code we sent you")
    here.submit("/login/code", code=mailed_code(someone))
    assert here.acr == 1


def test_a_backup_code_lets_in_once() -> None:
    someone = person()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = services.issue_totp(actor=SYSTEM, person=someone.id, secret=secret)
    here = begun(someone)
    here.submit("/login/code/method", method="recovery_code")
    assert "backup code" in title_of(here.get("/login/code"))
    assert here.submit("/login/code", code="nonsense").status_code == 422
    here.submit("/login/code", code=codes[0].lower())
    assert here.acr == 1
    again = begun(someone)
    again.submit("/login/code/method", method="recovery_code")
    answer = again.submit("/login/code", code=codes[0])
    assert "already been used" in text_of(answer)


def test_a_way_that_is_not_set_up_leads_back_and_an_unknown_one_nowhere() -> None:
    here = begun(person())
    assert here.submit("/login/code/method", method="totp")["Location"] == "/login"
    assert here.submit("/login/code/method", method="palm_reading").status_code == 404


def test_next_is_kept_from_page_to_page() -> None:
    someone = person()
    with_app(someone)
    here = Browser()
    answer = here.submit("/login?next=/account", username=someone.username, password=PASSWORD)
    assert answer["Location"] == "/login/code?next=%2Faccount"
    page = here.get(answer["Location"]).content.decode()
    assert 'action="/login/code/method?next=%2Faccount"' in page
    answer = here.submit("/login/code/method?next=%2Faccount", method="email_code")
    assert answer["Location"] == "/login/code?next=%2Faccount"


def test_without_a_beginning_the_page_leads_to_the_beginning() -> None:
    here = Browser()
    assert here.get("/login/code?next=/account")["Location"] == "/login?next=%2Faccount"
    assert "Enter your username and password again." in text_of(here.get("/login"))


def test_a_sign_in_that_took_too_long_starts_again() -> None:
    someone = person()
    secret = with_app(someone)
    here = begun(someone)
    with later(minutes=29):
        here.get("/login/code")
    with later(minutes=31):
        answer = here.submit("/login/code", code=app_code(secret))
    assert answer["Location"] == "/login"
    assert here.acr == 0


def test_the_page_asks_few_questions() -> None:
    here = begun(person())
    with CaptureQueriesContext(connection) as asked:
        here.get("/login/code")
    assert len(asked) <= 3
