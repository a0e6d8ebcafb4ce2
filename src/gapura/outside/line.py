"""One bounded HTTP exchange: one connection, a deadline for all of it, a size, no redirects."""

import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from gapura.outside.rules import ANSWER_BYTES

JSON = "application/json"
# Trying the same question again may help with these, and only with these.
_PASSING = frozenset({502, 503, 504})


class Fault(Exception):
    """No usable answer: `word` says why, `again` whether the same question may be asked again.

    `counts` is False for what one question or one record of theirs can bring about: whoever finds
    such a one must not be able to shut an authority for everybody.
    """

    def __init__(
        self, word: str, *, again: bool = False, wait: int = 0, counts: bool = True
    ) -> None:
        super().__init__(word)
        self.word, self.again, self.wait, self.counts = word, again, wait, counts


class _Stream(httpcore.NetworkStream):
    """A connection whose every step has only what is left until the deadline.

    The client's own timeouts count from each byte anew: one byte every few seconds would hold us
    for hours.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Network(httpcore.SyncBackend):
    """Connections that have only what is left until the deadline."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline)
        stream = super().connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, self._deadline)


class Transport(httpx.HTTPTransport):
    """One connection over that network, for one exchange."""

    def __init__(self, network: Network) -> None:
        super().__init__(verify=_trust(), retries=0)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), max_connections=1, network_backend=network
        )


def exchange(
    method: str, url: str, *, headers: dict[str, str], body: bytes | None, seconds: float
) -> bytes:
    """Send one request and answer the body of a 200 in JSON, within `seconds` all in all.

    Each has a connection of its own, so nothing left over from one can be read as another's answer.

    :raises Fault: for everything else.
    """
    # Proxies, certificates and passwords of the surroundings are not ours to use here.
    transport = Transport(Network(time.monotonic() + seconds))
    options: dict[str, Any] = {"timeout": seconds, "trust_env": False, "follow_redirects": False}
    sent = {"Accept": JSON, "Accept-Encoding": "identity", "User-Agent": "gapura", **headers}
    try:
        with (
            httpx.Client(transport=transport, **options) as client,
            client.stream(method, url, headers=sent, content=body) as response,
        ):
            _check(response)
            return _content(response)
    except httpx.TimeoutException:
        raise Fault("timeout", again=True) from None
    except httpx.ConnectError:
        raise Fault("unreachable", again=True) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Fault("broken", again=True) from None


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status in _PASSING:
        raise Fault("unavailable", again=True, wait=_wait(response))
    if status == 429:
        raise Fault("unavailable", wait=_wait(response))
    if status >= 500:
        raise Fault("unavailable")
    if status in {401, 403}:
        raise Fault("refused")
    if 400 <= status < 500:
        raise Fault("rejected", counts=False)
    if status != 200:
        raise Fault("nonsense")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON or response.headers.get("content-encoding", "identity") != "identity":
        raise Fault("nonsense")


def _content(response: httpx.Response) -> bytes:
    content = b""
    for piece in response.iter_raw():
        content += piece
        if len(content) > ANSWER_BYTES:
            raise Fault("nonsense")
    return content


def _wait(response: httpx.Response) -> int:
    """Seconds of Retry-After when they stand there as seconds; at most an hour."""
    text = response.headers.get("retry-after", "")
    return min(int(text), 3600) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _left(deadline: float) -> float:
    """Seconds until the deadline; nothing waits for zero, which would mean without an end."""
    return max(0.001, deadline - time.monotonic())


@lru_cache
def _trust() -> ssl.SSLContext:
    """The certificates this machine trusts, read once."""
    return ssl.create_default_context()
