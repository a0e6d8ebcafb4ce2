"""Ways back to an application, and addresses that nobody is sent to."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings

from gapura.sso.models import Authorization, Pushed
from tests.sso.world import CALLBACK
from tests.web.browser import Browser, text_of
from tests.web.oauth2.asking import (
    HERE,
    allow,
    asking,
    brought,
    members,
    opened,
    somebody,
    spse,
)

pytestmark = pytest.mark.django_db
# The choice of language may hold this page's own address, and nothing else what came with it.
LINKED = re.compile(r'(href|src|action|content)="[^"]*evil')
FROM_A_FORM = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_FETCH_MODE": "navigate"}


def test_a_form_goes_back_where_the_application_asked_for_one() -> None:
    """OAuth 2.0 Form Post Response Mode; without scripts there is a button."""
    app = spse(asks_consent=False)
    page = somebody().get(asking(app, response_mode="form_post"))
    html = page.content.decode()
    assert page.status_code == 200
    assert f'<form method="post" action="{CALLBACK}"' in html
    told = dict(re.findall(r'type="hidden" name="(code|state|iss)" value="([^"]+)"', html))
    assert (told["state"], told["iss"]) == ("s-1", settings.PUBLIC_URL)
    assert told["code"].startswith("gpc_")
    assert "csrfmiddlewaretoken" not in html.split("data-leave")[1].split("</form>")[0]
    assert "form-action 'self' https:;" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert "built/leave" in html


def test_a_refusal_goes_back_by_a_form_too() -> None:
    app = spse()
    page = Browser().get(asking(app, response_mode="form_post", prompt="none"))
    assert 'name="error" value="login_required"' in page.content.decode()


def test_a_browser_that_comes_from_our_form_is_led_on_by_a_page() -> None:
    """Chromium holds every redirect behind a form against the policy of the form's page."""
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    here.defaults.update(FROM_A_FORM)
    answer = allow(here, page)
    html = answer.content.decode()
    assert answer.status_code == 200
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', html)
    assert found
    assert unescape(found[1]).startswith(f"{CALLBACK}?code=gpc_")
    assert unescape(found[1]) in unescape(html.split("<main")[1])
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_an_application_on_a_telephone_is_reached_by_its_own_scheme() -> None:
    uri = "id.go.contoh.app:/cb"
    app = spse(redirect_uris=[uri], native=True, asks_consent=False)
    answer = somebody().get(asking(app, redirect_uri=uri))
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{uri}?code=")


BAD_ADDRESSES = [
    "https://evil.example/callback",
    "https://app.example.go.id.evil.example/callback",
    "https://app.example.go.id@evil.example/callback",
    "https://app.example.go.id/callback/../evil",
    "https://app.example.go.id/callback?x=1",
    "https://app.example.go.id/callback#x",
    "https://APP.example.go.id/callback",
    "http://app.example.go.id/callback",
    "//app.example.go.id/callback",
    "/callback",
    "javascript:alert(1)",
    "data:text/html,x",
    "\\\\evil.example",
    "https://app.example.go.id/callback%0d%0aLocation:https://evil.example",
    "https://app.example.go.id/callback ",
    "",
]


@pytest.mark.parametrize("uri", BAD_ADDRESSES)
@pytest.mark.parametrize("prompt", ["", "none"])
def test_nobody_is_sent_to_an_address_that_is_not_registered(uri: str, prompt: str) -> None:
    """Open redirect: an error before the address is known to be good is shown, never sent."""
    app = spse(asks_consent=False)
    answer = somebody().get(asking(app, redirect_uri=uri, prompt=prompt))
    assert answer.status_code == 400
    assert "Location" not in answer
    assert not LINKED.search(answer.content.decode())
    assert not Authorization.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "client_id=",
        "client_id=nobody&redirect_uri=https://evil.example&response_type=code",
        "client_id=a&client_id=b",
        "client_id=%00",
        "client_id=%ff",
        "%zz=1",
        "kept=a&kept=b",
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_cannot_be_read_is_said_on_a_page(query: str, language: str) -> None:
    here = Browser(language)
    answer = here.get(f"{HERE}?{query}")
    assert answer.status_code == 400
    assert not LINKED.search(answer.content.decode())
    assert not Pushed.objects.exists()


def test_a_parameter_that_comes_twice_is_refused() -> None:
    """Two readers of one request must not see two different ones."""
    app = spse(asks_consent=False)
    address = f"{asking(app)}&redirect_uri=https%3A%2F%2Fevil.example"
    assert somebody().get(address).status_code == 400


def test_a_stopped_application_is_no_longer_served() -> None:
    app = spse(asks_consent=False)
    here = somebody()
    type(app).objects.filter(pk=app.pk).update(state="suspended")
    answer = here.get(asking(app))
    assert answer.status_code == 400
    assert "it was stopped" in text_of(answer)


def test_what_is_wrong_otherwise_goes_back_to_the_application() -> None:
    app = spse(asks_consent=False)
    told = brought(somebody().get(asking(app, code_challenge="")))
    assert (told["error"], told["iss"]) == ("invalid_request", settings.PUBLIC_URL)


def test_a_request_that_is_too_long_for_an_address_is_told_to_be_pushed() -> None:
    form = "application/x-www-form-urlencoded"
    body = urlencode(members(spse(), claims="x" * 9000))
    answer = Browser().post(HERE, body, content_type=form)
    assert answer.status_code == 413
    assert "push it" in answer.content.decode()


def test_the_host_of_the_request_does_not_matter() -> None:
    """Host header poisoning: the issuer comes from the settings."""
    app = spse(asks_consent=False)
    told = brought(somebody().get(asking(app), HTTP_HOST="127.0.0.1"))
    assert told["iss"] == settings.PUBLIC_URL
