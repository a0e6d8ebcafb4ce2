"""Where a browser may be sent back to: what may be registered, and exact comparison (RFC 9700)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

LONGEST = 2000
_LOOPBACK = frozenset({"127.0.0.1", "[::1]"})
_LOCAL = _LOOPBACK | {"localhost"}
# RFC 8252 7.3: the port of the loopback address is the operating system's choice.
_WITH_PORT = re.compile(
    r"(http://(?:127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?((?:[/?].*)?)", re.DOTALL
)
# RFC 8252 7.1: a scheme of one's own is a domain name in reverse, so it has a dot.
_OWN_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+")
# RFC 3986 2: what a URI is written with; everything else is read differently by different parsers.
_SIGNS = re.compile(r"[A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~%-]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_DOTS = re.compile(r"/\.{1,2}(?:/|$)|%2[eEfF]|%5[cC]")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client may register, besides https.

    `native`: a loopback address and a scheme of its own; `loopback`: plain http to this machine
    (sandbox clients, and a demo that itself is plain http); `https_only`: neither (FAPI 2.0
    5.3.2.2), whatever else is said.
    """

    native: bool = False
    loopback: bool = False
    https_only: bool = False


def unfit(uri: str, terms: Terms) -> str:
    """Why this must not be registered as a redirect URI, "" if it may (RFC 6749 3.1.2).

    The answer is one of: malformed, fragment, wildcard, userinfo, dots, http, scheme, host.
    """
    if not uri or len(uri) > LONGEST:
        return "malformed"
    if "*" in uri:
        return "wildcard"
    if _SIGNS.fullmatch(uri) is None:
        return "malformed"
    if "#" in uri:
        return "fragment"
    scheme, colon, rest = uri.partition(":")
    if not colon:
        return "malformed"
    if scheme in ("https", "http"):
        return _unfit_web(uri, terms)
    own = terms.native and not terms.https_only and _OWN_SCHEME.fullmatch(scheme)
    # RFC 8252 7.1: one slash; two would begin an authority that is nobody's.
    return "" if own and rest.startswith("/") and not rest.startswith("//") else "scheme"


def _unfit_web(uri: str, terms: Terms) -> str:
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "malformed"
    shown = f"[{host}]" if ":" in host else host
    if "@" in parts.netloc:
        return "userinfo"
    if parts.netloc.lower() != parts.netloc or parts.netloc.endswith(":"):
        return "host"
    if _HOST.fullmatch(host) is None and shown not in _LOOPBACK:
        return "host"
    if _DOTS.search(parts.path):
        return "dots"
    if parts.scheme == "https":
        return ""
    local = shown in _LOCAL and (terms.native or terms.loopback) and not terms.https_only
    return "" if local else "http"


def allowed(asked: str, registered: Collection[str], *, native: bool) -> bool:
    """Whether a request may name this redirect URI: sign by sign the same (RFC 9700 2.1).

    Only the port of a native client's loopback address may differ (RFC 8252 7.3).
    """
    if asked in registered:
        return True
    if not native or len(asked) > LONGEST:
        return False
    bare = _without_port(asked)
    return bare is not None and any(bare == _without_port(one) for one in registered)


def _without_port(uri: str) -> tuple[str, str] | None:
    match = _WITH_PORT.fullmatch(uri)
    if match is None or _SIGNS.fullmatch(uri) is None or "#" in uri:
        return None
    origin, port, rest = match.groups()
    if port is not None and not 0 < int(port) < 65536:
        return None
    return origin, rest


def origin_of(uri: str) -> str:
    """Scheme, host and port for a `form-action` of CSP; "com.example:" for a scheme of one's own.

    Only for URIs that were found fit.
    """
    parts = urlsplit(uri)
    if parts.scheme in ("http", "https"):
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:"


def owned_host(uri: str) -> str:
    """Whose address it is; "" for what any program may name: this machine, a scheme of its own.

    As sectors those would be shared by strangers, who could put their records together.
    """
    parts = urlsplit(uri)
    host = parts.hostname or ""
    return "" if parts.scheme != "https" or host in {*_LOCAL, "::1"} else host


def with_parameters(uri: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Add parameters, keeping the query there is (RFC 6749 3.1.2, 4.1.2)."""
    added = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in parameters)
    if not added:
        return uri
    if "?" not in uri:
        return f"{uri}?{added}"
    return f"{uri}{'' if uri.endswith(('?', '&')) else '&'}{added}"
