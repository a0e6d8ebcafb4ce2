"""Somebody at a browser: reads, fills, presses by the words on the page, sees what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from gapura.access.queries import ROLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.journeys.stage import Stage

HEIGHT = 800
PATIENCE = 15_000
ONLY_WRONG = {"resultTypes": ["violations"]}
# Two thirds of axe's time; on a phone the tests of each area's pages look at it (web/looking.py).
NO_COLORS = ONLY_WRONG | {"rules": {"color-contrast": {"enabled": False}}}
TABLET = 641
# Areas on each of whose pages web/*/test_look.py runs axe: once is enough.
LOOKED_AT = ("/letters", "/people", "/catalog", "/orders")
# Rows that stand as cards on a phone, and still have to be moved sideways to be read.
CUT_OFF = """() => [...document.querySelectorAll(".gp-stacked")]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 80))"""
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(frozen=True)
class Mode:
    """How a person reads the site: language, with scripts or without, and the window's width."""

    lang: str
    scripts: bool
    width: int

    def __str__(self) -> str:
        return f"{self.lang}-{'js' if self.scripts else 'nojs'}-{self.width}"


@dataclass
class Visitor:
    """One person in one browser. What the browser complains about is collected in `complaints`."""

    stage: "Stage"
    mode: Mode
    page: "Page"
    complaints: list[str] = field(default_factory=list)

    def t(self, text: str, **values: object) -> str:
        """A message id as this person reads it."""
        with override(self.mode.lang):
            return gettext(text) % values if values else gettext(text).replace("%%", "%")

    def speak(self, lang: str) -> None:
        """Read on in another language, as chosen with the switch at the top."""
        self.mode = replace(self.mode, lang=lang)
        cookie = {"name": "lang", "value": lang, "url": self.stage.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, path: str, status: int = 200) -> None:
        """Type an address."""
        answer = self.page.goto(self.stage.url + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}, expected {status}"
        self.look()

    def press(self, text: str, within: "Locator | None" = None, **values: object) -> None:
        """Press the button with these words and look at what comes."""
        button = (within or self.page).get_by_role(
            "button", name=self.t(text, **values), exact=True
        )
        self.click(button)

    def follow(self, text: str, **values: object) -> None:
        """Follow the first link in the page's main part that has these words."""
        link = self.page.locator("main").get_by_role("link", name=self.t(text, **values))
        self.click(link.first)

    def view(self, text: str) -> None:
        """Choose a view of a list: a link, or on a phone a line of the select and its button."""
        link = self.page.locator("main").get_by_role("link", name=self.t(text)).first
        if link.is_visible():
            self.click(link)
            return
        line = self.page.locator(".gp-views-pick option", has_text=self.t(text)).first
        pick = self.page.locator(".gp-views-pick select")
        pick.select_option(value=line.get_attribute("value"))
        self.press("Show", within=self.page.locator(".gp-views-pick"))

    def click(self, what: "Locator") -> None:
        """Click something that leads to another page, and look at that page."""
        what.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(self.t(label), exact=True).fill(value)

    def day(self, legend: str, day: int, month: int, year: int) -> None:
        """Type a date into its three boxes."""
        group = self.page.get_by_role("group", name=self.t(legend))
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(self.t(part), exact=True).fill(str(value))

    def tick(self, *labels: str) -> None:
        """Choose radios or tick boxes."""
        for label in labels:
            self.page.get_by_label(self.t(label), exact=True).first.check()

    def reads(self, text: str, **values: object) -> None:
        """These words are on the page."""
        expect(self.page.get_by_text(self.t(text, **values)).first).to_be_visible()

    def role(self, code: str) -> dict[str, str]:
        """Name of a role and what it may do, as this person reads them."""
        return {"role": self.t(ROLES[code].name), "may": self.t(ROLES[code].may)}

    def heading(self, text: str, **values: object) -> None:
        """This is the page's one heading."""
        expect(self.page.locator("h1")).to_contain_text(self.t(text, **values))

    def look(self) -> None:
        """Is the page sound: language, one heading, title, width, and what axe finds?"""
        page, path = self.page, NUMBERS.sub("-", self.page.url.partition("?")[0])
        assert page.locator("html").get_attribute("lang") == self.mode.lang
        expect(page.locator("h1")).to_have_count(1)
        assert page.title().endswith("\N{EN DASH} Gapura"), page.title()
        assert self.complaints == [], path
        seen = f"{self.mode} {path} {page.title()}"
        if seen in self.stage.judged:
            return
        self.stage.judged.add(seen)
        widest = page.evaluate("document.documentElement.scrollWidth")
        assert widest <= self.mode.width, f"{path} is {widest} wide"
        if self.mode.width < TABLET:
            assert page.evaluate(CUT_OFF) == [], f"a row of {path} is cut off"
        if self.mode.scripts and not path.removeprefix(self.stage.url).startswith(LOOKED_AT):
            options = NO_COLORS if self.mode.width < TABLET else ONLY_WRONG
            found = Axe().run(page, options=options).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], path

    def sign_in(self, username: str, password: str, code: str = "") -> None:
        """Username and password; with a code from the app all the way."""
        self.open("/login")
        self.fill("Username or e-mail address", username)
        self.fill("Password", password)
        self.press("Continue")
        if code:
            self.fill("Code in the app", code)
            self.press("Continue")

    def sign_out(self) -> None:
        """By the button at the top of every page, which a phone has in its menu."""
        button = self.page.locator("header").get_by_role("button", name=self.t("Sign out"))
        if not button.is_visible():
            self.page.get_by_role("button", name=self.t("Menu"), exact=True).click()
        self.click(button)


@contextmanager
def visiting(
    browser: "Browser", stage: "Stage", mode: Mode, state: Any = None, sharpness: int = 1
) -> Iterator[Visitor]:
    """A fresh browser profile, or one that is signed in already (`state`)."""
    context = browser.new_context(
        viewport={"width": mode.width, "height": HEIGHT},
        java_script_enabled=mode.scripts,
        device_scale_factor=sharpness,
        storage_state=state,
        locale="id-ID",
    )
    context.set_default_timeout(PATIENCE)
    try:
        visitor = _visitor(context, stage, mode)
        if state is not None:
            visitor.speak(mode.lang)
        yield visitor
    finally:
        context.close()


def _visitor(context: "BrowserContext", stage: "Stage", mode: Mode) -> Visitor:
    page = context.new_page()
    visitor = Visitor(stage, mode, page)
    page.on("console", lambda said: _hear(visitor, said))
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


def _hear(visitor: Visitor, said: Any) -> None:
    """Scripts and the content policy complain on the console; a meant 404 or 503 does not count."""
    meant = "status of 4" in said.text or "status of 503" in said.text
    if said.type in {"error", "warning"} and not meant:
        visitor.complaints.append(f"{said.type}: {said.text}")
