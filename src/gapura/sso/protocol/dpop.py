"""Proof of possession of a key with every request (RFC 9449)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from gapura.sso.protocol import jwt
from gapura.sso.protocol.client_auth import once_digest
from gapura.sso.protocol.decisions import Once
from gapura.sso.protocol.encoding import hash_of, same
from gapura.sso.protocol.jose import BadToken, Header, read_header, split, verified
from gapura.sso.protocol.jwk import CLIENT_ALGORITHMS, BadKey, PublicKey, parse_jwk
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import CLOCK_SKEW, PROOF_LIFE

TYPE = "dpop+jwt"
_LONGEST_HEADER = 2048
_LONGEST_URL = 2000
_PORTS = {"https": 443, "http": 80}
_CHALLENGE = (
    ("WWW-Authenticate", f'DPoP error="invalid_dpop_proof", algs="{" ".join(CLIENT_ALGORITHMS)}"'),
)


@dataclass(frozen=True, slots=True)
class DpopProof:
    """Whoever sent the request holds the key of this thumbprint. `once` must be written."""

    jkt: str
    once: Once


def read_proof(
    header: str,
    *,
    method: str,
    url: str,
    now: datetime,
    access_token: str | None = None,
    expected_jkt: str = "",
) -> DpopProof:
    """Read the `DPoP` header of a request (RFC 9449 4.3).

    `url` is the endpoint's own address as it is published, never what the request calls it.
    `access_token` is the one that came with it, at a protected resource: then `ath` is required
    and a refusal is a 401. `expected_jkt` is the key that a token or code is bound to, "" if none.

    :raises OAuthProblem: `invalid_dpop_proof`.
    """
    try:
        return _read(header, method, url, now, access_token, expected_jkt)
    except BadToken as bad:
        resource = access_token is not None
        raise OAuthProblem(
            "invalid_dpop_proof",
            "the DPoP proof is not acceptable",
            401 if resource else 400,
            bad.why,
            _CHALLENGE if resource else (),
        ) from None


def _read(
    header: str,
    method: str,
    url: str,
    now: datetime,
    access_token: str | None,
    expected_jkt: str,
) -> DpopProof:
    parts = split(header)
    read, key = _key(parts[0])
    claims = verified(parts, read, key)
    if claims.get("htm") != method:
        raise BadToken("htm")
    if place(jwt.text(claims, "htu", longest=_LONGEST_URL)) != place(url):
        raise BadToken("htu")
    jwt.check_times(claims, now, needed=("iat",))
    issued = jwt.moment(claims, "iat")
    if issued is None or issued < now - PROOF_LIFE - CLOCK_SKEW:
        raise BadToken("too_old")
    if access_token is not None and not same(jwt.text(claims, "ath"), hash_of(access_token)):
        raise BadToken("ath")
    if expected_jkt and not same(expected_jkt, key.thumbprint):
        raise BadToken("other_key")
    once = once_digest(key.thumbprint, jwt.text(claims, "jti"))
    return DpopProof(key.thumbprint, Once("dpop", once, issued + PROOF_LIFE + 2 * CLOCK_SKEW))


def _key(text: str) -> tuple[Header, PublicKey]:
    if len(text) > _LONGEST_HEADER:
        raise BadToken("too_long")
    return _kept_key(text)


@lru_cache(2048)
def _kept_key(text: str) -> tuple[Header, PublicKey]:
    """The key in a proof's header. A client sends the same header each time: read once."""
    header = read_header(text, algorithms=CLIENT_ALGORITHMS, typ=(TYPE,))
    if header.jwk is None:
        raise BadToken("jwk_missing")
    try:
        return header, parse_jwk(header.jwk)
    except BadKey:
        raise BadToken("jwk") from None


def place(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path: what `htu` is compared by (RFC 9449 4.3, RFC 3986 6.2.2, 6.2.3).

    :raises BadToken: not such an address, or with a query, fragment or user (4.2 wants none).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadToken("htu") from None
    if parts.scheme not in _PORTS or not parts.hostname or not url.isascii():
        raise BadToken("htu")
    if "?" in url or "#" in url or "@" in parts.netloc or not url.isprintable() or " " in url:
        raise BadToken("htu")
    number = _PORTS[parts.scheme] if port is None else port
    return parts.scheme, parts.hostname, number, parts.path or "/"
