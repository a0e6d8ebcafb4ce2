"""What a client is told of the person (OpenID Connect Core 5.3), against an access token."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from gapura.sso.protocol import introspection, issuing, jwt, scopes
from gapura.sso.protocol.decisions import NO_STORE, Call, Decision, Facts, Fresh, Needs, refused
from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.jwk import CLIENT_ALGORITHMS
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.ring import Ring

_SCHEMES: Final = {"bearer": "Bearer", "dpop": "DPoP"}
_ALGORITHMS: Final = " ".join(CLIENT_ALGORITHMS)


@dataclass(frozen=True, slots=True)
class Presented:
    """An access token and the scheme it came under."""

    token: str = field(repr=False)
    scheme: str


def presented(
    authorization: str, form: Parameters | None = None, query: Parameters | None = None
) -> Presented:
    """Find the token in a request: in the header, or in a form (RFC 6750 2.1, 2.2).

    Never in the address, which logs and other sites get to see (2.3, RFC 9700 4.3.2).

    :raises OAuthProblem: `invalid_request` for several or the query; a bare 401 for none (3.1).
    """
    in_form = form.get("access_token") if form else ""
    if query and "access_token" in query:
        raise _challenged("invalid_request", "send the token in the header", 400, "in_query")
    if authorization and in_form:
        raise _challenged("invalid_request", "the token was sent twice", 400, "sent_twice")
    if in_form:
        return Presented(in_form, "Bearer")
    scheme, _, token = authorization.partition(" ")
    token = token.strip(" ")
    if scheme.lower() not in _SCHEMES or not token:
        raise _challenged("", "an access token is needed", 401, "no_token")
    return Presented(token, _SCHEMES[scheme.lower()])


def wants(came: Presented, *, ring: Ring, issuer: str, now: datetime) -> Needs:
    """What the answer rests on: the client, the authorization and the person.

    :raises OAuthProblem: `invalid_token` (RFC 6750 3.1), also when the scheme is not the token's:
        a token that is bound to a key is worth nothing without its proof (RFC 9449 7.2).
    """
    try:
        claims = issuing.read_access_token(came.token, ring=ring, issuer=issuer, now=now)
        audience = jwt.audience(claims)
    except BadToken as bad:
        raise invalid_token(came.scheme, bad.why) from None
    if ("cnf" in claims) != (came.scheme == "DPoP"):
        raise invalid_token("DPoP" if "cnf" in claims else "Bearer", "scheme")
    if issuer not in audience:  # RFC 9068 4: a token for another server
        raise invalid_token(came.scheme, "aud")
    return Needs(
        issued_to=claims["client_id"],
        authorization=issuing.authorization_of(claims),
        jti=claims["jti"],
        subject=True,
        token=claims,
    )


def decide(
    call: Call, facts: Facts, *, ring: Ring, issuer: str, now: datetime, fresh: Fresh
) -> Decision:
    """The claims that its scopes and the request named, as far as the contract goes."""
    del ring, issuer, now, fresh
    claims = call.needs.token
    found = facts.authorization
    if claims is None or not introspection.works(claims, facts):
        return refused(invalid_token(call.scheme, "ended"), writes=call.once)
    granted = scopes.parse(claims["scope"])
    if scopes.OPENID not in granted or found is None:
        problem = _challenged(
            "insufficient_scope", "the scope openid is needed", 403, "scope", call.scheme
        )
        return refused(problem, writes=call.once)
    if "cnf" in claims and claims["cnf"].get("jkt") != call.jkt:  # RFC 9449 7.1
        return refused(invalid_token("DPoP", "key"), writes=call.once)
    names = scopes.claims_of(granted) | scopes.asked_by_name(found.claims, "userinfo")
    body: dict[str, Any] = {"sub": found.subject}
    if facts.subject:  # not read where `sub` is all that is asked
        body |= scopes.tell(facts.subject, names, call.client)
    return Decision(200, body, NO_STORE, call.once)


def invalid_token(scheme: str, why: str) -> OAuthProblem:
    """Expired, revoked, malformed or for somebody else: all told alike."""
    return _challenged("invalid_token", "the access token is not valid", 401, why, scheme)


def _challenged(
    error: str, description: str, status: int, why: str, scheme: str = "Bearer"
) -> OAuthProblem:
    """RFC 6750 3; the DPoP challenge names the algorithms of proofs (RFC 9449 7.1)."""
    told = f', error="{error}", error_description="{description}"' if error else ""
    if scheme == "DPoP":
        challenge = f'DPoP realm="gapura", algs="{_ALGORITHMS}"{told}'
    else:
        challenge = f'Bearer realm="gapura"{told}'
    headers = (("WWW-Authenticate", challenge),)
    return OAuthProblem(error or "invalid_token", description, status, why, headers)
