"""/account/identity: what the civil registry says about oneself, and asking it again."""

import pytest

from tests.accounts.people import nik
from tests.authentication.world import person
from tests.simulator import Authorities
from tests.web.account.entering import entered
from tests.web.browser import text_of

pytestmark = pytest.mark.django_db


def test_before_anybody_asked_the_page_says_so_and_offers_it() -> None:
    page = text_of(entered(person(state="contact_verified")).get("/account/identity"))
    assert "The registry was not asked yet" in page
    assert "Ask the registry" in page


def test_one_asks_and_sees_each_field_confirmed(authorities: Authorities) -> None:
    someone = person(state="identity_pending")
    here = entered(someone)
    answer = here.submit("/account/identity/check", "/account/identity")
    assert (answer.status_code, answer["Location"]) == (303, "/account/identity")
    page = text_of(here.get("/account/identity"))
    assert "The civil registry confirmed your data." in page
    assert "Name Rara Anggraini Matches" in page
    assert "Date of birth 1 January 1991 Matches" in page
    assert "Ask the registry again" not in page


def test_what_differs_is_shown_beside_the_form(authorities: Authorities) -> None:
    here = entered(person(state="needs_correction", nik=nik(serial=9999)))
    here.submit("/account/identity/check", "/account/identity")
    page = text_of(here.get("/account/identity"))
    assert "Name Rara Anggraini Does not match" in page
    assert "Date of birth 17 August 1985 Matches" in page
    assert "Correct your personal data" in page


def test_while_the_registry_is_down_nobody_is_held_up(authorities: Authorities) -> None:
    authorities.mode("registry", "down")
    here = entered(person(state="contact_verified"))
    assert here.submit("/account/identity/check", "/account/identity").status_code == 303
    page = text_of(here.get("/account/identity"))
    assert "We ask again by ourselves" in page
    assert "The registry did not answer" in page


def test_a_fourth_question_within_an_hour_is_put_off(authorities: Authorities) -> None:
    here = entered(person(state="needs_correction", nik=nik(serial=9998)))
    answers = [here.submit("/account/identity/check", "/account/identity") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
