"""/login/not-me: the link in a notice, opened by its owner, by programs, and by strangers."""

import pytest

from gapura.authentication import services
from gapura.authentication.queries import lock_of
from tests.authentication.world import PASSWORD, app_code, later, person, with_app
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_link_asks_first_and_then_locks_the_account(language: str) -> None:
    someone = person()
    secret = with_app(someone)
    thief = Browser().sign_in(someone, secret)
    assert thief.session
    link = services.link_for(someone.id, "sign_in", thief.session.id)
    owner = Browser(language, ip="198.51.100.1")
    page = owner.get(link)
    assert page.status_code == 200
    assert "Firefox, Linux" in text_of(page)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert lock_of(someone.id) is None
    answer = owner.submit(link)
    assert answer["Location"] == "/login/not-me"
    assert owner.get("/login/not-me").status_code == 200
    assert thief.acr == 0
    assert lock_of(someone.id)
    assert owner.submit(link).status_code == 404
    with later(seconds=60):
        owner.submit("/login", username=someone.username, password=PASSWORD)
        answer = owner.submit("/login/code", code=app_code(secret))
        assert answer["Location"] == "/login/locked"
        page = owner.get("/login/locked")
    assert page.status_code == 403
    assert 'href="/recover"' in page.content.decode()


def test_a_used_or_made_up_link_says_what_to_do() -> None:
    for token in ("x", "A" * 43):
        page = Browser().get(f"/login/not-me/{token}")
        assert page.status_code == 404
        assert "This link no longer works" in title_of(page)


def test_another_site_cannot_lock_an_account() -> None:
    """Attack: cross-site request forgery with a link that was read over a shoulder."""
    someone = person()
    link = services.link_for(someone.id, "sign_in")
    assert Browser().post(link).status_code == 403
    assert lock_of(someone.id) is None


def test_the_device_cookie_stays_when_the_session_goes() -> None:
    someone = person()
    here = Browser().sign_in(someone, with_app(someone))
    cookie = here.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 400 * 86400
    answer = here.submit("/logout")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert here.cookies["device"].value == cookie.value
    assert not here.cookies["session"].value
