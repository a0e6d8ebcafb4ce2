"""The address of a client, also behind proxies that are trusted."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

_REMEMBERED = 1024
Headers = Sequence[tuple[bytes, bytes]]


def client_address(scope: Mapping[str, Any], proxies: int) -> str:
    """The client's address: `proxies` trusted ones each added an entry to X-Forwarded-For.

    Only entries counted from the right are believed; without enough of them it is the peer.
    """
    peer = str((scope.get("client") or ("",))[0])
    if proxies:
        forwarded = joined(scope["headers"], b"x-forwarded-for").split(",")
        if len(forwarded) >= proxies:
            peer = forwarded[-proxies].strip() or peer
    return _written(peer)


@lru_cache(_REMEMBERED)
def _written(peer: str) -> str:
    """An address as it is kept; whoever asks once mostly asks again."""
    try:
        address = ip_address(peer)
        # A socket on `::` shows IPv4 clients inside ::/48, which would be one network to a limit.
        return str(getattr(address, "ipv4_mapped", None) or address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - an address that says unknown, nothing listens on it


def address_key(ip: str | None) -> str:
    """Whom to count against: the address, or the /64 that an IPv6 host picks from."""
    if not ip:
        return "unknown"
    return str(ip_network(f"{ip}/64", strict=False)) if ":" in ip else ip


def joined(headers: Headers, wanted: bytes) -> str:
    """All values of a header that may stand more than once, as one list."""
    return ",".join(value.decode("latin-1") for name, value in headers if name == wanted)
