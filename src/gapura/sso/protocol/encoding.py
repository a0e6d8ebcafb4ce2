"""Base64url, hashes and JSON as strictly as the specifications put them."""

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from math import isfinite
from typing import Any, NoReturn

_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")
# Arrays and objects in one text; so none is nested deeper than any reader can follow.
_MOST_PARTS = 500
_COMPACT = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def to_base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515 2)."""
    return b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of the one text that stands for them.

    A second spelling of a signed text is a way around whoever remembers the first (replay lists,
    revoked tokens): padding, whitespace, the other alphabet and stray last bits are refused
    (RFC 4648 3.5, RFC 7515 2).

    :raises ValueError: the text is not canonical.
    """
    given = text.encode("ascii")
    data = a2b_base64(given.translate(_FROM_URL) + b"=" * (-len(given) % 4))
    if b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=") != given:
        raise ValueError("not canonical base64url")
    return data


def digest_of(token: str) -> bytes:
    """What is kept of a code, token, secret or handle: 32 bytes. Nothing here is guessable."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def hash_of(text: str) -> str:
    """Base64url of the SHA-256: a PKCE challenge (RFC 7636 4.2), `ath` (RFC 9449 4.2)."""
    return to_base64url(digest_of(text))


def half_hash_of(text: str) -> str:
    """Base64url of the left half of the SHA-256: `at_hash` (OpenID Connect Core 3.1.3.6)."""
    return to_base64url(digest_of(text)[:16])


def same(one: str, other: str) -> bool:
    """Compare in a time that does not tell where the first difference is."""
    return compare_digest(
        one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
    )


def to_json(members: Mapping[str, Any]) -> bytes:
    """JSON without spaces, in ASCII."""
    return _COMPACT.encode(members).encode()


def from_json(data: bytes | str) -> dict[str, Any]:
    """A JSON object in which nothing can be read in two ways.

    Duplicate member names (RFC 7519 4: the last or a refusal; two readers must never differ), NaN
    and Infinity, numbers beyond a double, lone surrogates, NUL and deep nesting are refused.

    :raises ValueError: it is not such an object.
    """
    text = data if isinstance(data, str) else data.decode()
    if text.count("[") + text.count("{") > _MOST_PARTS:
        raise ValueError("too many parts")
    try:
        found = _STRICT.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    if "\\u" in text:
        _check_escapes(found)
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number


_STRICT = json.JSONDecoder(
    object_pairs_hook=_once_each, parse_constant=_refuse, parse_float=_finite
)


def _check_escapes(found: dict[str, Any]) -> None:
    """What an escape can smuggle in: half a pair, which no UTF-8 holds, and NUL."""
    plain = json.dumps(found, ensure_ascii=False)
    plain.encode()
    if "\\u0000" in plain:
        raise ValueError("NUL in a text")
