"""Somebody who signs in at gapura for another site: in a browser, or by bare requests."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx
from playwright.sync_api import TimeoutError

from tests.journeys.phone import Phone
from tests.peers.forms import Form, forms

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS = 12


@dataclass(frozen=True)
class Account:
    """What somebody knows and has."""

    username: str
    password: str
    phone: Phone

    def answers(self, asked: set[str]) -> dict[str, str]:
        """What to type into these fields of a form."""
        if "password" in asked:
            return {"username": self.username, "password": self.password}
        return {"code": self.phone.code()} if "code" in asked else {}


@dataclass
class Walker:
    """Without a browser: follows redirects, fills the forms it knows, allows what is asked."""

    url: str
    account: Account
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._line = httpx.Client(timeout=60)

    def go(self, address: str) -> str:
        """Where the walk leaves the provider, or the page where it ends."""
        answer = self._line.get(address)
        for _ in range(STEPS):
            onward = answer.headers.get("location")
            self.seen.append(f"{answer.status_code} {answer.url.path}")
            if onward:
                address = urljoin(str(answer.url), onward)
                if not address.startswith(f"{self.url}/"):
                    return address
                answer = self._line.get(address)
                continue
            form = _next(forms(answer.text))
            if form is None:
                return str(answer.url)
            answer = self._send(str(answer.url), form)
        raise AssertionError(f"no end: {self.seen}")

    def _send(self, here: str, form: Form) -> httpx.Response:
        told = form.fields | self.account.answers(set(form.fields))
        return self._line.post(urljoin(here, form.action), data=told, headers={"referer": here})

    def sign_out(self) -> None:
        """At gapura itself."""
        page = self._line.get(f"{self.url}/logout")
        form = next(f for f in forms(page.text) if f.action == "/logout")
        assert self._send(f"{self.url}/logout", form).status_code == 303

    def close(self) -> None:
        """No connection stays."""
        self._line.close()


# What a person presses who agrees: to tell the application, and to sign out here, too.
AGREED = ("/oauth2/consent", "/oauth2/logout/confirm")


def _next(found: list[Form]) -> Form | None:
    asked = (form for form in found if {"password", "code"} & set(form.fields))
    agreed = (form for form in found if form.action in AGREED)
    return next(asked, None) or next(agreed, None)


@dataclass
class Surfer:
    """In a browser, pressing what a person would press."""

    url: str
    account: Account
    page: "Page"

    def go(self, address: str) -> str:
        """Open it and do what the provider asks; answers where one ends."""
        self.page.goto(address)
        return self.on()

    def on(self) -> str:
        """Go on from this page until the provider asks nothing more."""
        for _ in range(STEPS):
            button = self._fill() if self.page.url.startswith(f"{self.url}/") else None
            if button is None:
                return self._out()
            with self.page.expect_navigation():
                self.page.click(button)
        raise AssertionError(f"no end: {self.page.url}")

    def _out(self) -> str:
        """After a form of the provider's own, a page leads on by itself."""
        if self.page.url.startswith(f"{self.url}/oauth2/"):
            try:
                self.page.wait_for_url(lambda url: not url.startswith(f"{self.url}/"))
            except TimeoutError as stuck:
                here = f"{self.page.url}\n{self.page.inner_text('main')}"
                raise AssertionError(f"still at gapura: {here}") from stuck
        return self.page.url

    def _fill(self) -> str | None:
        main = self.page.locator("main")
        for name in ("password", "code"):
            if main.locator(f"input[name={name}]").count():
                for field_name, value in self.account.answers({name}).items():
                    main.locator(f"input[name={field_name}]").fill(value)
                return f"main form:has(input[name={name}]) button:not([type=button])"
        for action in AGREED:
            button = f"main form[action='{action}'] button"
            if self.page.locator(button).count():
                return button
        return None

    def sign_out(self) -> None:
        """At gapura itself, by the page that everybody has."""
        self.page.goto(f"{self.url}/logout")
        with self.page.expect_navigation():
            self.page.click("main form[action='/logout'] button")
