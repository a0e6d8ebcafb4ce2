"""A browser for the pages: keeps cookies, sends forms with their token as a person does."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.test.client import ClientHandler

from gapura.accounts.models import Person
from gapura.authentication.queries import SessionView, session_for
from gapura.web.shell.requests import Request
from tests.authentication.world import FIREFOX, PASSWORD, app_code, mailed_code

SESSION, CSRF = "session", "csrf"


class _Handler(ClientHandler):
    def get_response(self, request: Any) -> Any:
        request.__class__ = Request
        return super().get_response(request)


class Browser(Client):
    """Form tokens are always needed; `language` is what was chosen with the buttons on top."""

    def __init__(self, language: str = "en", ip: str = "203.0.113.7") -> None:
        super().__init__(
            enforce_csrf_checks=True,
            raise_request_exception=False,
            REMOTE_ADDR=ip,
            HTTP_USER_AGENT=FIREFOX,
            HTTP_HOST="localhost",
        )
        self.handler = _Handler(enforce_csrf_checks=True)
        self.cookies["lang"] = language

    def submit(self, path: str, page: str = "", **data: Any) -> Any:
        """Open `page` (the same path, when none is named), then send its form to `path`."""
        if CSRF not in self.cookies:
            self.get(page or path)
        token = self.cookies[CSRF].value
        return self.post(path, {"csrfmiddlewaretoken": token, **data})

    @property
    def session(self) -> SessionView | None:  # type: ignore[override]
        """The session that the cookie belongs to."""
        cookie = self.cookies.get(SESSION)
        return session_for(cookie.value) if cookie else None

    @property
    def acr(self) -> int:
        """How strongly this browser is signed in; 0 when it is not."""
        return self.session.acr if self.session else 0

    def sign_in(self, person: Person, secret: str = "", password: str = PASSWORD) -> "Browser":
        """Through the pages: by the app when there is a secret, else by e-mail."""
        self.submit("/login", username=person.username, password=password)
        code = app_code(secret) if secret else mailed_code(person)
        self.submit("/login/code", code=code)
        return self


def text_of(response: Any) -> str:
    """What a person reads on a page, in one line."""
    html = re.sub(r"<(head|script)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def title_of(response: Any) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""
