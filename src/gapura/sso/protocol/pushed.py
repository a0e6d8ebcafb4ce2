"""Pushed authorization requests (RFC 9126): said by a proven client, before any browser."""

from datetime import datetime

from gapura.sso.protocol import handles
from gapura.sso.protocol.asked import checked
from gapura.sso.protocol.decisions import (
    NO_STORE,
    Call,
    Decision,
    Facts,
    Fresh,
    Needs,
    NewPushed,
    refused,
)
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import PUSHED_LIFE, Pushed
from gapura.sso.protocol.returning import Returned
from gapura.sso.protocol.ring import Ring


def wants(parameters: Parameters, speaker: str) -> Needs:
    """Nothing but the client.

    :raises OAuthProblem: `invalid_request` for a request that names another (RFC 9126 2.1).
    """
    if "request_uri" in parameters:
        raise OAuthProblem(
            "invalid_request", "request_uri has no place in a pushed request", why="request_uri"
        )
    return Needs(speaker)


def decide(
    call: Call, facts: Facts, *, ring: Ring, issuer: str, now: datetime, fresh: Fresh
) -> Decision:
    """Check it as if it came by browser, answer the client itself, and keep it for 90 seconds."""
    del facts
    try:
        asked = checked(
            call.parameters, call.client, jkt=call.jkt, ring=ring, issuer=issuer, now=now
        )
    except OAuthProblem as problem:
        return refused(problem, writes=call.once)
    except Returned as back:
        return refused(back.problem, writes=call.once)
    expires_at = now + PUSHED_LIFE
    text, handle = handles.make(handles.PUSHED, expires_at, fresh)
    kept = Pushed(handle.digest, call.client.id, asked.parameters, asked.jkt, expires_at)
    body = {
        "request_uri": f"{handles.REQUEST_URI}{text}",
        "expires_in": int(PUSHED_LIFE.total_seconds()),
    }
    return Decision(201, body, NO_STORE, (*call.once, NewPushed(kept)))
