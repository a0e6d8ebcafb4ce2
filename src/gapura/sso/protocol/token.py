"""The token endpoint (RFC 6749 3.2): a code, a refresh token or the client itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from gapura.sso.protocol import audiences, handles, scopes
from gapura.sso.protocol.decisions import Call, Decision, Facts, Fresh, Handle, Needs, refused
from gapura.sso.protocol.exchanging import exchange
from gapura.sso.protocol.granting import (
    access,
    check_grant,
    check_sender,
    granted,
    told,
)
from gapura.sso.protocol.issuing import Desk
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import GrantType
from gapura.sso.protocol.refreshing import refresh
from gapura.sso.protocol.ring import Ring


def wants(parameters: Parameters, speaker: str) -> Needs:
    """What has to be read for this request of `speaker`, the `client_id` that was named.

    A code or token that cannot be one of ours is not looked for.

    :raises OAuthProblem: `invalid_request`, `unsupported_grant_type`.
    """
    grant = _grant(parameters)
    if grant is GrantType.CODE:
        return Needs(speaker, code=_handle(parameters, "code", handles.CODE), id_token=True)
    if grant is GrantType.REFRESH:
        found = _handle(parameters, "refresh_token", handles.REFRESH)
        return Needs(speaker, refresh=found, id_token=True)
    return Needs(speaker)


def _grant(parameters: Parameters) -> GrantType:
    name = parameters.get("grant_type")
    if not name:
        raise OAuthProblem("invalid_request", "grant_type is missing", why="no_grant_type")
    if name not in _GRANTS:  # no password, no implicit: RFC 9700 2.1.2, 2.4
        raise OAuthProblem(
            "unsupported_grant_type", "this grant type is not supported", why="grant_type"
        )
    return GrantType(name)


def _handle(parameters: Parameters, name: str, kind: str) -> Handle | None:
    text = parameters.get(name)
    if not text:
        raise OAuthProblem("invalid_request", f"{name} is missing", why=f"no_{name}")
    return handles.read(kind, text)


def decide(
    call: Call, facts: Facts, *, ring: Ring, issuer: str, now: datetime, fresh: Fresh
) -> Decision:
    """Tokens or a refusal; what the client proved itself with counts as used either way."""
    desk = Desk(ring, issuer, now, fresh)
    try:
        decision = _GRANTS[_grant(call.parameters)](call, facts, desk)
    except OAuthProblem as problem:
        decision = refused(problem)
    if not call.once:
        return decision
    return replace(decision, writes=(*call.once, *decision.writes))


def _own(call: Call, _facts: Facts, desk: Desk) -> Decision:
    """The client for itself (RFC 6749 4.4): no person, no ID Token, no refresh token (4.4.3)."""
    check_grant(call.client, GrantType.CLIENT)
    check_sender(call)
    if call.client.public:  # 4.4: confidential clients only
        raise OAuthProblem(
            "unauthorized_client", "a public client has no credentials of its own", why="public"
        )
    offered = call.client.scopes - scopes.PERSONAL
    wanted = scopes.parse(call.parameters.get("scope"))
    if wanted - offered:
        raise OAuthProblem(
            "invalid_scope", "a scope is not one of the client itself", why="foreign_scope"
        )
    audience = audiences.own(call.client, call.parameters.many("resource"), desk.issuer)
    issued = access(call, None, wanted or offered, audience, desk)
    event = told(
        "sso.token.issued",
        call,
        None,
        grant_type=GrantType.CLIENT.value,
        scopes=scopes.written(issued.scopes),
        jti=issued.jti,
    )
    return granted(issued, {}, writes=(), event=event)


_GRANTS: Final[Mapping[str, Callable[[Call, Facts, Desk], Decision]]] = {
    GrantType.CODE: exchange,
    GrantType.REFRESH: refresh,
    GrantType.CLIENT: _own,
}
