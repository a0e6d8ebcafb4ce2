"""An ASGI scope becomes a WSGI environ; what two programs could read differently is refused."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, cast
from urllib.parse import unquote_to_bytes

from django.utils.http import parse_header_parameters

from gapura.kernel.addresses import Headers

# Two of one of these mean different things to different programs (request smuggling, CWE-444).
_ONCE = frozenset({b"host", b"content-length", b"content-type", b"authorization", b"referer"})
HEADERS_LIMIT = 32 * 1024
# Django decodes query and form with the codec a client names: `zip` breaks it, `utf-7` makes
# letters out of plain ASCII that a filter in front has not seen (ASVS 5.0 V4.1.1).
_CHARSETS = frozenset({"", "utf-8", "utf8"})
_HOP_BY_HOP = frozenset({b"connection", b"keep-alive", b"te", b"trailer", b"upgrade", b"expect"})


class Unreadable(Exception):
    """The request can be understood in more than one way."""


class Facts(TypedDict):
    """What the edge knows about a request beside its headers."""

    client: str
    request_id: str
    scheme: str


def content_length(headers: Headers) -> int | None:
    """The announced length of the body; None when there is none (chunked).

    :raises Unreadable: for two lengths, a length beside a transfer encoding, or no number; and for
        headers that are too large.
    """
    if sum(len(name) + len(value) for name, value in headers) > HEADERS_LIMIT:
        raise Unreadable("too many headers")
    lengths = [value for name, value in headers if name == b"content-length"]
    encoded = any(name == b"transfer-encoding" for name, _ in headers)
    if not lengths:
        return None
    if len(lengths) > 1 or encoded or not lengths[0].isdigit():
        raise Unreadable("ambiguous length")
    return int(lengths[0])


def environ(scope: Mapping[str, Any], body: Any, length: int, facts: Facts) -> dict[str, Any]:
    """The WSGI environ (PEP 3333) for a body of `length` bytes.

    :raises Unreadable: for doubled headers that must stand once, a NUL in the address, or text in
        another encoding than UTF-8.
    """
    server = scope.get("server") or ("localhost", 0)
    values = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path_of(scope).decode("latin-1"),
        "QUERY_STRING": query_of(scope),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": facts["client"],
        "CONTENT_LENGTH": str(length),
        "gapura.request_id": facts["request_id"],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": facts["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    values.update(_header_values(scope["headers"]))
    _refuse_other_encodings(values.get("CONTENT_TYPE", ""))
    return values


def _refuse_other_encodings(content_type: str) -> None:
    try:
        _, options = parse_header_parameters(content_type)
    except (ValueError, LookupError):  # RFC 2231 names an encoding for one parameter, too
        raise Unreadable("an unknown encoding") from None
    if options.get("charset", "").lower() not in _CHARSETS:
        raise Unreadable("another encoding than UTF-8")


def path_of(scope: Mapping[str, Any]) -> bytes:
    """The path's bytes, decoded once.

    :raises Unreadable: when it holds a NUL.
    """
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw) if raw is not None else scope["path"].encode()
    if b"\0" in path:
        raise Unreadable("NUL in the path")
    return cast(bytes, path)


def query_of(scope: Mapping[str, Any]) -> str:
    """The query as it came.

    :raises Unreadable: when it holds a NUL.
    """
    query = scope["query_string"].decode("latin-1")
    if "%00" in query or "\0" in query:
        raise Unreadable("NUL in the query")
    return cast(str, query)


def _header_values(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        # `X_Forwarded_For` would land on the same key as the real one (CWE-348).
        if b"_" in name or name in _HOP_BY_HOP or name == b"content-length":
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if name == b"content-type" else f"HTTP_{key}"
        text = value.decode("latin-1")
        if key not in found:
            found[key] = text
        elif name in _ONCE:
            raise Unreadable(f"two {name.decode('latin-1')} headers")
        else:
            found[key] += ("; " if name == b"cookie" else ",") + text
    return found
