"""Posting to addresses that people typed: never to our own inside (SSRF, CWE-918)."""

import base64
import hashlib
import hmac
import socket
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from gapura.outside.errors import BadAddress, InsideTransaction, NotDelivered
from gapura.outside.services import check_target, new_secret, send_webhook, sign
from tests.outside.receiver import receiving

SECRET = new_secret()
MESSAGE = uuid4()


@pytest.fixture
def loopback(settings: Settings) -> None:
    """As in the demo."""
    settings.WEBHOOKS_TO_LOOPBACK = True


def send(url: str) -> None:
    send_webhook(url=url, secret=SECRET, message=MESSAGE, body=b"{}")


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://example.org/x", "scheme"),
        ("ftp://example.org/x", "scheme"),
        ("file:///etc/passwd", "form"),
        ("https://", "form"),
        ("https://user:secret@example.org/", "form"),
        ("https://example.org/#part", "form"),
        ("https://example.org:22/", "port"),
        ("https://example.org:99999/", "form"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://10.0.0.5/", "private"),
        ("https://172.16.3.4/", "private"),
        ("https://192.168.1.1/", "private"),
        ("https://169.254.169.254/latest/meta-data/", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://224.0.0.1/", "private"),
        ("https://[fe80::1]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[::ffff:10.0.0.5]/", "private"),
        ("https://[64:ff9b::a00:5]/", "private"),
        ("https://[2002:a00:5::]/", "private"),
        # Attack: networks that the standard library takes for open to the world.
        ("https://[fec0::1]/", "private"),
        ("https://[feff:ffff::1]/", "private"),
        ("https://[3fff::1]/", "private"),
        ("https://[2001:db8::1]/", "private"),
        ("https://[5f00::1]/", "private"),
        ("https://[100::1]/", "private"),
        ("https://[100:0:0:1::1]/", "private"),
        ("https://[4000::1]/", "private"),
        ("https://192.88.99.1/", "private"),
        ("https://192.0.0.8/", "private"),
        ("https://192.0.0.170/", "private"),
        ("https://[64:ff9b::c000:8]/", "private"),
        ("https://[64:ff9b:1::a00:5]/", "private"),
        ("https://[2002:c058:6301::]/", "private"),
        ("https://[::a00:5]/", "private"),
        # Attack: a host longer than the column that keeps it.
        ("https://" + "a." * 150 + "org/", "form"),
        ("https://exa mple.org/", "form"),
        ("https://example.org/" + "x" * 500, "form"),
        ("http://localhost:8000/", "scheme"),
    ],
)
def test_addresses_that_are_never_posted_to(url: str, word: str) -> None:
    with pytest.raises(BadAddress) as caught:
        check_target(url)
    assert caught.value.word == word


@pytest.mark.parametrize("url", ["https://example.org/x", "https://example.org:8443/x?key=1"])
def test_addresses_that_are(url: str) -> None:
    assert check_target(url).host == "example.org"


def _resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    asked: list[str] = []

    def answer(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    "addresses",
    [("10.0.0.5",), ("93.184.215.14", "127.0.0.1"), ("169.254.169.254",), ("::ffff:10.0.0.5",)],
)
def test_a_name_that_leads_inside_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    """DNS rebinding: what was judged is what is connected to, and one bad address spoils all."""
    asked = _resolving(monkeypatch, *addresses)
    with pytest.raises(NotDelivered) as caught:
        send("https://rebind.example.org/x")
    assert caught.value.word == "address_private"
    assert asked == ["rebind.example.org"], "resolved once"


@pytest.mark.django_db
def test_a_message_is_signed_as_standard_webhooks_says(loopback: None) -> None:
    with receiving() as receiver:
        send_webhook(url=receiver.url, secret=SECRET, message=MESSAGE, body=b'{"a":1}')
    ((headers, body),) = receiver.got
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{MESSAGE}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-id"] == str(MESSAGE)
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert (body, headers["content-type"]) == (b'{"a":1}', "application/json")


def test_the_signature_is_that_of_the_published_example() -> None:
    """The vector in the Standard Webhooks reference libraries."""
    told = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "word"),
    [(200, ""), (202, ""), (302, "status_302"), (410, "gone"), (500, "status_500")],
)
def test_what_a_receiver_can_answer(loopback: None, status: int, word: str) -> None:
    with receiving() as receiver:
        receiver.status = status
        if not word:
            send(receiver.url)
            return
        with pytest.raises(NotDelivered) as caught:
            send(receiver.url)
    assert caught.value.word == word


@pytest.mark.django_db
def test_redirects_are_not_followed(loopback: None) -> None:
    with receiving() as inside, receiving() as receiver:
        receiver.status, receiver.location = 307, inside.url
        with pytest.raises(NotDelivered):
            send(receiver.url)
    assert inside.got == []


@pytest.mark.django_db
def test_nobody_there(loopback: None) -> None:
    with receiving() as receiver:
        url = receiver.url
    with pytest.raises(NotDelivered) as caught:
        send(url)
    assert caught.value.word == "unreachable"


@pytest.mark.django_db(transaction=True)
def test_never_inside_a_transaction(loopback: None) -> None:
    from django.db import transaction

    with transaction.atomic(), pytest.raises(InsideTransaction):
        send("https://example.org/")
