"""npm oidc-client-ts in Chromium: a site of scripts alone signs in, refreshes and signs out."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.peers.conftest import Surfing
from tests.peers.gapura import Gapura
from tests.peers.landing import landing
from tests.peers.people import Surfer
from tests.peers.programs import npm

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
SCOPE = "openid profile offline_access"


def test_a_site_of_scripts_signs_in_rotates_and_signs_out(gapura: Gapura, surfing: Surfing) -> None:
    """RFC 9700 2.1.1 and 2.2.2: a public client with PKCE, its tokens asked from the browser."""
    folder = npm("oidc_client_ts")
    library = folder / "node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js"
    files = {"/": folder / "site.html", "/site.js": folder / "site.js"}
    with landing(files | {"/oidc-client-ts.min.js": library}, page="/") as site:
        made = gapura.client(
            "Situs naskah", auth_method="none", redirect_uri=f"{site.url}/back", sandbox=True,
            post_logout_redirect_uri=f"{site.url}/left", scope=SCOPE,
            grant_type=["authorization_code", "refresh_token"],
        )  # fmt: skip
        told = {"authority": gapura.url, "client_id": made["client_id"], "scope": SCOPE}
        settings = {"name": "settings", "value": quote(json.dumps(told)), "url": site.url}
        with surfing("ppk") as surfer:
            surfer.page.context.add_cookies([settings])  # type: ignore[list-item]
            first = signs_in(surfer, site.url)
            rotates(surfer.page, first)
            signs_out(surfer, site.url)


def does(page: "Page", what: str, *words: Any) -> Any:
    """Call one of the site's verbs, once it is loaded, and wait for what it says."""
    page.wait_for_function("window.site")
    return page.evaluate(f"words => window.site.{what}(...words)", list(words))


def leaves(page: "Page", what: str, *words: Any) -> None:
    """Call a verb that leads away."""
    with page.expect_navigation():
        page.evaluate(f"words => {{ window.site.{what}(...words) }}", list(words))


def signs_in(surfer: Surfer, site: str) -> dict[str, Any]:
    """Through the real pages; the tokens are fetched by a script of another origin."""
    surfer.page.goto(site)
    leaves(surfer.page, "signIn", {"state": {"from": "here"}})
    assert surfer.on().startswith(f"{site}/back?")
    got = does(surfer.page, "back")
    assert got.get("type", "").lower() == "bearer", got
    assert got["profile"]["preferred_username"] == "ppk"
    return dict(got)


def rotates(page: "Page", first: dict[str, Any]) -> None:
    """Each refresh gives a new token and a new access token."""
    second = does(page, "renew")
    assert second.get("profile", {}).get("sub") == first["profile"]["sub"], second
    assert second["refresh_token"] not in {None, first["refresh_token"]}
    assert second["access_token"] != first["access_token"]


def signs_out(surfer: Surfer, site: str) -> None:
    """Out there and here: the next visit asks again."""
    leaves(surfer.page, "signOut")
    assert surfer.on().startswith(f"{site}/left")
    does(surfer.page, "left")
    assert does(surfer.page, "user") is None
    surfer.page.goto(f"{surfer.url}/account")
    assert "/login" in surfer.page.url
