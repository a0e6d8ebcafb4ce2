"""The bridge from ASGI to the pages: what it refuses, what it bounds, what it hands on."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from gapura.web.bridge import BODY_SECONDS, Bridge
from tests.asgi import Answer, answer, call, run, scope

LIMIT = 1000


class Page(list[bytes]):
    """A WSGI reply that notes in which thread it was closed."""

    closed_in = ""

    def close(self) -> None:
        self.closed_in = threading.current_thread().name


class App:
    """A WSGI application that keeps what it was asked."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""
        self.page = Page([b"he", b"llo"])
        self.ran_in = ""
        self.then = then

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Page:
        self.environ, self.body = environ, environ["wsgi.input"].read()
        self.ran_in = threading.current_thread().name
        self.then()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1")])
        return self.page


def bridge(app: Any, **more: Any) -> Bridge:
    options = {"threads": 2, "waiting": 4, "body_limit": LIMIT, "proxies": 0, "scheme": "http"}
    return Bridge(app, **{**options, **more})


@pytest.fixture
def app() -> App:
    return App()


def ask(
    app: App, *parts: bytes, bridge_options: dict[str, Any] | None = None, **asked: Any
) -> Answer:
    return answer(bridge(app, **(bridge_options or {})), scope(**asked), *parts)


def test_a_page_comes_back_whole_and_is_closed_in_the_thread_it_ran_in(app: App) -> None:
    reply = ask(app, path="/halaman", query="q=1")
    assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"hello", "5")
    assert (app.environ["PATH_INFO"], app.environ["QUERY_STRING"]) == ("/halaman", "q=1")
    assert app.ran_in.startswith("page")
    assert app.page.closed_in == app.ran_in


def test_a_body_in_parts_arrives_in_one_piece(app: App) -> None:
    ask(app, b"user", b"name=", b"pp", method="POST")
    assert (app.body, app.environ["CONTENT_LENGTH"]) == (b"username=pp", "11")


def test_head_gets_the_headers_only(app: App) -> None:
    reply = ask(app, method="HEAD")
    assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", "5")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS", "get"])
def test_other_methods_are_refused_with_those_that_work(app: App, method: str) -> None:
    reply = ask(app, method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST")
    assert not app.environ


def test_an_announced_body_over_the_limit_is_refused_unread(app: App) -> None:
    reply = ask(app, method="POST", headers=[("content-length", str(LIMIT + 1))])
    assert reply.status == 413
    assert "Content-Security-Policy".lower() in reply.headers


def test_a_body_that_grows_over_the_limit_is_refused_while_it_grows(app: App) -> None:
    reply = ask(app, *[b"x" * 400] * 3, method="POST", headers=[("transfer-encoding", "chunked")])
    assert (reply.status, reply.headers["connection"]) == (413, "close")
    assert not app.environ


@pytest.mark.parametrize(
    "headers",
    [
        [("content-length", "3"), ("content-length", "4")],
        [("content-length", "3"), ("transfer-encoding", "chunked")],
        [("content-length", "+3")],
        [("host", "evil.example")],
        [("x-long", "a" * 40_000)],
        [("content-type", "text/plain"), ("content-type", "text/html")],
    ],
)
def test_request_smuggling_what_can_be_read_in_two_ways_or_is_too_long_is_refused(
    app: App, headers: list[tuple[str, str]]
) -> None:
    assert ask(app, b"abc", method="POST", headers=headers).status == 400
    assert not app.environ


@pytest.mark.parametrize("asked", [{"path": "/a\0b"}, {"query": "q=%00"}])
def test_nul_in_the_address_is_refused(app: App, asked: dict[str, Any]) -> None:
    assert ask(app, **asked).status == 400


@pytest.mark.parametrize(
    "kind",
    [
        *(f"text/plain; charset={name}" for name in ("zip", "utf-7", "utf-16", "idna", "latin-1")),
        "text/plain; charset*=zip''%61",
        "multipart/form-data; boundary*=nothing''%61",
    ],
)
def test_text_in_another_encoding_than_utf_8_is_refused(app: App, kind: str) -> None:
    assert ask(app, query="q=1", headers=[("content-type", kind)]).status == 400
    assert not app.environ


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/plain; charset=UTF-8", 'a/b; charset="utf-8"']
)
def test_utf_8_may_be_named(app: App, kind: str) -> None:
    assert ask(app, headers=[("content-type", kind)]).status == 200


def test_header_spoofing_names_with_underscores_are_dropped(app: App) -> None:
    ask(app, headers=[("x_forwarded_for", "1.1.1.1"), ("x-real", "a")])
    assert "HTTP_X_FORWARDED_FOR" not in app.environ
    assert app.environ["HTTP_X_REAL"] == "a"


def test_cookies_in_several_headers_are_joined(app: App) -> None:
    ask(app, headers=[("cookie", "a=1"), ("cookie", "b=2")])
    assert app.environ["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "203.0.113.9"),
        (1, "9.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "9.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "9.9.9.9", "203.0.113.9"),
        (1, "nonsense", "0.0.0.0"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_clients_address_is_believed_from_the_right_only(
    app: App, proxies: int, forwarded: str, expected: str
) -> None:
    headers = [("x-forwarded-for", forwarded)]
    ask(app, bridge_options={"proxies": proxies}, headers=headers)
    assert app.environ["REMOTE_ADDR"] == expected


def test_the_request_number_is_ours_whatever_the_client_sends(app: App) -> None:
    ask(app, headers=[("x-request-id", "mine")])
    assert len(app.environ["gapura.request_id"]) == 32


def test_more_than_can_wait_is_shed_with_retry_after() -> None:
    gate = threading.Event()
    app = App(then=lambda: gate.wait(5))
    limited = bridge(app, threads=1, waiting=1)

    async def crowd() -> list[Answer]:
        asking = [asyncio.create_task(call(limited, scope())) for _ in range(4)]
        await asyncio.sleep(0.1)
        gate.set()
        return await asyncio.gather(*asking)

    replies = run(crowd())
    assert sorted(reply.status for reply in replies) == [200, 200, 503, 503]
    assert {r.headers.get("retry-after") for r in replies if r.status == 503} == {"2"}
    assert (limited.tally.pages, limited.tally.shed, limited.tally.inside) == (2, 2, 0)


def test_a_page_that_breaks_out_gives_the_plain_page_and_no_traceback() -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    reply = ask(App(then=fail))
    assert reply.status == 500
    assert "secret" not in reply.text
    assert reply.headers["x-request-id"] in reply.text


def test_a_client_that_leaves_in_the_middle_of_its_body_reaches_no_page(app: App) -> None:
    gone: dict[str, Any] = {"type": "http.request", "body": b"x", "more_body": True}
    messages = [gone, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError(message)

    run(bridge(app)(scope("POST"), receive, send))
    assert not app.environ


def test_slow_loris_a_body_that_does_not_come_is_given_up(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.web.bridge.BODY_SECONDS", 0.05)
    assert BODY_SECONDS > 1
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(10)
        return {}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run(bridge(app)(scope("POST"), receive, send))
    assert sent[0]["status"] == 400
