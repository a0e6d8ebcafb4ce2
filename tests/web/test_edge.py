"""The edge: who gets in, in which language, with which headers, and what problems look like."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from gapura.audit.models import LogEvent
from gapura.kernel import permissions
from gapura.kernel.actor import Actor
from gapura.web.shell.pages import Page, urls
from gapura.web.shell.requests import safe_path
from tests.web import edge_urls

PERSON = UUID(int=1)
WEAK = Actor(person=PERSON, username="warga", name="Warga", acr=1, language="en")
STRONG = Actor(person=PERSON, username="ppk", name="Ppk", acr=2, language="id")
SignIn = Callable[[Actor], None]


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edge's own permissions, for these tests only: other tests look at all of them."""
    for permission, alternatives in edge_urls.RULES.items():
        monkeypatch.setitem(permissions._rules, permission, alternatives)


@pytest.fixture
def client(settings: Settings) -> Client:
    """A browser on the edge's own pages."""
    settings.ROOT_URLCONF = "tests.web.edge_urls"
    return Client(raise_request_exception=False, HTTP_HOST="localhost")


@pytest.fixture
def sign_in(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Makes the session cookie stand for an actor."""

    def act(actor: Actor) -> None:
        client.cookies[settings.SESSION_COOKIE] = "token"
        monkeypatch.setattr(
            "gapura.web.shell.middleware.resolve_actor", lambda **facts: (actor, None)
        )
        monkeypatch.setattr("gapura.web.shell.context.unread_count", lambda person: 0)

    return act


def test_a_public_page_is_for_everyone(client: Client) -> None:
    reply = client.get("/public", REMOTE_ADDR="203.0.113.5")
    assert reply.content == b"|203.0.113.5|id"


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: Client) -> None:
    reply = client.get("/own?a=1&b=%C3%A4")
    assert reply.status_code == 303
    assert reply["Location"] == "/login?next=%2Fown%3Fa%3D1%26b%3D%25C3%25A4"


def test_htmx_is_sent_to_sign_in_by_its_own_header(client: Client) -> None:
    reply = client.get("/own", HTTP_HX_REQUEST="true")
    assert (reply.status_code, reply["HX-Redirect"]) == (200, "/login?next=%2Fown")


def test_a_form_whose_referer_is_no_address_leads_back_home(client: Client) -> None:
    reply = client.post("/own", HTTP_REFERER="http://[no-address")
    assert (reply.status_code, reply["Location"]) == (303, "/login?next=%2F")


def test_who_only_lacks_strength_is_sent_to_step_up(client: Client, sign_in: SignIn) -> None:
    sign_in(WEAK)
    assert client.get("/strong")["Location"] == "/login/step-up?next=%2Fstrong"
    sign_in(STRONG)
    assert client.get("/strong").status_code == 200


@pytest.mark.django_db
def test_a_page_that_is_not_for_the_actor_looks_like_one_that_is_not_there(
    client: Client, sign_in: SignIn
) -> None:
    sign_in(STRONG)
    refused, absent = client.get("/moon"), client.get("/absent")
    assert refused.status_code == absent.status_code == 404
    assert refused.content.replace(b"/moon", b"/absent")[:900] == absent.content[:900]


def test_an_objects_page_asks_nothing_of_the_view_before_someone_is_signed_in(
    client: Client,
) -> None:
    assert client.get("/thing/7")["Location"] == "/login?next=%2Fthing%2F7"


@pytest.mark.django_db
def test_the_reason_that_a_404_does_not_tell_stands_in_the_log(
    client: Client, sign_in: SignIn
) -> None:
    sign_in(STRONG)
    client.get("/moon")
    facts: Any
    (facts,) = LogEvent.objects.filter(name="web.page.refused").values_list("facts", flat=True)
    assert facts["path"] == "/moon"
    assert facts["missing"] == ["moon_is_full"]


@pytest.mark.django_db
def test_a_refusal_about_an_object_tells_reason_law_and_way_out(
    client: Client, sign_in: SignIn
) -> None:
    sign_in(STRONG)
    reply = client.get("/thing/7")
    assert reply.status_code == 403
    for text in ("The moon must be full.", "Lunar act 1", 'href="/moon"'):
        assert text in reply.content.decode()


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        ("missing", 404, ""),
        ("overtaken", 409, ""),
        ("busy", 429, ""),
        ("wrong", 422, "The letter SK-1 has ended."),
        ("fields", 422, "The letter &lt;b&gt; has ended."),
        ("bug", 500, ""),
    ],
)
def test_problems_become_pages(client: Client, kind: str, status: int, text: str) -> None:
    reply = client.get(f"/fail/{kind}")
    assert reply.status_code == status
    assert text in reply.content.decode()
    assert "secret" not in reply.content.decode()
    assert "Traceback" not in reply.content.decode()


def test_busy_says_when_to_come_back(client: Client) -> None:
    assert client.get("/fail/busy")["Retry-After"] == "42"


def test_an_unforeseen_error_gives_its_number_to_the_person_and_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    reply = client.get("/fail/bug")
    number = reply["X-Request-Id"]
    assert number in reply.content.decode()
    assert any(number in record.getMessage() for record in caplog.records)


def test_a_database_that_is_away_is_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = OperationalError("no server\nDETAIL: row (3201...)")
    monkeypatch.setitem(edge_urls.PROBLEMS, "away", away)
    reply = client.get("/fail/away")
    assert (reply.status_code, reply["Retry-After"]) == (503, "5")


def test_the_edge_itself_survives_a_database_that_is_away(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**facts: Any) -> None:
        raise OperationalError("no server")

    client.cookies[settings.SESSION_COOKIE] = "token"
    monkeypatch.setattr("gapura.web.shell.middleware.resolve_actor", away)
    reply = client.get("/public")
    assert reply.status_code == 503
    assert "Content-Security-Policy" in reply


def test_an_error_page_that_fails_itself_falls_back_to_plain_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("templates are broken")

    monkeypatch.setattr("gapura.web.shell.errors.shell_context", broken)
    reply = client.get("/fail/bug")
    assert reply.status_code == 500
    assert reply["X-Request-Id"] in reply.content.decode()


def test_what_django_finds_suspicious_is_a_bad_request(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(edge_urls.PROBLEMS, "odd", SuspiciousOperation("odd"))
    assert client.get("/fail/odd").status_code == 400


def test_host_header_attack_another_host_is_refused(client: Client) -> None:
    reply = client.get("/public", HTTP_HOST="evil.example")
    assert reply.status_code == 400
    assert "evil.example" not in reply.content.decode()


@pytest.mark.parametrize(("method", "allow"), [("post", "GET, HEAD"), ("put", "GET, HEAD")])
def test_methods_a_page_does_not_have_get_405_with_those_it_has(
    client: Client, method: str, allow: str
) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    reply = getattr(strict, method)("/public")
    assert (reply.status_code, reply["Allow"]) == (405, allow)


def test_head_works_where_get_does(client: Client) -> None:
    assert client.head("/public").status_code == 200


def test_csrf_a_form_without_its_token_changes_nothing(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    reply = strict.post("/enter")
    assert reply.status_code == 403
    assert "Set-Cookie" not in str(reply.cookies.get("session", ""))


def test_every_reply_has_the_security_headers(client: Client) -> None:
    for path in ("/public", "/absent", "/fail/bug", "/own"):
        reply = client.get(path)
        assert reply["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in reply["Content-Security-Policy"]
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in reply


def test_language_is_the_cookies_then_the_profiles_then_indonesian(
    client: Client, sign_in: SignIn
) -> None:
    assert client.get("/public", HTTP_ACCEPT_LANGUAGE="en").content.endswith(b"|id")
    sign_in(WEAK)
    assert client.get("/public").content.endswith(b"|en")
    client.cookies["lang"] = "id"
    assert client.get("/public").content.endswith(b"|id")
    client.cookies["lang"] = "xx"
    assert client.get("/public").content.endswith(b"|en")


def test_choosing_a_language_leads_back_to_the_same_page(client: Client) -> None:
    reply = client.post("/language", {"language": "en", "next": "/public?a=1"})
    assert (reply.status_code, reply["Location"]) == (303, "/public?a=1")
    assert reply.cookies["lang"].value == "en"
    assert client.post("/language", {"language": "fr"}).status_code == 404


def test_choosing_a_language_while_signed_in_changes_the_profile(
    client: Client, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    sign_in(STRONG)
    monkeypatch.setattr(
        "gapura.web.shell.language.choose_language",
        lambda *, actor, language: told.append((actor.username, language)),
    )
    client.post("/language", {"language": "en"})
    assert told == [("ppk", "en")]


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "",
     "evil", "/ok\n//evil", "/" + "a" * 3000, None],
)  # fmt: skip
def test_open_redirect_only_paths_of_this_site_are_followed(target: str | None) -> None:
    assert safe_path(target) == "/"


def test_a_notice_is_shown_once_on_the_next_page_and_escaped(client: Client) -> None:
    client.post("/tell")
    first, second = client.get("/shown"), client.get("/shown")
    assert "Saved &lt;b&gt;all&lt;/b&gt;." in first.content.decode()
    assert "Saved" not in second.content.decode()


def test_a_notice_that_someone_forged_is_not_shown(client: Client) -> None:
    client.cookies["flash"] = "W1tcInN1Y2Nlc3NcIixcInhcIl1d:1:forged"
    assert client.get("/shown").status_code == 200


def test_a_new_session_comes_in_a_cookie_scripts_cannot_read_and_with_new_form_tokens(
    client: Client,
) -> None:
    client.get("/shown")
    before = client.cookies["csrf"].value
    reply = client.post("/enter")
    cookie = reply.cookies["session"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("new-token", True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert reply.cookies["csrf"].value != before


def test_pages_with_one_name_or_one_route_are_refused_at_the_start() -> None:
    page = Page("a", edge_urls.ok, "edge.public.see", name="a")
    other = Page("a", edge_urls.ok, "edge.public.see", name="b")
    with pytest.raises(ValueError, match="name"):
        urls([page, page])
    with pytest.raises(ValueError, match="route"):
        urls([page, other])
