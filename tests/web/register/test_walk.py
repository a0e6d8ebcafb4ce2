"""In a real browser: register, confirm, sign out, sign in, recover; with and without scripts."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from gapura.accounts.models import Person
from gapura.organizations.models import Agency
from tests.authentication.world import OTHER_PASSWORD, PASSWORD, app_code, mailed_code, with_app
from tests.web.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SUBMIT = "main form > button:not([tabindex])"
# The last one stays while axe looks.
WIDTHS = {"en": (360, 1280), "id": (1280, 360)}


class Walk:
    """One person at one browser."""

    def __init__(self, page: "Page", address: str, lang: str, *, scripts: bool) -> None:
        self.page, self.address, self.scripts = page, address, scripts
        self.widths = WIDTHS[lang]

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def send(self, **values: str) -> None:
        """Fill the form's fields by name, send it, and look at what comes."""
        for name, value in values.items():
            self.page.fill(f"#f-{name}", value)
        with self.page.expect_navigation():
            self.page.locator(SUBMIT).first.click()
        self.look()

    def look(self) -> None:
        """No page is wider than its screen, and axe finds nothing: one language at each width."""
        if not self.scripts:
            return
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 740})
            assert self.page.evaluate("document.documentElement.scrollWidth") == width
        found = Axe().run(self.page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def choose_agency(self) -> None:
        self.page.fill("#f-agency_text", "bogor")
        if not self.scripts:
            self.page.click("button[name=find]")
        self.page.check("input[name=agency][value=D3271]")


# The third way repeats the other two: what it adds is only that both meet.
@pytest.mark.parametrize(
    ("lang", "scripts"),
    [("en", True), ("id", False), pytest.param("id", True, marks=pytest.mark.slow)],
)
def test_from_registration_to_a_new_password(
    transactional_db: None, chrome: "Browser", lang: str, scripts: bool
) -> None:
    for code, name in (("D3201", "Kabupaten Bogor"), ("D3271", "Kota Bogor")):
        Agency.objects.create(code=code, name=f"Pemerintah {name}", kind="city")
    context = chrome.new_context(java_script_enabled=scripts)
    with served() as address:
        context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        walk = Walk(context.new_page(), address, lang, scripts=scripts)
        registers(walk)
        someone = Person.objects.get()
        confirms(walk, someone)
        signs_in_again(walk, someone)
        recovers(walk, someone)
    context.close()


def registers(walk: Walk) -> None:
    walk.go("/register")
    walk.page.check("input[value=pns]")
    walk.send()
    walk.send(name="S")
    assert walk.page.locator(".govuk-error-summary li").count() == 8
    walk.choose_agency()
    walk.page.check("#f-read")
    walk.send(
        name="Siti Aminah, S.E.",
        nik="3273014403900001",
        nip="199103042015032001",
        email="siti@contoh.go.id",
        username="siti.aminah",
        password=PASSWORD,
    )
    walk.page.check("#f-compared")
    walk.send(password=PASSWORD)
    assert walk.path == "/register/code"


def confirms(walk: Walk, someone: Person) -> None:
    walk.send(code="12")
    walk.send(code=mailed_code(someone, "confirm_email"))
    assert walk.path == "/"
    walk.go("/login/step-up?next=/requests")


def signs_in_again(walk: Walk, someone: Person) -> None:
    walk.go("/logout")
    walk.send()
    walk.go("/login?next=/logout")
    walk.send(username=someone.username, password="wrong")
    secret = with_app(someone)
    walk.send(password=PASSWORD)
    walk.page.click("button[value=recovery_code]")
    walk.page.wait_for_selector("#f-code[type=text]:not(.gp-input--code)")
    walk.look()
    walk.page.click("button[value=totp]")
    walk.page.wait_for_selector("#f-code.gp-input--code")
    walk.send(code=app_code(secret, -1))
    walk.go("/login/step-up")
    walk.send(code=app_code(secret))
    walk.go("/logout")
    walk.send()


def recovers(walk: Walk, someone: Person) -> None:
    walk.go("/recover")
    walk.send(login=someone.email)
    walk.send(code=mailed_code(someone, "reset"))
    secret = with_app(someone)
    walk.send(code=app_code(secret))
    walk.send(password="password1234")
    walk.send(password=OTHER_PASSWORD)
    assert walk.path == "/login"
    walk.send(username=someone.username, password=OTHER_PASSWORD)
    assert walk.path == "/login/code"
