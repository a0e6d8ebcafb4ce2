"""What the three grants of the token endpoint have in common."""

from collections.abc import Mapping
from typing import Any

from gapura.sso.protocol import handles, issuing, scopes
from gapura.sso.protocol.decisions import (
    NO_STORE,
    Call,
    Decision,
    Facts,
    Handle,
    Told,
    Write,
)
from gapura.sso.protocol.issuing import Desk, Issued
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import (
    ACCESS_LIFE,
    FAMILY_LIFE,
    REFRESH_LIFE,
    Authorization,
    Client,
    GrantType,
    Profile,
    Refresh,
)


def check_grant(client: Client, grant: GrantType) -> None:
    """Hold a request against what the client registered (RFC 6749 5.2).

    :raises OAuthProblem: `unauthorized_client`.
    """
    if grant not in client.grant_types:
        raise OAuthProblem(
            "unauthorized_client", "the client is not registered for this grant", why="grant_type"
        )


def check_sender(call: Call) -> None:
    """Without a proof no token, for a client that registered so (RFC 9449 5.2) and for FAPI 2.0.

    :raises OAuthProblem: `invalid_dpop_proof`.
    """
    bound = call.client.needs_dpop or call.client.profile is Profile.FAPI2
    if bound and not call.jkt:
        raise OAuthProblem("invalid_dpop_proof", "this client must prove its key", why="no_dpop")


def invalid_grant(description: str, why: str) -> OAuthProblem:
    """A code or refresh token that is no good (RFC 6749 5.2)."""
    return OAuthProblem("invalid_grant", description, why=why)


def check_level(client: Client, authorization: Authorization) -> None:
    """A contract that has come to need a stronger sign-in needs one for what goes on, too.

    :raises OAuthProblem: `invalid_grant`, so that the client begins anew.
    """
    if authorization.acr < client.least_acr:
        raise invalid_grant("the sign-in is too weak for the contract now", "acr")


def left_of(client: Client, allowed: frozenset[str]) -> frozenset[str]:
    """Of what the person allowed, what the contract still has.

    :raises OAuthProblem: `invalid_scope` when that is nothing.
    """
    left = allowed & client.scopes
    if not left:
        raise OAuthProblem(
            "invalid_scope", "the contract no longer has these scopes", why="contract_changed"
        )
    return left


def new_refresh(
    call: Call,
    authorization: Authorization,
    granted: frozenset[str],
    desk: Desk,
    *,
    line: Refresh | None = None,
) -> tuple[str, Handle, Refresh]:
    """A refresh token that ends with its line at the latest; `line` is the one it follows.

    That of a public client is bound to its key (RFC 9449 5); a confidential one proves itself
    anyway, and may change its key.
    """
    started = line.family_started_at if line else desk.now
    expires_at = min(desk.now + REFRESH_LIFE, started + FAMILY_LIFE)
    text, handle = handles.make(handles.REFRESH, expires_at, desk.fresh)
    bound = call.jkt if call.client.public else ""
    kept = Refresh(handle.digest, authorization, granted, bound, desk.now, expires_at, started)
    return text, handle, kept


def access(
    call: Call,
    authorization: Authorization | None,
    scopes_: frozenset[str],
    audience: tuple[str, ...],
    desk: Desk,
) -> Issued:
    """The access token of this request."""
    return issuing.access_token(
        call.client,
        authorization,
        granted=scopes_,
        audience=audience,
        jkt=call.jkt,
        desk=desk,
    )


def identity(
    call: Call, authorization: Authorization, issued: Issued, nonce: str, facts: Facts, desk: Desk
) -> dict[str, str]:
    """The ID Token beside it, if `openid` is among its scopes (OpenID Connect Core 3.1.3.3)."""
    if scopes.OPENID not in issued.scopes:
        return {}
    token = issuing.id_token(
        call.client,
        authorization,
        access=issued.text,
        nonce=nonce,
        subject=facts.subject,
        desk=desk,
    )
    return {"id_token": token}


def granted(
    issued: Issued,
    more: Mapping[str, Any],
    *,
    writes: tuple[Write, ...],
    event: Told,
) -> Decision:
    """The answer that holds an access token (RFC 6749 5.1)."""
    body = {
        "access_token": issued.text,
        "token_type": issued.token_type,
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "scope": scopes.written(issued.scopes),
        **more,
    }
    return Decision(200, body, NO_STORE, writes, event)


def told(name: str, call: Call, authorization: Authorization | None, **facts: str) -> Told:
    """The entry of the activity log for something done with this client's tokens."""
    more = {"client_id": call.client.client_id, **facts}
    if authorization is None:
        return Told(name, call.client.id, facts=more)
    more["authorization"] = str(authorization.id)
    return Told(name, call.client.id, authorization.person, authorization.session, more)
