"""Access tokens (RFC 9068) and ID Tokens (OpenID Connect Core 2): what stands in them, and why."""

import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from gapura.sso.protocol import jwt, scopes
from gapura.sso.protocol.decisions import Fresh
from gapura.sso.protocol.encoding import half_hash_of, to_base64url
from gapura.sso.protocol.jose import FAPI2_ALGORITHMS, BadToken
from gapura.sso.protocol.records import (
    ACCESS_LIFE,
    ID_TOKEN_LIFE,
    Authorization,
    Client,
    Profile,
    Subject,
)
from gapura.sso.protocol.ring import Ring

ACCESS_TYP: Final = "at+jwt"  # RFC 9068 2.1: an ID Token can never serve as an access token
ID_TYP: Final = "JWT"
ACCESS_ALGORITHM: Final = "ES256"
JTI_SIGNS: Final = 22  # of base62: 131 bits

ACR: Final[Mapping[int, str]] = {level: f"urn:gapura:acr:{level}" for level in (1, 2, 3)}
LEVEL_OF: Final[Mapping[str, int]] = {name: level for level, name in ACR.items()}

# RFC 8176 2. A passkey may be synced, so it is told as the weaker `swk`; its user verification is
# what `user` says. A code by e-mail is a one-time password, and only level 1.
_AMR: Final[Mapping[str, tuple[str, ...]]] = {
    "password": ("pwd",),
    "totp": ("otp",),
    "email_code": ("otp",),
    "recovery_code": ("otp",),
    "phone_code": ("otp", "sms"),
    "passkey": ("swk", "user"),
}


def acr(level: int) -> str:
    """The level of a sign-in as clients are told it; below 1 nobody is signed in."""
    return ACR[min(max(level, 1), 3)]


def amr(methods: Iterable[str], level: int) -> list[str]:
    """How the person proved themselves (RFC 8176); `mfa` from level 2 on, where it is one."""
    told = {value for method in methods for value in _AMR.get(method, ())}
    if level >= 2 and told:
        told.add("mfa")
    return sorted(told)


def subject_of(client: Client, person: UUID, key: bytes) -> str:
    """What the client knows a person by: stable, never given to another, telling nothing.

    Pairwise by sector (OpenID Connect Core 8.1), so that two agencies cannot put their records
    together; else one for all. `key` is secret, or whoever knows ids could compute the subjects.
    """
    sector = client.sector if client.pairwise else ""
    if client.pairwise and not sector:
        sector = f"client:{client.id}"
    said = f"{sector}|{person}".encode()
    return to_base64url(hmac.new(key, said, sha256).digest())


@dataclass(frozen=True, slots=True)
class Issued:
    """An access token with what the log and the reply say of it."""

    text: str
    jti: str
    scopes: frozenset[str]
    audience: tuple[str, ...]
    jkt: str

    @property
    def token_type(self) -> str:
        """`DPoP` when bound to a key (RFC 9449 5), else `Bearer` (RFC 6750)."""
        return "DPoP" if self.jkt else "Bearer"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a decision is made: keys, name, time and randomness."""

    ring: Ring
    issuer: str
    now: datetime
    fresh: Fresh

    def times(self, life: timedelta) -> dict[str, Any]:
        """By whom, from when and how long."""
        at = int(self.now.timestamp())
        return {"iss": self.issuer, "iat": at, "exp": at + int(life.total_seconds())}


def access_token(
    client: Client,
    authorization: Authorization | None,
    *,
    granted: frozenset[str],
    audience: tuple[str, ...],
    jkt: str,
    desk: Desk,
) -> Issued:
    """A token for at most five minutes; without an authorization it is the client's own.

    `aid` names the authorization that it rests on: introspection asks whether that still works.
    """
    claims: dict[str, Any] = {
        **desk.times(ACCESS_LIFE),
        "sub": authorization.subject if authorization else client.client_id,
        "aud": audience[0] if len(audience) == 1 else list(audience),
        "client_id": client.client_id,
        "jti": desk.fresh.signs(JTI_SIGNS),
        "scope": scopes.written(granted),
    }
    if authorization:
        claims |= {"aid": str(authorization.id), **_sign_in(authorization)}
    if jkt:
        claims["cnf"] = {"jkt": jkt}  # RFC 9449 6.1
    text = desk.ring.sign(claims, typ=ACCESS_TYP, algorithm=ACCESS_ALGORITHM)
    return Issued(text, claims["jti"], granted, audience, jkt)


def id_token(
    client: Client,
    authorization: Authorization,
    *,
    access: str,
    nonce: str,
    subject: Subject | None,
    desk: Desk,
) -> str:
    """Who signed in, when and how; further claims only those asked for `id_token` by name (5.5)."""
    claims: dict[str, Any] = {}
    if subject:
        names = scopes.asked_by_name(authorization.claims, "id_token")
        claims = scopes.tell(subject, names, client)
    claims |= {
        **desk.times(ID_TOKEN_LIFE),
        "sub": authorization.subject,
        "aud": client.client_id,
        "azp": client.client_id,
        **_sign_in(authorization),
        "at_hash": half_hash_of(access),
    }
    if nonce:
        claims["nonce"] = nonce
    return desk.ring.sign(claims, typ=ID_TYP, algorithm=algorithm_of(client))


def _sign_in(authorization: Authorization) -> dict[str, Any]:
    """How and when the person signed in (RFC 9068 2.2.1, OpenID Connect Core 2)."""
    return {
        "auth_time": int(authorization.signed_in_at.timestamp()),
        "acr": acr(authorization.acr),
        "amr": amr(authorization.methods, authorization.acr),
        "sid": authorization.sid,
    }


def algorithm_of(client: Client) -> str:
    """As registered; FAPI 2.0 5.4.1 knows no RS256, however the client came by it."""
    if client.profile is Profile.FAPI2 and client.id_token_alg not in FAPI2_ALGORITHMS:
        return "PS256"
    return client.id_token_alg


def read_access_token(
    token: str, *, ring: Ring, issuer: str, now: datetime, typ: Collection[str] = (ACCESS_TYP,)
) -> Mapping[str, Any]:
    """The claims of an access token of ours that has not expired.

    To us as its issuer no clock but our own matters, so there is no skew at its end.

    :raises BadToken: anything else.
    """
    claims = ring.verify(token, typ=typ)
    jwt.check_times(claims, now, needed=("exp", "iat"), longest=ACCESS_LIFE)
    expires_at = jwt.moment(claims, "exp")
    if expires_at is None or expires_at <= now:
        raise BadToken("expired")
    if claims.get("iss") != issuer:
        raise BadToken("iss")
    return claims


def authorization_of(claims: Mapping[str, Any]) -> UUID | None:
    """Which authorization a verified token rests on; None for a client's own token."""
    return UUID(claims["aid"]) if "aid" in claims else None
