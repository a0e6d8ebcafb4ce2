"""What a token is worth right now, told to whom it is meant for (RFC 7662)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from gapura.sso.protocol import handles, issuing, jwt, scopes
from gapura.sso.protocol.decisions import NO_STORE, Call, Decision, Facts, Fresh, Needs, refused
from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.ring import Ring

# RFC 7662 2.2: nothing else beside it, or the answer would tell why.
INACTIVE: Final[Mapping[str, Any]] = {"active": False}
_GRANTS: Final = "gapura_grants"
# Of our access tokens; `aid` is ours alone.
_TOLD = ("iss", "sub", "aud", "client_id", "iat", "exp", "jti", "scope", "sid", "auth_time", "acr")
_MORE = ("amr", "cnf")


def wants(parameters: Parameters, speaker: str, *, ring: Ring, issuer: str, now: datetime) -> Needs:
    """What the liveness of the presented token rests on; nothing for what is no token of ours.

    `token_type_hint` is not needed: an access token is a JWT, a refresh token is not (2.1).

    :raises OAuthProblem: `invalid_request` without a token.
    """
    text = parameters.get("token")
    if not text:
        raise OAuthProblem("invalid_request", "token is missing", why="no_token")
    if text.startswith(handles.REFRESH):
        return Needs(speaker, refresh=handles.read(handles.REFRESH, text))
    try:
        claims = issuing.read_access_token(text, ring=ring, issuer=issuer, now=now)
    except BadToken:
        return Needs(speaker)
    return Needs(
        speaker,
        issued_to=claims["client_id"],
        authorization=issuing.authorization_of(claims),
        jti=claims["jti"],
        subject="grants" in scopes.parse(claims["scope"]),
        token=claims,
    )


def decide(
    call: Call, facts: Facts, *, ring: Ring, issuer: str, now: datetime, fresh: Fresh
) -> Decision:
    """Tell what the token is, to its audience or its own client; to all others it is inactive."""
    del ring, issuer, fresh
    if call.client.public:  # RFC 7662 2.1: or anybody could try tokens here
        problem = OAuthProblem(
            "invalid_client", "a public client cannot ask here", 401, why="public"
        )
        return refused(problem, writes=call.once)
    body = _access(call, facts) or _refresh(call, facts, now) or INACTIVE
    return Decision(200, body, NO_STORE, call.once)


def _access(call: Call, facts: Facts) -> dict[str, Any] | None:
    claims = call.needs.token
    if claims is None or not works(claims, facts):
        return None
    own = claims["client_id"] == call.client.client_id
    if not own and call.client.resource not in jwt.audience(claims):
        return None
    told = {name: claims[name] for name in (*_TOLD, *_MORE) if name in claims}
    bound = "cnf" in claims
    body = {"active": True, "token_type": "DPoP" if bound else "Bearer", **told}
    return body | _grants(call.client, facts, claims)


def works(claims: Mapping[str, Any], facts: Facts) -> bool:
    """Whether all that a verified access token rests on still stands: pulled, never remembered."""
    client = facts.issued_to
    if client is None or not client.active or client.client_id != claims["client_id"]:
        return False
    if facts.revoked:
        return False
    if "aid" not in claims:
        return True
    found = facts.authorization
    return found is not None and found.works and found.client == client.id


def _grants(client: Client, facts: Facts, claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the person holds at this moment, as far as the contract of the one who asks goes."""
    if facts.subject is None or "grants" not in scopes.parse(claims["scope"]):
        return {}
    return scopes.tell(facts.subject, frozenset({_GRANTS}), client)


def _refresh(call: Call, facts: Facts, now: datetime) -> dict[str, Any] | None:
    """A refresh token is told to its own client alone."""
    token = facts.refresh
    if token is None or token.authorization.client != call.client.id:
        return None
    if token.replaced_at is not None or token.expires_at <= now or not token.authorization.works:
        return None
    return {
        "active": True,
        "client_id": call.client.client_id,
        "sub": token.authorization.subject,
        "scope": scopes.written(token.scopes),
        "iat": int(token.issued_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
    } | ({"cnf": {"jkt": token.jkt}} if token.jkt else {})
