"""Requests of applications, as a browser brings them, and what comes back."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from gapura.accounts.models import Person
from gapura.authentication.queries import Method
from gapura.sso.models import Authorization, Client
from gapura.sso.protocol.pkce import challenge_of
from tests.authentication import world
from tests.sessions import entered
from tests.sso.world import CALLBACK
from tests.sso.world import client as application
from tests.web.browser import SESSION, Browser

HERE = "/oauth2/authorize"
VERIFIER = "v" * 43
ORIGIN = "https://app.example.go.id"


def spse(**values: Any) -> Client:
    """An application that people are asked about."""
    return application(**{"name": "SPSE Kementerian Contoh", **values})


def members(of: Client, **more: str) -> dict[str, str]:
    """What an application asks with; an empty text leaves a member out."""
    asked = {
        "client_id": of.client_id,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid profile",
        "state": "s-1",
        "nonce": "n-1",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **more,
    }
    return {name: value for name, value in asked.items() if value}


def asking(of: Client, **more: str) -> str:
    """The address that an application sends a browser to."""
    return f"{HERE}?{urlencode(members(of, **more))}"


def somebody(found: Person | None = None, method: Method = Method.TOTP) -> Browser:
    """A browser of somebody who is signed in."""
    here = Browser()
    here.cookies[SESSION] = entered(found or world.person(), method)
    return here


def brought(answer: Any) -> dict[str, str]:
    """What the application is told by a redirect to its address.

    :raises AssertionError: it leads elsewhere.
    """
    assert answer.status_code == 303, (answer.status_code, answer.content[:300])
    assert answer["Location"].startswith(f"{CALLBACK}?"), answer["Location"]
    return dict(parse_qsl(urlsplit(answer["Location"]).query))


def field(answer: Any, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return unescape(found[1])


def opened(here: Browser, address: str) -> Any:
    """The page that a request comes to; the redirects inside of this site are followed."""
    answer = here.get(address)
    while answer.status_code == 303 and answer["Location"].startswith("/"):
        answer = here.get(answer["Location"])
    return answer


def kept_behind(login: str) -> str:
    """Where a sign-in that an application asked for leads on to."""
    return dict(parse_qsl(urlsplit(login).query))["next"]


def allow(here: Browser, page: Any, **more: str) -> Any:
    """Press the button of the consent page."""
    fields = {"kept": field(page, "kept"), "person": field(page, "person"), **more}
    return here.submit("/oauth2/consent", page="/help", **fields)


def newest() -> Authorization:
    return Authorization.objects.latest("created_at")
