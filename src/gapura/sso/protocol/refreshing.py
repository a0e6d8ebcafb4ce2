"""A refresh token becomes an access token (RFC 6749 6, RFC 9700 4.14, FAPI 2.0 5.3.2.1)."""

from typing import Any

from gapura.sso.protocol import audiences, handles, scopes
from gapura.sso.protocol.decisions import (
    Call,
    Decision,
    Ended,
    Facts,
    Handle,
    NewRefresh,
    Replaced,
    Write,
    refused,
)
from gapura.sso.protocol.encoding import same
from gapura.sso.protocol.granting import (
    access,
    check_grant,
    check_level,
    check_sender,
    granted,
    identity,
    invalid_grant,
    left_of,
    new_refresh,
    told,
)
from gapura.sso.protocol.issuing import Desk
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import RETRY_GRACE, GrantType, Refresh


def refresh(call: Call, facts: Facts, desk: Desk) -> Decision:
    """Decide on a refresh token. That of a public client is rotated, any other stays as it is.

    :raises OAuthProblem: it is refused and nothing changes.
    """
    check_grant(call.client, GrantType.REFRESH)
    check_sender(call)
    token = facts.refresh
    if token is None:
        raise invalid_grant("the refresh token is unknown", "refresh_unknown")
    if token.authorization.client != call.client.id:
        raise invalid_grant("the refresh token was issued to another client", "refresh_of_another")
    if token.replaced_at is not None and not _may_retry(call, token, desk):
        return _replayed(call, token, desk)
    replaced = _leaf(token, facts)
    _check(call, token, desk)
    narrowed = _narrowed(call, token)
    audience = audiences.narrowed(
        call.client, call.parameters.many("resource"), token.authorization.resources, desk.issuer
    )
    return _tokens(call, replaced, facts, (narrowed, audience), desk)


def _may_retry(call: Call, token: Refresh, desk: Desk) -> bool:
    """An answer that was lost on its way may be asked for again, soon and with the same key."""
    if token.replaced_at is None or desk.now - token.replaced_at > RETRY_GRACE:
        return False
    return same(token.jkt, call.jkt if token.jkt else "")


def _replayed(call: Call, token: Refresh, desk: Desk) -> Decision:
    """Two have this token, and one of them stole it: the line ends (RFC 9700 4.14.2)."""
    ended = Ended(token.authorization.id, "refresh_replayed", desk.now)
    event = told("sso.refresh.replayed", call, token.authorization)
    problem = invalid_grant("the refresh token was used before", "refresh_replayed")
    return refused(problem, writes=(ended,), event=event)


def _leaf(token: Refresh, facts: Facts) -> Refresh:
    """The one token of the line that works now; at a retry it is the lost one, and only once.

    So a line never has two tokens that work: whoever holds the other shows it sooner or later.
    """
    if token.replaced_at is None:
        return token
    lost = facts.successor
    if lost is None or lost.replaced_at is not None:
        raise invalid_grant("the refresh token was already used again", "refresh_retried")
    return lost


def _check(call: Call, token: Refresh, desk: Desk) -> None:
    if token.expires_at <= desk.now:
        raise invalid_grant("the refresh token has expired", "refresh_expired")
    if token.jkt and not same(token.jkt, call.jkt):
        raise invalid_grant("the refresh token is bound to another key", "refresh_key")
    if not token.authorization.works:
        raise invalid_grant("the authorization has ended", "authorization_ended")
    check_level(call.client, token.authorization)


def _narrowed(call: Call, token: Refresh) -> frozenset[str]:
    """Fewer scopes may be asked, never more (RFC 6749 6)."""
    wanted = scopes.parse(call.parameters.get("scope")) or token.scopes
    if wanted - token.scopes:
        raise OAuthProblem("invalid_scope", "a scope was not granted before", why="scope_grew")
    return left_of(call.client, wanted)


def _tokens(
    call: Call,
    token: Refresh,
    facts: Facts,
    asked: tuple[frozenset[str], tuple[str, ...]],
    desk: Desk,
) -> Decision:
    authorization = token.authorization
    issued = access(call, authorization, *asked, desk)
    # No nonce: it belongs to the sign-in, not to a refresh (OpenID Connect Core 12.2).
    more: dict[str, Any] = identity(call, authorization, issued, "", facts, desk)
    writes: tuple[Write, ...] = ()
    if call.client.public:
        more["refresh_token"], writes = _rotated(call, token, desk)
    event = told(
        "sso.token.refreshed",
        call,
        authorization,
        grant_type=GrantType.REFRESH.value,
        scopes=scopes.written(issued.scopes),
        jti=issued.jti,
    )
    return granted(issued, more, writes=writes, event=event)


def _rotated(call: Call, token: Refresh, desk: Desk) -> tuple[str, tuple[Write, ...]]:
    """The next one has the scopes of this one, however narrow the request (RFC 6749 6)."""
    text, handle, kept = new_refresh(call, token.authorization, token.scopes, desk, line=token)
    old = Handle(handles.month(token.expires_at), token.digest)
    return text, (Replaced(old, handle, desk.now), NewRefresh(kept))
