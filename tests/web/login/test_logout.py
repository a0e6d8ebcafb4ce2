"""/logout: the session ends, the chosen language stays."""

import pytest

from tests.authentication.world import events, person
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db


def test_signing_out_ends_the_session_and_keeps_the_language() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    token = here.cookies["session"].value
    answer = here.submit("/logout")
    assert (answer.status_code, answer["Location"]) == (303, "/logout")
    assert "cookies" not in answer["Clear-Site-Data"]
    here.cookies["session"] = token
    assert here.acr == 0
    assert here.cookies["lang"].value == "en"
    assert "You have signed out" in text_of(here.get("/logout"))
    assert len(events("authentication.session.signed_out", someone)) == 1


def test_get_only_asks() -> None:
    """Attack: a picture elsewhere with this address signs people out."""
    here = Browser().sign_in(person())
    assert "Do you want to sign out?" in text_of(here.get("/logout"))
    assert here.acr == 1


def test_a_second_click_shows_the_same_page() -> None:
    here = Browser().sign_in(person())
    here.submit("/logout")
    assert here.submit("/logout", page="/login")["Location"] == "/logout"
