"""What an application that manages itself would try: more than was agreed, and faster than us."""

from dataclasses import replace
from typing import Any

import pytest

from gapura.api.doors.oauth.register import Wanted, answer
from gapura.sso.models import Client
from gapura.sso.services import registration
from gapura.sso.services.registration import REFUSALS, REGISTRATIONS
from tests.access import world
from tests.sso.registering import CALLBACK
from tests.sso.test_registration import MINE, NEW, at, post, ticket, told

EVIL = "https://evil.example/callback"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def put(made: dict[str, Any], **more: Any) -> Any:
    body = {"client_id": made["client_id"], **MINE} | more
    return answer(at(made, "PUT", body=body))


def test_an_update_under_way_brings_nothing_back_that_is_taken_away_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its own slow server decides how long an update takes: it can always have one under way."""
    made = told(post())
    Client.objects.update(scopes=["grants", "openid"])

    def slow(_told: object) -> None:
        Client.objects.update(scopes=["openid"])

    monkeypatch.setattr(registration, "fetch_of", slow)
    monkeypatch.setattr(registration, "check_sector", slow)
    reply = put(made, scope="openid grants")
    assert reply.status == 400
    assert Client.objects.get().scopes == ["openid"]


@pytest.mark.parametrize(
    "agreed",
    [{"scopes": ["grants", "openid"]}, {"asks_consent": False}, {"letter_number": "12/2026"}],
)
def test_what_was_agreed_for_one_host_is_not_moved_to_another(agreed: dict[str, Any]) -> None:
    """Whoever finds the management token would get everybody's codes without a question."""
    made = told(post())
    Client.objects.update(**agreed)
    assert told(put(made, redirect_uris=[EVIL]), 400)["error"] == "invalid_redirect_uri"
    assert told(put(made, post_logout_redirect_uris=[EVIL]), 400)["error"] == "invalid_redirect_uri"
    assert Client.objects.get().redirect_uris == [CALLBACK]
    told(put(made, redirect_uris=[f"{CALLBACK}/2"], scope="openid"), 200)


def test_one_network_of_ipv6_is_one_guesser() -> None:
    """Any host there picks from 2**64 addresses."""
    for number in range(REFUSALS.count):
        guess = replace(NEW, token="guess", address=f"2001:db8::{number + 1:x}")
        assert answer(guess).status == 401
    last = replace(NEW, token="guess", address="2001:db8::ffff")
    assert answer(last).status == 429


def test_updates_of_one_application_are_counted() -> None:
    """Each reads addresses of its choice, and keeps the only lane for up to ten seconds."""
    made = told(post(ticket()))
    for number in range(REGISTRATIONS.count):
        told(put(made, client_name=f"Nama {number}"), 200)
    assert put(made, client_name="Nama lagi").status == 429
    assert answer(at(made)).status == 200
    assert isinstance(NEW, Wanted)
