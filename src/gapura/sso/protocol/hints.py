"""Whom and how strongly a request would like to see signed in: hints, read with suspicion."""

from typing import Any

from gapura.sso.protocol import jwt
from gapura.sso.protocol.issuing import LEVEL_OF
from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.ring import Ring


def levels(acr_values: str) -> tuple[int, ...]:
    """The levels named in `acr_values`; unknown ones are ignored (OpenID Connect Core 3.1.2.1)."""
    return tuple(LEVEL_OF[value] for value in acr_values.split(" ") if value in LEVEL_OF)


def subject(hint: str, named: str, client: Client, *, ring: Ring, issuer: str) -> str:
    """Whom the request is about, by `id_token_hint` or the `sub` of its `claims`; "" for anybody.

    :raises OAuthProblem: `invalid_request` for a hint that is none, or two different people.
    """
    found = named
    if hint:
        found = _hinted(hint, client, ring, issuer) or named
    if named and found != named:
        raise OAuthProblem("invalid_request", "the hints name two subjects", why="two_subjects")
    return found


def _hinted(hint: str, client: Client, ring: Ring, issuer: str) -> str:
    try:
        claims = read_id_token(hint, ring=ring, issuer=issuer)
        if client.client_id not in jwt.audience(claims):
            raise BadToken("aud")
        return jwt.text(claims, "sub")
    except BadToken as bad:
        if bad.why == "unknown_kid":  # signed long ago by a key that is gone: hints nothing
            return ""
        raise OAuthProblem(
            "invalid_request", "id_token_hint is not an ID Token of this client", why=bad.why
        ) from None


def read_id_token(token: str, *, ring: Ring, issuer: str) -> dict[str, Any]:
    """An ID Token that we issued, however long ago (OpenID Connect Core 3.1.2.1, RP-Initiated 2).

    :raises BadToken: it is not.
    """
    claims = ring.verify(token, typ=("jwt",))
    if claims.get("iss") != issuer:
        raise BadToken("iss")
    return claims
