"""The code that a person's yes is worth: for one client, one minute and one use."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.sso.protocol import handles, scopes
from gapura.sso.protocol.asked import Asked
from gapura.sso.protocol.decisions import Fresh, NewAuthorization, NewCode, Told, Write
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import CODE_LIFE, Authorization, Code
from gapura.sso.protocol.returning import Answer, Returned, answer


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, in this browser. `subject` is what this client knows the person by."""

    person: UUID
    session: UUID
    sid: str
    subject: str
    acr: int
    methods: tuple[str, ...]
    signed_in_at: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """The way back with a code, and what must be written before anybody takes it."""

    answer: Answer
    writes: tuple[Write, ...]
    event: Told


def grant_code(
    asked: Asked,
    signed_in: SignedIn,
    allowed: frozenset[str],
    *,
    issuer: str,
    now: datetime,
    fresh: Fresh,
) -> Granted:
    """A code for what the person allowed, good for a minute and for this client alone.

    Call it only after `needs` said that nothing is missing, or the person has just consented.

    :raises Returned: `access_denied` when nothing is left of what was asked.
    """
    left = asked.scopes & allowed
    if not left or (scopes.OPENID in asked.scopes and scopes.OPENID not in left):
        raise denied(asked)
    authorization = _authorization(asked, signed_in, left, allowed, fresh)
    text, code = _code(asked, authorization, now, fresh)
    # At the time of granting, not of reading: `used_at` tells when.
    used = tuple(replace(write, at=now) for write in asked.writes)
    return Granted(
        answer(asked.back, [("code", text)], issuer),
        (*used, NewAuthorization(authorization, asked.jkt), NewCode(code)),
        _given(asked, authorization),
    )


def _code(
    asked: Asked, authorization: Authorization, now: datetime, fresh: Fresh
) -> tuple[str, Code]:
    expires_at = now + CODE_LIFE
    text, handle = handles.make(handles.CODE, expires_at, fresh)
    code = Code(
        handle.digest,
        authorization,
        asked.back.redirect_uri,
        asked.nonce,
        asked.challenge,
        asked.jkt,
        expires_at,
    )
    return text, code


def _authorization(
    asked: Asked,
    signed_in: SignedIn,
    left: frozenset[str],
    allowed: frozenset[str],
    fresh: Fresh,
) -> Authorization:
    return Authorization(
        id=fresh.id(),
        client=asked.client.id,
        person=signed_in.person,
        session=signed_in.session,
        sid=signed_in.sid,
        subject=signed_in.subject,
        scopes=left,
        acr=signed_in.acr,
        methods=signed_in.methods,
        signed_in_at=signed_in.signed_in_at,
        claims=_allowed_by_name(asked, allowed),
        resources=asked.resources,
        offline=scopes.OFFLINE in left,
    )


def _allowed_by_name(asked: Asked, allowed: frozenset[str]) -> dict[str, Any]:
    """Claims asked by name whose scope the person allowed; those about the sign-in always."""
    kept = {
        place: {
            name: wish
            for name, wish in members.items()
            if name not in scopes.SCOPE_OF or scopes.SCOPE_OF[name] in allowed
        }
        for place, members in asked.claims.items()
    }
    return {place: members for place, members in kept.items() if members}


def _given(asked: Asked, authorization: Authorization) -> Told:
    facts = {
        "client_id": asked.client.client_id,
        "scopes": scopes.written(authorization.scopes),
        "authorization": str(authorization.id),
    }
    return Told(
        "sso.authorization.given",
        asked.client.id,
        authorization.person,
        authorization.session,
        facts,
    )


def denied(asked: Asked) -> Returned:
    """The person said no (RFC 6749 4.1.2.1)."""
    problem = OAuthProblem("access_denied", "the person did not allow it", why="denied")
    return Returned(problem, asked.back)


def unmet(asked: Asked) -> Returned:
    """The person cannot sign in as strongly as the client needs it."""
    problem = OAuthProblem(
        "unmet_authentication_requirements", "the person cannot sign in so strongly", why="acr"
    )
    return Returned(problem, asked.back)
