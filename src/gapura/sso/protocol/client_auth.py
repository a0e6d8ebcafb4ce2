"""How a client proves itself (RFC 6749 2.3, RFC 7523, OpenID Connect Core 9)."""

from base64 import b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import unquote_plus

from gapura.sso.protocol import jwt
from gapura.sso.protocol.decisions import Once
from gapura.sso.protocol.encoding import digest_of, to_json
from gapura.sso.protocol.jose import (
    CLIENT_ALGORITHMS,
    FAPI2_ALGORITHMS,
    BadToken,
    PublicKey,
    peek,
    read,
)
from gapura.sso.protocol.jwk import BadKey, kept_jwks
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import ASSERTION_LIFE, CLOCK_SKEW, AuthMethod, Client, Profile

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST_CLIENT_ID = 200
LONGEST_SECRET = 512
# Libraries that give an hour are many; the jti is remembered for as long.
LONGEST_ASSERTION = timedelta(hours=1)
# RFC 7523 wants no typ; "JWT" is custom, the last is RFC 7523bis. None of our own kinds is here.
_TYPES = ("", "jwt", "client-authentication+jwt")
_CHALLENGE = (("WWW-Authenticate", 'Basic realm="gapura", charset="UTF-8"'),)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brings along; nothing of it is believed yet."""

    method: AuthMethod
    client_id: str
    secret: str = field(default="", repr=False)
    assertion: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """It is the client. `once` is to be written with whatever is decided."""

    method: AuthMethod
    once: Once | None = None


def presented(authorization: str, parameters: Parameters) -> Credentials:
    """Read who speaks and how they mean to prove it.

    `authorization` is the header, "" without one.

    :raises OAuthProblem: `invalid_request` for two ways at once (RFC 6749 2.3, 5.2) or another
        client_id in the body; `invalid_client` for what cannot be read.
    """
    ways = [bool(authorization), "client_secret" in parameters, _asserts(parameters)]
    if sum(ways) > 1:
        raise OAuthProblem(
            "invalid_request", "use one way of client authentication only", why="two_methods"
        )
    named = parameters.get("client_id")
    if authorization:
        found = _basic(authorization)
    elif _asserts(parameters):
        found = _assertion(parameters)
    elif "client_secret" in parameters:
        found = Credentials(AuthMethod.POST, named, secret=parameters.get("client_secret"))
    else:
        found = Credentials(AuthMethod.NONE, named)
    if named and named != found.client_id:
        raise OAuthProblem(
            "invalid_request", "client_id is not that of the credentials", why="two_clients"
        )
    if not 0 < len(found.client_id) <= LONGEST_CLIENT_ID or not found.client_id.isprintable():
        raise refused("no_client", basic=bool(authorization))
    return found


def _asserts(parameters: Parameters) -> bool:
    return "client_assertion" in parameters or "client_assertion_type" in parameters


def _basic(header: str) -> Credentials:
    """RFC 6749 2.3.1: both parts are form-encoded before they are joined."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        raise refused("scheme", basic=True)
    try:
        pair = b64decode(coded.strip(" "), validate=True).decode()
        name, colon, secret = pair.partition(":")
        name, secret = (unquote_plus(part, errors="strict") for part in (name, secret))
    except ValueError:
        raise refused("malformed", basic=True) from None
    if not colon:
        raise refused("malformed", basic=True)
    return Credentials(AuthMethod.BASIC, name, secret=secret)


def _assertion(parameters: Parameters) -> Credentials:
    """RFC 7521 4.2: client_id may be left out, as the subject of the assertion says it."""
    assertion = parameters.get("client_assertion")
    if parameters.get("client_assertion_type") != ASSERTION_TYPE:
        raise refused("assertion_type")
    try:
        subject = jwt.text(peek(assertion), "sub", longest=LONGEST_CLIENT_ID)
    except BadToken as bad:
        raise refused(bad.why) from None
    return Credentials(AuthMethod.PRIVATE_KEY_JWT, subject, assertion=assertion)


def authenticate(
    client: Client | None,
    credentials: Credentials,
    *,
    issuer: str,
    endpoint_urls: Collection[str],
    now: datetime,
) -> Proof:
    """Hold the credentials against the client that was found under their `client_id`.

    `endpoint_urls` are the addresses an assertion may name as its audience besides the issuer:
    the endpoint that is asked, and the token endpoint (OpenID Connect Core 9, RFC 9126 2).

    :raises OAuthProblem: `invalid_client`, alike for an unknown client and a wrong secret; `why`
        tells the log which.
    """
    basic = credentials.method is AuthMethod.BASIC
    if client is None or client.client_id != credentials.client_id:
        raise refused("unknown_client", basic=basic)
    if why := _unfit(client, credentials):
        raise refused(why, basic=basic)
    if credentials.method is AuthMethod.PRIVATE_KEY_JWT:
        try:
            return _proven(client, credentials.assertion, issuer, endpoint_urls, now)
        except BadToken as bad:
            raise refused(bad.why) from None
    secret = credentials.secret
    if credentials.method is not AuthMethod.NONE and not _is_secret(client, secret, now):
        raise refused("wrong_secret", basic=basic)
    return Proof(credentials.method)


def _unfit(client: Client, credentials: Credentials) -> str:
    """Why this client may not prove itself in this way, whatever it shows."""
    if not client.active:
        return "inactive_client"
    if credentials.method is not client.auth_method:
        return "other_method"
    strict = client.profile is Profile.FAPI2
    if strict and credentials.method is not AuthMethod.PRIVATE_KEY_JWT:
        return "weak_method"
    return ""


def _is_secret(client: Client, given: str, now: datetime) -> bool:
    """Whether one of the secrets that work now; all are looked at, whichever fits."""
    if not given or len(given) > LONGEST_SECRET:
        return False
    digest = digest_of(given)
    fits = [
        compare_digest(digest, secret.digest)
        for secret in client.secrets
        if secret.expires_at is None or now < secret.expires_at
    ]
    return any(fits)


def _proven(
    client: Client, assertion: str, issuer: str, endpoint_urls: Collection[str], now: datetime
) -> Proof:
    """RFC 7523 3."""
    strict = client.profile is Profile.FAPI2
    claims = read(
        assertion,
        keys=keys_of(client),
        algorithms=FAPI2_ALGORITHMS if strict else CLIENT_ALGORITHMS,
        typ=_TYPES,
    )
    if not claims.get("iss") == claims.get("sub") == client.client_id:
        raise BadToken("iss")
    _check_audience(claims, issuer, () if strict else endpoint_urls, alone=strict)
    jwt.check_times(claims, now, longest=ASSERTION_LIFE if strict else LONGEST_ASSERTION)
    expires_at = jwt.moment(claims, "exp")
    assert expires_at is not None  # noqa: S101 - check_times wanted it
    digest = once_digest(client.client_id, jwt.text(claims, "jti"))
    # Remembered for longer than it is accepted, by whichever clock.
    return Proof(AuthMethod.PRIVATE_KEY_JWT, Once("assertion", digest, expires_at + 2 * CLOCK_SKEW))


def _check_audience(
    claims: Mapping[str, Any], issuer: str, endpoint_urls: Collection[str], *, alone: bool
) -> None:
    """Every audience must be us: an assertion for us and another could be used by the other.

    FAPI 2.0 5.3.2.1 wants the issuer alone, as a text.
    """
    if alone and claims.get("aud") != issuer:
        raise BadToken("aud")
    if not all(one == issuer or one in endpoint_urls for one in jwt.audience(claims)):
        raise BadToken("aud")


def keys_of(client: Client) -> tuple[PublicKey, ...]:
    """The registered keys of a client, read once for each key set.

    :raises BadToken: it has none that can be read.
    """
    try:
        return kept_jwks(to_json(client.jwks))
    except BadKey:
        raise BadToken("client_keys") from None


def once_digest(owner: str, jti: str) -> bytes:
    """What is remembered of a `jti`: unique for its owner, whoever else chose the same."""
    return digest_of(f"{len(owner)}:{owner}{jti}")


def refused(why: str, *, basic: bool = False) -> OAuthProblem:
    """`invalid_client` (RFC 6749 5.2), with the challenge if the header was tried."""
    return OAuthProblem(
        "invalid_client",
        "client authentication failed",
        401,
        why,
        _CHALLENGE if basic else (),
    )
