"""Signed tokens (RFC 7515, RFC 7519) as RFC 8725 wants them made and read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gapura.sso.protocol.encoding import from_base64url, from_json, to_base64url, to_json
from gapura.sso.protocol.jwk import (
    CLIENT_ALGORITHMS,
    FAPI2_ALGORITHMS,
    OUR_ALGORITHMS,
    BadKey,
    PublicKey,
    parse_jwk,
    parse_jwks,
    thumbprint,
)
from gapura.sso.protocol.signing import KeyState, SigningKey

__all__ = [
    "CLIENT_ALGORITHMS",
    "FAPI2_ALGORITHMS",
    "OUR_ALGORITHMS",
    "BadKey",
    "BadToken",
    "Header",
    "KeyState",
    "PublicKey",
    "SigningKey",
    "parse_jwk",
    "parse_jwks",
    "peek",
    "read",
    "read_header",
    "sign",
    "split",
    "thumbprint",
    "verified",
]

LONGEST = 16 * 1024
_SHORT = 512
# Where a header could bring its own key or a rule of its own. None of these is ever followed, and
# a token that holds one is refused rather than read without it (RFC 8725 3.10, RFC 7515 4.1.11).
_REFUSED = frozenset({"jku", "x5u", "x5c", "crit", "b64", "zip", "enc"})


class BadToken(Exception):
    """A token that is not accepted; `why` names the reason for logs and tests, never for others."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sign(claims: Mapping[str, Any], key: SigningKey, *, typ: str = "JWT") -> str:
    """A signed token. `typ` says what it is for, so it cannot serve as another (RFC 8725 3.11)."""
    signed = key.head(typ) + to_base64url(to_json(claims)).encode()
    return signed.decode() + "." + to_base64url(key.signature(signed))


@dataclass(frozen=True, slots=True)
class Header:
    """A protected header that may be looked at: of the wanted algorithm and kind.

    `typ` is in lower case without "application/" (RFC 7515 4.1.9), "" when absent. `jwk` is for
    DPoP alone.
    """

    algorithm: str
    kid: str
    typ: str
    jwk: Mapping[str, Any] | None = None


def read_header(text: str, *, algorithms: Collection[str], typ: Collection[str]) -> Header:
    """Read the first part of a token, before anything of it is believed.

    :raises BadToken: malformed, another algorithm or kind, or with a member that is refused.
    """
    members = _kept_members(text) if len(text) <= _SHORT else _members(text, "header")
    if refused := sorted(_REFUSED & members.keys()):
        raise BadToken(f"header_{refused[0]}")
    alg, kid, kind = (members.get(name, "") for name in ("alg", "kid", "typ"))
    if not all(isinstance(part, str) for part in (alg, kid, kind)):
        raise BadToken("header_type")
    if alg not in algorithms:
        raise BadToken("algorithm")
    kind = kind.lower().removeprefix("application/")
    if kind not in typ:
        raise BadToken("typ")
    jwk = members.get("jwk")
    if jwk is not None and not isinstance(jwk, dict):
        raise BadToken("header_type")
    return Header(alg, kid, kind, jwk)


@lru_cache(1024)
def _kept_members(text: str) -> dict[str, Any]:
    """Whoever signs writes the same header each time. Never changed, never handed out whole."""
    return _members(text, "header")


def read(
    token: str,
    *,
    keys: Iterable[PublicKey],
    algorithms: Collection[str],
    typ: Collection[str],
) -> dict[str, Any]:
    """The claims of a token that one of the keys signed.

    `typ` lists the kinds that are accepted, in lower case; "" stands for none given. Times,
    issuer and audience are not looked at: see jwt.py.

    :raises BadToken: for anything else; `why` is `unknown_kid` when no key has that name.
    """
    parts = split(token)
    header = read_header(parts[0], algorithms=algorithms, typ=typ)
    if header.jwk is not None:
        raise BadToken("header_jwk")
    return verified(parts, header, _chosen(header, keys))


def split(token: str) -> tuple[str, str, str]:
    if len(token) > LONGEST:
        raise BadToken("too_long")
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise BadToken("malformed")
    return parts[0], parts[1], parts[2]


def _chosen(header: Header, keys: Iterable[PublicKey]) -> PublicKey:
    """By kid; without one only if there is no choice (OpenID Connect Core 10.1)."""
    fitting = [key for key in keys if header.algorithm in key.algorithms]
    if header.kid:
        fitting = [key for key in fitting if key.kid == header.kid]
    if not fitting:
        raise BadToken("unknown_kid")
    if len(fitting) > 1:
        raise BadToken("kid_needed")
    return fitting[0]


def verified(parts: tuple[str, str, str], header: Header, key: PublicKey) -> dict[str, Any]:
    """The claims, after the signature was found good.

    :raises BadToken: it was not, or they are no JSON object.
    """
    try:
        signature = from_base64url(parts[2])
    except ValueError as error:
        raise BadToken("malformed") from error
    if not key.verifies(header.algorithm, f"{parts[0]}.{parts[1]}".encode(), signature):
        raise BadToken("signature")
    return _members(parts[1], "claims")


def peek(token: str) -> dict[str, Any]:
    """The claims before anything is verified: only to learn whose keys to look for.

    :raises BadToken: malformed.
    """
    return _members(split(token)[1], "claims")


def _members(text: str, part: str) -> dict[str, Any]:
    try:
        return from_json(from_base64url(text))
    except ValueError as error:
        raise BadToken(f"malformed_{part}") from error
