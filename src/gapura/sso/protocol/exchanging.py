"""A code becomes tokens, once (RFC 6749 4.1.3, RFC 7636 4.6, OpenID Connect Core 3.1.3)."""

from typing import Any

from gapura.sso.protocol import audiences, handles, pkce, scopes
from gapura.sso.protocol.decisions import (
    Call,
    Decision,
    Ended,
    Facts,
    Handle,
    NewRefresh,
    Used,
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
from gapura.sso.protocol.records import Code, GrantType, Profile


def exchange(call: Call, facts: Facts, desk: Desk) -> Decision:
    """Decide on a code.

    :raises OAuthProblem: it is refused and nothing changes.
    """
    check_grant(call.client, GrantType.CODE)
    check_sender(call)
    code = facts.code
    if code is None:
        raise invalid_grant("the code is unknown", "code_unknown")
    if code.used_at is not None:
        return _replayed(call, code, desk)
    _check(call, code, desk)
    audience = audiences.narrowed(
        call.client, call.parameters.many("resource"), code.authorization.resources, desk.issuer
    )
    return _tokens(call, code, facts, audience, desk)


def _replayed(call: Call, code: Code, desk: Desk) -> Decision:
    """Two have had this code, and one of them stole it: all that came of it ends (4.1.2, 10.5).

    Whoever shows it: a code that another client holds is stolen all the more.
    """
    ended = Ended(code.authorization.id, "code_replayed", desk.now)
    event = told("sso.code.replayed", call, code.authorization)
    problem = invalid_grant("the code was used before", "code_replayed")
    return refused(problem, writes=(ended,), event=event)


def _check(call: Call, code: Code, desk: Desk) -> None:
    if code.authorization.client != call.client.id:
        raise invalid_grant("the code was issued to another client", "code_of_another")
    if code.expires_at <= desk.now:
        raise invalid_grant("the code has expired", "code_expired")
    if not same(call.parameters.get("redirect_uri"), code.redirect_uri):
        raise invalid_grant("redirect_uri is not that of the request", "redirect_uri")
    if call.client.profile is Profile.FAPI2 and not code.challenge:
        raise invalid_grant("the code was asked for without PKCE", "no_pkce")
    pkce.check_verifier(call.parameters.get("code_verifier"), code.challenge)
    if code.jkt and not same(code.jkt, call.jkt):  # RFC 9449 10
        raise invalid_grant("the code is bound to another key", "code_key")
    if not code.authorization.works:
        raise invalid_grant("the authorization has ended", "authorization_ended")
    check_level(call.client, code.authorization)


def _tokens(
    call: Call, code: Code, facts: Facts, audience: tuple[str, ...], desk: Desk
) -> Decision:
    authorization = code.authorization
    issued = access(call, authorization, left_of(call.client, authorization.scopes), audience, desk)
    more: dict[str, Any] = identity(call, authorization, issued, code.nonce, facts, desk)
    writes: list[Write] = [
        Used("code", Handle(handles.day(code.expires_at), code.digest), desk.now)
    ]
    if GrantType.REFRESH in call.client.grant_types:
        text, _, kept = new_refresh(call, authorization, authorization.scopes, desk)
        more["refresh_token"] = text
        writes.append(NewRefresh(kept))
    event = told(
        "sso.token.issued",
        call,
        authorization,
        grant_type=GrantType.CODE.value,
        scopes=scopes.written(issued.scopes),
        jti=issued.jti,
    )
    return granted(issued, more, writes=tuple(writes), event=event)
