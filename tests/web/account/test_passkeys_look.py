"""Passkeys in a real browser with a virtual authenticator: every way, in both languages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.db.models import F

from gapura.accounts.models import Person
from gapura.authentication.models import Passkey, Session
from tests.authentication.world import PASSWORD, mailed_code, person
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

LANGUAGES = ("en", "id")
PRESS = "[data-passkey] button"
BEGIN = "/login/passkey/begin"


class Walk:
    """One person at one browser whose device has a screen lock."""

    def __init__(self, context: "BrowserContext", address: str, who: Person) -> None:
        self.page: Page = context.new_page()
        self.address, self.who = address, who
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.wire = context.new_cdp_session(self.page)
        self.wire.send("WebAuthn.enable", {"enableUI": False})
        options: dict[str, Any] = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.device = added["authenticatorId"]

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type in {"error", "warning"}:
            self.said.append(message.text)

    def automatic(self, on: bool) -> None:
        """Whether the person confirms at once when asked; else nobody is there."""
        given = {"authenticatorId": self.device, "enabled": on}
        self.wire.send("WebAuthn.setAutomaticPresenceSimulation", given)

    def comes(self, route: "Route") -> None:
        """The person is there before the request goes on."""
        self.automatic(on=True)
        route.continue_()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def send(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"#f-{name}", value)
        with self.page.expect_navigation():
            self.page.locator("main form > button:not([tabindex])").first.click()

    def press(self) -> None:
        """The button that asks the device."""
        self.page.wait_for_selector(PRESS, state="visible")
        with self.page.expect_navigation():
            self.page.click(PRESS)

    def look(self) -> None:
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 740})
            assert self.page.evaluate("document.documentElement.scrollWidth") == width
        found = Axe().run(self.page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def methods(self) -> tuple[str, int]:
        """How the newest sign-in that is open was proved."""
        rows = Session.objects.filter(person=self.who, acr__gt=0, ended_at__isnull=True)
        newest = rows.latest("signed_in_at")
        return newest.methods, newest.acr

    def sign_out(self) -> None:
        self.go("/logout")
        self.send()


def enrolls(walk: Walk) -> None:
    """After password and e-mail; the backup codes come once."""
    walk.automatic(on=False)
    walk.go("/login?next=/account/passkeys/new")
    walk.look()
    walk.send(username=walk.who.username, password=PASSWORD)
    walk.send(code=mailed_code(walk.who))
    walk.look()
    walk.automatic(on=True)
    walk.page.fill("#f-name", "Kunci biru")
    walk.press()
    assert walk.page.locator(".gp-code").count() == 10
    walk.page.check("#f-saved")
    with walk.page.expect_navigation():
        walk.page.locator("form[action='/account/backup-codes/saved'] button").click()
    assert walk.path == "/account/passkeys"
    assert "Kunci biru" in walk.page.inner_text("main table")
    walk.look()


def signs_in_alone(walk: Walk) -> None:
    """By the button; the browser's own offer in the field is held back meanwhile.

    The person is there from when the button fetches its options: the quiet offer has ended by
    then, which would be answered at once, and the device has not been asked yet, which never
    answers someone who comes later.
    """
    walk.automatic(on=False)
    walk.sign_out()
    with walk.page.expect_response(f"**{BEGIN}"):
        walk.go("/login")
    walk.page.route(f"**{BEGIN}", walk.comes)
    with walk.page.expect_navigation():
        walk.page.click(PRESS)
    walk.page.unroute_all()
    assert (walk.path, walk.methods) == ("/", ("passkey", 3))


def signs_in_where_the_name_is_typed(walk: Walk) -> None:
    """The quiet offer: whoever chooses the passkey in the field types and presses nothing."""
    walk.automatic(on=False)
    walk.sign_out()
    walk.automatic(on=True)
    walk.page.goto(f"{walk.address}/login", wait_until="commit")
    walk.page.wait_for_url(f"{walk.address}/")
    assert walk.methods == ("passkey", 3)


def confirms_after_the_password(walk: Walk) -> None:
    walk.automatic(on=False)
    walk.sign_out()
    walk.go("/login")
    walk.send(username=walk.who.username, password=PASSWORD)
    assert walk.path == "/login/code"
    walk.look()
    walk.automatic(on=True)
    walk.press()
    assert walk.methods == ("password passkey", 3)


def proves_again_and_removes(walk: Walk) -> None:
    (mine,) = Passkey.objects.filter(person=walk.who)
    _age_the_proof(walk.who)
    walk.go(f"/account/passkeys/{mine.id}/remove")
    assert walk.path.startswith("/login/step-up")
    walk.press()
    assert walk.path == f"/account/passkeys/{mine.id}/remove"
    walk.look()
    with walk.page.expect_navigation():
        walk.page.locator(".govuk-button--warning").click()
    assert not Passkey.objects.filter(person=walk.who).exists()


def _age_the_proof(who: Person) -> None:
    Session.objects.filter(person=who).update(proved_at=F("proved_at") - timedelta(minutes=30))


STEPS: tuple[Callable[[Walk], None], ...] = (
    enrolls,
    signs_in_alone,
    signs_in_where_the_name_is_typed,
    confirms_after_the_password,
    proves_again_and_removes,
)


@contextmanager
def walking(chrome: "Browser", address: str, lang: str) -> Iterator[Walk]:
    context = chrome.new_context()
    context.set_default_timeout(90_000)
    context.add_cookies([{"name": "lang", "value": lang, "url": address}])
    try:
        yield Walk(context, address, person())
    finally:
        context.close()


def test_a_passkey_from_the_first_day_to_the_last(
    transactional_db: None, chrome: "Browser"
) -> None:
    with served() as address:
        for lang in LANGUAGES:
            with walking(chrome, address, lang) as walk:
                for step in STEPS:
                    step(walk)
                assert walk.page.locator("html").get_attribute("lang") == lang
                assert walk.said == []
        says_so_without_scripts(chrome, address)


def says_so_without_scripts(chrome: "Browser", address: str) -> None:
    """The sentence stands there, the button does not, and the password goes on working."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/login")
    assert page.locator("[data-passkey] noscript p").count() == 1
    assert not page.locator(PRESS).is_visible()
    who = person()
    page.fill("#f-username", who.username)
    page.fill("#f-password", PASSWORD)
    page.locator("main form > button:not([tabindex])").first.click()
    assert page.url.endswith("/login/code")
    context.close()
