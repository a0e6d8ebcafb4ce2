"""A client gives a token back (RFC 7009)."""

from datetime import UTC, datetime

from gapura.sso.protocol import handles, issuing
from gapura.sso.protocol.decisions import (
    Call,
    Decision,
    Ended,
    Facts,
    Fresh,
    Needs,
    RevokedJti,
    Told,
    Write,
)
from gapura.sso.protocol.granting import told
from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Refresh
from gapura.sso.protocol.ring import Ring


def wants(parameters: Parameters, speaker: str, *, ring: Ring, issuer: str, now: datetime) -> Needs:
    """What has to be read: the refresh token. An access token says all by itself.

    :raises OAuthProblem: `invalid_request` without a token (RFC 7009 2.1).
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
    return Needs(speaker, authorization=issuing.authorization_of(claims), token=claims)


def decide(
    call: Call, facts: Facts, *, ring: Ring, issuer: str, now: datetime, fresh: Fresh
) -> Decision:
    """Revoke what is the client's own; whatever it was, the answer is the same (2.2)."""
    del ring, issuer, fresh
    writes: tuple[Write, ...] = ()
    event: Told | None = None
    if facts.refresh is not None:
        writes, event = _refresh(call, facts.refresh, now)
    elif call.needs.token is not None:
        writes, event = _access(call, facts)
    # A stranger who gives nothing back leaves nothing behind: anybody may name a public client.
    once = call.once if writes or not call.client.public else ()
    return Decision(200, b"", writes=(*once, *writes), event=event)


def _refresh(call: Call, token: Refresh, now: datetime) -> tuple[tuple[Write, ...], Told | None]:
    """With a refresh token all that rests on the same authorization goes (2.1)."""
    if token.authorization.client != call.client.id:
        return (), None
    event = told("sso.token.revoked", call, token.authorization, why="refresh_token")
    return (Ended(token.authorization.id, "revoked", now),), event


def _access(call: Call, facts: Facts) -> tuple[tuple[Write, ...], Told | None]:
    claims = call.needs.token
    if claims is None or claims["client_id"] != call.client.client_id:
        return (), None
    expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    event = told(
        "sso.token.revoked", call, facts.authorization, why="access_token", jti=claims["jti"]
    )
    return (RevokedJti(claims["jti"], expires_at),), event
