"""Posts to addresses that people typed: resolved first, and only to what is open to the world.

The address that was judged is the one that is connected to: a name that resolves to something else
a moment later (DNS rebinding, CWE-918) leads nowhere else.
"""

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

from gapura.outside.errors import BadAddress
from gapura.outside.line import JSON, Fault, Network, Transport
from gapura.outside.rules import POST_SECONDS

LONGEST_URL = 500
# RFC 1035 section 2.3.4.
LONGEST_HOST = 253
_HTTPS = 443
_FIRST_FREE_PORT = 1024
_GONE = 410


# Of IPv6 only global unicast is given to anybody (RFC 4291 section 2.4): what lies outside is
# site-local, local NAT64, discard, IPv4 inside IPv6 and the like.
_GIVEN = ip_network("2000::/3")
# Not all versions of the standard library know these as closed: documentation, relays of 6to4,
# protocols (RFC 3849, 9637, 7526, 6890).
_CLOSED = tuple(map(ip_network, ("2001:db8::/32", "3fff::/20", "192.88.99.0/24", "192.0.0.0/24")))


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be posted to, as far as its text tells."""

    url: str
    host: str
    port: int


def check_target(url: str) -> Target:
    """Read an address; where its host leads is judged when it is connected to.

    :raises BadAddress: no https (http to this machine where the settings allow it), a name or a
        password in it, a port of another service, or too long.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise BadAddress("form") from None
    odd = not url.isascii() or not url.isprintable() or " " in url
    if len(url) > LONGEST_URL or odd or not 0 < len(host) <= LONGEST_HOST:
        raise BadAddress("form")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadAddress("form")
    if _is_this_machine(host) and settings.WEBHOOKS_TO_LOOPBACK:
        if parts.scheme not in {"http", "https"}:
            raise BadAddress("scheme")
        return Target(url, host, port or (80 if parts.scheme == "http" else _HTTPS))
    if parts.scheme != "https":
        raise BadAddress("scheme")
    port = port or _HTTPS
    if port != _HTTPS and port < _FIRST_FREE_PORT:
        raise BadAddress("port")
    if (literal := _literal(host)) is not None and not _may_reach(literal):
        raise BadAddress("private")
    return Target(url, host, port)


def post(url: str, *, headers: dict[str, str], body: bytes) -> None:
    """Post one JSON body; fine when the answer is 2xx. Nothing of the answer is read.

    :raises BadAddress: as `check_target`, or when the host leads to where nobody outside may.
    :raises Fault: no such answer, in one word: `gone` when it is never to be asked again.
    """
    target = check_target(url)
    transport = Transport(Guarded(time.monotonic() + POST_SECONDS))
    options: dict[str, Any] = {"timeout": POST_SECONDS, "trust_env": False}
    sent = {"Accept-Encoding": "identity", "Content-Type": JSON, "User-Agent": "gapura", **headers}
    try:
        with (
            httpx.Client(transport=transport, follow_redirects=False, **options) as client,
            client.stream("POST", target.url, headers=sent, content=body) as response,
        ):
            status = response.status_code
    except httpx.TimeoutException:
        raise Fault("timeout") from None
    except httpx.ConnectError:
        raise Fault("unreachable") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Fault("broken") from None
    if status == _GONE:
        raise Fault("gone")
    if not 200 <= status < 300:
        raise Fault(f"status_{status}")


class Guarded(Network):
    """Resolves names itself and connects to the very address that it has judged."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = _resolved(host, port)
        return super().connect_tcp(str(address), port, timeout, local_address, socket_options)


def _resolved(host: str, port: int) -> IPv4Address | IPv6Address:
    """The first address of a host, when all of them may be reached: one bad one spoils it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpcore.ConnectError("the name does not resolve") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(_may_reach(address) for address in addresses):
        raise BadAddress("private")
    return addresses[0]


def _may_reach(address: IPv4Address | IPv6Address) -> bool:
    """Open to the world; or this machine, in the demo."""
    if address.is_loopback:
        return bool(settings.WEBHOOKS_TO_LOOPBACK)
    judged = _within(address) or address
    if judged.version == 6 and judged not in _GIVEN:
        return False
    if any(judged in network for network in _CLOSED):
        return False
    return judged.is_global and not judged.is_multicast and not judged.is_reserved


def _within(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that some IPv6 addresses carry to a gateway: mapped, 6to4, NAT64."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    whole = int(address)
    nat64 = whole >> 32 == 0x0064FF9B << 64
    return IPv4Address(whole & 0xFFFFFFFF) if nat64 else None


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_this_machine(host: str) -> bool:
    literal = _literal(host)
    return host == "localhost" or (literal is not None and literal.is_loopback)
