"""Reading documents at addresses that people typed: bounded, and never inside (SSRF, CWE-918)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from gapura.outside.errors import BadAddress, InsideTransaction, NotFetched
from gapura.outside.services import fetch_json

KIND = "application/json"


@pytest.fixture
def loopback(settings: Settings) -> None:
    """As in the demo."""
    settings.WEBHOOKS_TO_LOOPBACK = True


@contextmanager
def serving(
    body: bytes = b'{"keys":[]}', kind: str = KIND, status: int = 200, location: str = ""
) -> Iterator[str]:
    """A server on this machine that answers every GET like this; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/jwks"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [KIND, "application/jwk-set+json; charset=utf-8"])
def test_a_document_is_read(loopback: None, kind: str) -> None:
    with serving(kind=kind) as url:
        assert fetch_json(url) == b'{"keys":[]}'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"status": 404}, "status"),
        ({"status": 302, "location": "http://169.254.169.254/latest/meta-data/"}, "status"),
        ({"kind": "text/html"}, "kind"),
        ({"body": b" " * (64 * 1024 + 1)}, "size"),
    ],
)
def test_what_is_not_taken_for_one(loopback: None, answer: dict[str, Any], word: str) -> None:
    with serving(**answer) as url, pytest.raises(NotFetched) as caught:
        fetch_json(url)
    assert caught.value.word == word


@pytest.mark.django_db
def test_nobody_there_is_said_in_a_word(loopback: None) -> None:
    with serving() as url:
        pass
    with pytest.raises(NotFetched) as caught:
        fetch_json(url)
    assert caught.value.word == "unreachable"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["10.0.0.5", "127.0.0.1", "169.254.169.254", "::ffff:192.168.0.1"]
)
def test_a_name_that_leads_inside_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def answer(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(BadAddress) as caught:
        fetch_json("https://rebind.example.org/jwks")
    assert caught.value.word == "private"


@pytest.mark.django_db
def test_it_is_never_read_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(InsideTransaction):
        fetch_json("https://app.example.org/jwks")
