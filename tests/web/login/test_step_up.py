"""/login/step-up: a factor once more, for strength or as a fresh proof."""

import pytest

from tests.authentication.world import app_code, later, mailed_code, mails, person, with_app
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db


def test_the_app_makes_a_weak_sign_in_strong_and_leads_back() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    secret = with_app(someone)
    answer = here.get("/login/step-up?next=/requests")
    assert answer["Location"] == "/login/step-up?next=%2Frequests"
    page = here.get(answer["Location"])
    assert "binds money or people" in text_of(page)
    before = here.cookies["session"].value
    answer = here.submit(answer["Location"], code=app_code(secret))
    assert (answer.status_code, answer["Location"]) == (303, "/requests")
    assert here.acr == 2
    assert here.cookies["session"].value != before


def test_right_after_an_email_code_only_the_app_is_offered() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    with_app(someone)
    here.get("/login/step-up")
    assert "Confirm in another way" not in text_of(here.get("/login/step-up"))


def test_without_an_app_the_page_says_why_one_is_needed() -> None:
    here = Browser().sign_in(person())
    page = here.get("/login/step-up?next=/requests")
    assert title_of(page).startswith("You need an authenticator app")
    assert 'href="/account/totp?next=%2Frequests"' in page.content.decode()


def test_without_an_app_a_stale_proof_is_renewed_by_mail_on_demand() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    with later(minutes=25):
        assert "Send me a code" in text_of(here.get("/login/step-up?next=/account/totp"))
        assert mails(someone) == ["sign_in_code"]
        answer = here.submit("/login/step-up/start?next=/account/totp")
        assert answer["Location"] == "/login/step-up?next=%2Faccount%2Ftotp"
        answer = here.submit(answer["Location"], code=mailed_code(someone))
        assert answer["Location"] == "/account/totp"


def test_a_wrong_code_changes_nothing() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    secret = with_app(someone)
    here.get("/login/step-up")
    wrong = str((int(app_code(secret)) + 1) % 1_000_000).zfill(6)
    answer = here.submit("/login/step-up", code=wrong)
    assert answer.status_code == 422
    assert here.acr == 1


def test_strangers_sign_in_first() -> None:
    answer = Browser().get("/login/step-up?next=/requests")
    assert answer["Location"].startswith("/login?next=")
