"""Signing out: asked for by a client (RP-Initiated Logout), and told to clients (Back-Channel)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from gapura.sso.protocol import hints, issuing, jwt
from gapura.sso.protocol.decisions import Facts, Fresh, Needs
from gapura.sso.protocol.encoding import same
from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.redirects import with_parameters
from gapura.sso.protocol.ring import Ring

LOGOUT_TYP: Final = "logout+jwt"  # Back-Channel Logout 2.4: cannot pass for an ID Token
LOGOUT_LIFE: Final = timedelta(minutes=2)  # 2.4: preferably at most two minutes
_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class LogoutAsked:
    """A request to sign out. `subject` and `sid` are of the ID Token that came with it."""

    client: Client | None = None
    subject: str = ""
    sid: str = ""
    uri: str = ""
    state: str = ""

    @property
    def confirm(self) -> bool:
        """Without a hint anybody's link could sign people out: they are asked (2, 6)."""
        return not self.sid


def wants(parameters: Parameters, *, ring: Ring, issuer: str) -> Needs:
    """The client, named by itself or by the audience of the hint.

    :raises OAuthProblem: to be shown: a hint that is none, or of another client (2).
    """
    hint, named = parameters.get("id_token_hint"), parameters.get("client_id")
    claims = _hint(hint, ring, issuer)
    if not claims:
        return Needs(named)
    try:
        audience = jwt.audience(claims)
    except BadToken as bad:
        raise _refused("id_token_hint is not an ID Token of ours", bad.why) from None
    if named and named not in audience:
        raise _refused("id_token_hint is not of this client", "hint_of_another")
    return Needs(named or audience[0], token=claims)


def _hint(hint: str, ring: Ring, issuer: str) -> dict[str, Any]:
    """Its claims, however old; none when the key that signed it is long gone."""
    if not hint:
        return {}
    try:
        return hints.read_id_token(hint, ring=ring, issuer=issuer)
    except BadToken as bad:
        if bad.why == "unknown_kid":
            return {}
        raise _refused("id_token_hint is not an ID Token of ours", bad.why) from None


def read(parameters: Parameters, facts: Facts, needs: Needs) -> LogoutAsked:
    """Hold the request against the client.

    :raises OAuthProblem: to be shown; no address that is not registered is ever gone to (3, 6).
    """
    client, uri = facts.client, parameters.get("post_logout_redirect_uri")
    if needs.client and (client is None or not client.active):
        raise _refused("the client is unknown", "unknown_client")
    if uri and client is None:
        raise _refused("post_logout_redirect_uri needs id_token_hint or client_id", "no_client")
    if uri and client and uri not in client.post_logout_redirect_uris:
        raise _refused("post_logout_redirect_uri is not registered", "post_logout_redirect_uri")
    token = needs.token or {}
    return LogoutAsked(
        client, token.get("sub", ""), token.get("sid", ""), uri, parameters.get("state")
    )


def must_confirm(asked: LogoutAsked, *, sid: str, subject: str) -> bool:
    """Whether to ask first: the hint is not of the sign-in in this browser (2).

    `sid` and `subject` are what the asking client knows this browser's sign-in by.
    """
    if asked.confirm or not sid or not subject:
        return True
    return not (same(asked.sid, sid) and same(asked.subject, subject))


def back_to(asked: LogoutAsked) -> str:
    """Where to go afterwards, with `state` as it came (3); "" for a page of ours."""
    if not asked.uri:
        return ""
    return with_parameters(asked.uri, [("state", asked.state)] if asked.state else [])


def logout_token(
    client: Client,
    *,
    issuer: str,
    subject: str,
    sid: str,
    now: datetime,
    fresh: Fresh,
    ring: Ring,
) -> str:
    """What a client is told by the back channel (2.4); never a nonce, and a new `jti` each time.

    Made anew for each attempt: a retry an hour later must not bring an expired token.
    """
    at = int(now.timestamp())
    claims = {
        "iss": issuer,
        "sub": subject,
        "aud": client.client_id,
        "iat": at,
        "exp": at + int(LOGOUT_LIFE.total_seconds()),
        "jti": fresh.signs(issuing.JTI_SIGNS),
        "events": {_EVENT: {}},
        "sid": sid,
    }
    return ring.sign(claims, typ=LOGOUT_TYP, algorithm=issuing.algorithm_of(client))


def _refused(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, why=why)
