"""Debian's Apache with mod_auth_openidc: in, refreshed, and out when the session ends at gapura."""

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.peers.apache import NOT_RUN, apache, program
from tests.peers.conftest import Surfing
from tests.peers.gapura import Gapura, free_port
from tests.peers.people import Surfer

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
SCOPE = "openid profile offline_access"
DELIVERED = 30


def test_apache_lets_in_refreshes_and_hears_that_a_session_ended(
    gapura: Gapura, surfing: Surfing
) -> None:
    """Core, RP-Initiated Logout and Back-Channel Logout as the module speaks them."""
    if program() is None:
        pytest.skip(NOT_RUN)
    port = free_port()
    here = f"http://localhost:{port}"
    made = gapura.client(
        "Situs Apache", auth_method="client_secret_basic", redirect_uri=f"{here}/oidc/back",
        post_logout_redirect_uri=f"{here}/left.html", scope=SCOPE, sandbox=True,
        backchannel_logout_uri=f"{here}/oidc/back?logout=backchannel",
        grant_type=["authorization_code", "refresh_token"],
    )  # fmt: skip
    told = (gapura.url, made["client_id"], made["client_secret"])
    with apache(port, *told) as site, surfing("kpa") as person:
        comes_in(person, site)
        refreshes(person.page, site)
        person.sign_out()
        is_put_out(person.page, site)
        comes_in(person, site)
        leaves(person, site)


def comes_in(person: Surfer, site: str) -> None:
    """The page behind, with what Apache learned of the person."""
    assert person.go(f"{site}/inside/") == f"{site}/inside/"
    told = person.page.request.get(f"{site}/inside/").headers
    assert (told["x-person"], told["x-strength"]) == ("kpa", "urn:gapura:acr:2")


def refreshes(page: "Page", site: str) -> None:
    """The module trades its refresh token for a new access token."""

    def known() -> dict[str, Any]:
        return dict(page.request.get(f"{site}/oidc/back?info=json").json())

    before = known()["access_token"]
    back = f"{site}/left.html"
    page.goto(f"{site}/oidc/back?refresh={back}&access_token={before}")
    assert page.url == back
    assert known()["access_token"] != before


def is_put_out(page: "Page", site: str) -> None:
    """Soon after the session ended at gapura, without any visit of the person."""
    until = time.monotonic() + DELIVERED
    while (found := page.request.get(f"{site}/inside/", max_redirects=0).status) != 302:
        assert time.monotonic() < until, f"still inside: {found}"
        time.sleep(0.2)


def leaves(person: Surfer, site: str) -> None:
    """By Apache's own link; gapura's session is over, too."""
    left = f"{site}/left.html"
    assert person.go(f"{site}/oidc/back?logout={left}").startswith(left)
    person.page.goto(f"{person.url}/account")
    assert "/login" in person.page.url
