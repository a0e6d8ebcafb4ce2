"""Signing in at an application in a real browser, with scripts and without, seen at two widths."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from gapura.accounts.models import Person
from gapura.sso.models import Client, LogoutDelivery
from tests.authentication.world import PASSWORD, app_code, person, with_app
from tests.sessions import entered
from tests.sso.world import authorization
from tests.web.browser import SESSION
from tests.web.looking import faults
from tests.web.oauth2.asking import members, spse
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)


class Site:
    """A relying party on this machine; what came to it last, and where it sends browsers on."""

    def __init__(self, port: int) -> None:
        self.callback = f"http://127.0.0.1:{port}/cb"
        # Another origin of the same application, as www. is for many.
        self.onward = f"http://localhost:{port}/in"
        self.told: dict[str, str] = {}


@contextmanager
def relying_party() -> Iterator[Site]:
    """For the time of the block."""
    known: list[Site] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/cb":
                self._take(parts.query)
                return
            self._say(200)

        def do_POST(self) -> None:
            self._take(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _take(self, told: str) -> None:
            known[0].told = dict(parse_qsl(told))
            self._say(303, known[0].onward)

        def _say(self, status: int, location: str = "") -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.append(Site(server.server_port))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield known[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(page: "Page", address: str, app: Client, site: Site, **more: str) -> None:
    """What a link of the application does."""
    site.told = {}
    asked = members(app, redirect_uri=site.callback, **more)
    page.goto(f"{address}/oauth2/authorize?{urlencode(asked)}")


def sign_in(page: "Page", who: Person, secret: str, steps: int) -> None:
    page.fill("#f-username", who.username)
    page.fill("#f-password", PASSWORD)
    page.click("main form button:not([type=button])")
    page.fill("#f-code", app_code(secret, steps))
    page.click("main form button:not([type=button])")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_signs_in_allows_and_is_there(chrome: "Browser", scripts: bool) -> None:
    """Through every form of ours and back, past the policy that holds our forms here."""
    who = person()
    secret = with_app(who)
    with relying_party() as site, served() as address:
        app = spse(redirect_uris=[site.callback])
        context = chrome.new_context(java_script_enabled=scripts, locale="en")
        page = context.new_page()
        ask(page, address, app, site)
        sign_in(page, who, secret, 0)
        page.wait_for_selector("form[action='/oauth2/consent']")
        page.click("form[action='/oauth2/consent'] button")
        page.wait_for_url(site.onward)
        assert site.told["code"].startswith("gpc_")
        ask(page, address, app, site, prompt="none")
        assert (page.url, "code" in site.told) == (site.onward, True)
        ask(page, address, app, site, response_mode="form_post")
        if not scripts:
            page.click("form[data-leave] button")
        page.wait_for_url(site.onward)
        assert site.told["state"] == "s-1"
        context.close()
        again = chrome.new_context(java_script_enabled=scripts, locale="en")
        page = again.new_page()
        ask(page, address, app, site)
        sign_in(page, who, secret, 1)
        page.wait_for_url(site.onward)
        assert "code" in site.told, "the consent was remembered: straight from the code's form"
        leave(page, address, app, site)
        again.close()


def leave(page: "Page", address: str, app: Client, site: Site) -> None:
    """The application says that they want to go; it is told by itself, too."""
    Client.objects.filter(pk=app.pk).update(
        post_logout_redirect_uris=[site.onward], backchannel_logout_uri=f"{site.callback}?out"
    )
    asked = {"client_id": app.client_id, "post_logout_redirect_uri": site.onward}
    page.goto(f"{address}/oauth2/logout?{urlencode(asked)}")
    page.click("form[action='/oauth2/logout/confirm'] button")
    page.wait_for_url(site.onward)
    assert LogoutDelivery.objects.filter(client=app).exists()


@contextmanager
def signed_in(chrome: "Browser", address: str, who: Person, language: str) -> Iterator[Any]:
    """A page of somebody who is in, in this language."""
    context: BrowserContext = chrome.new_context()
    context.add_cookies(
        [
            {"name": SESSION, "value": entered(who), "url": address},
            {"name": "lang", "value": language, "url": address},
        ]
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_usable_by_everyone_on_a_telephone_too(
    chrome: "Browser", language: str
) -> None:
    who = person()
    with_app(who)
    long = spse(
        name="Sistem Pengadaan Secara Elektronik Kementerian Contoh dan Perdagangan",
        sandbox=True,
        scopes=["openid", "profile", "email", "phone", "offline_access", "grants", "identity"],
    )
    authorization(spse(name="SiRUP"), who, offline=True)
    scope = " ".join(long.scopes)
    asked = f"/oauth2/authorize?{urlencode(members(long, scope=scope))}"
    strong = f"/oauth2/authorize?{urlencode(members(spse(least_acr=3)))}"
    again = f"/oauth2/authorize?{urlencode(members(spse(), prompt='login'))}"
    form = members(spse(asks_consent=False), response_mode="form_post")
    found: list[object] = []
    with served() as address, signed_in(chrome, address, who, language) as page:
        for name, path, status in (
            (f"consent-{language}", asked, 200),
            (f"passkey-{language}", strong, 200),
            (f"again-{language}", again, 200),
            (f"problem-{language}", "/oauth2/authorize?client_id=nobody", 400),
            (f"logout-{language}", f"/oauth2/logout?client_id={long.client_id}", 200),
            (f"applications-{language}", "/account/applications", 200),
        ):
            found += faults(page, address, path, name, status)
        page.context.clear_cookies(name=SESSION)
        silent = urlencode({**form, "prompt": "none"})
        page.route("**/leave*.js", lambda route: route.abort())
        found += faults(page, address, f"/oauth2/authorize?{silent}", f"form-{language}")
    assert found == []
