"""The list of a person's own requests."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import browser, text_of


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(db: None) -> None:
    response = Client().get("/requests")
    assert (response.status_code, response["Location"]) == (303, "/login?next=%2Frequests")


def test_an_empty_list_teaches_how_to_begin(applicant: Person) -> None:
    text = text_of(browser(applicant, 1).get("/requests"))
    assert "You have not asked for any access yet" in text
    assert "Ask for access" in text


def test_the_list_shows_state_and_next_step_of_ones_own_requests_only(applicant: Person) -> None:
    world.draft(applicant)
    world.submitted(applicant, "pp")
    world.submitted(world.person("someone"), "bendahara")
    text = text_of(browser(applicant, 1).get("/requests"))
    assert "Draft" in text
    assert "Submitted" in text
    assert "Go on with it" in text
    assert "Treasurer" not in text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_list_is_drawn_in_both_languages(applicant: Person, lang: str) -> None:
    world.submitted(applicant)
    response = browser(applicant, 1, lang).get("/requests")
    assert f'<html lang="{lang}"' in response.content.decode()


def test_the_list_needs_four_queries_however_long_it_is(applicant: Person) -> None:
    for unit in ("T1.1", "T1.2", "T1.3"):
        world.submitted(applicant, unit=unit)
    client = browser(applicant, 1)
    client.get("/requests")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/requests")
    assert len(queries) <= 4
