"""Reading an authorization request: from the address, pushed before, or kept meanwhile."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from gapura.sso.protocol import handles
from gapura.sso.protocol.asked import Asked, checked
from gapura.sso.protocol.decisions import Facts, Fresh, Handle, Needs, NewPushed
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client, Profile, Pushed
from gapura.sso.protocol.returning import Returned
from gapura.sso.protocol.ring import Ring

# How long a person may take to sign in and read; the request itself lives shorter (RFC 9126 2.2).
KEPT_LIFE: Final = timedelta(minutes=15)


def wants(parameters: Parameters) -> Needs:
    """The client, and the pushed request if it names one of ours.

    :raises OAuthProblem: without a client; to be shown, never sent on.
    """
    client = parameters.get("client_id")
    if not client:
        raise OAuthProblem("invalid_request", "client_id is missing", why="no_client")
    uri = parameters.get("request_uri")
    if not uri.startswith(handles.REQUEST_URI):
        return Needs(client)
    return Needs(client, pushed=handles.read(handles.PUSHED, uri[len(handles.REQUEST_URI) :]))


def read(parameters: Parameters, facts: Facts, *, ring: Ring, issuer: str, now: datetime) -> Asked:
    """Read what came from the browser.

    :raises OAuthProblem: to be shown: whose request it is, or where to send the refusal, is not
        certain (RFC 6749 4.1.2.1). :raises Returned: to be sent to the client.
    """
    client = facts.client
    if client is None or not client.active:
        raise OAuthProblem("invalid_request", "the client is unknown", why="unknown_client")
    if not parameters.get("request_uri").startswith(handles.REQUEST_URI):
        asked = checked(parameters, client, ring=ring, issuer=issuer, now=now)
        if client.needs_par or client.profile is Profile.FAPI2:
            problem = OAuthProblem(
                "invalid_request", "this client must push its requests (RFC 9126)", why="not_pushed"
            )
            raise Returned(problem, asked.back)
        return asked
    found = _pushed(facts.pushed, client, now)
    return read_kept(
        found.parameters,
        client,
        jkt=found.jkt,
        handle=Handle(handles.day(found.expires_at), found.digest),
        ring=ring,
        issuer=issuer,
        now=now,
    )


def _pushed(found: Pushed | None, client: Client, now: datetime) -> Pushed:
    """One's own, once and in time (RFC 9126 2.2, 4); what else the address says does not count."""
    why = ""
    if found is None:
        why = "pushed_unknown"
    elif found.client != client.id:
        why = "pushed_of_another"
    elif found.used_at is not None:
        why = "pushed_used"
    elif found.expires_at <= now:
        why = "pushed_expired"
    if found is None or why:
        raise OAuthProblem("invalid_request_uri", "the request_uri is no longer good", why=why)
    return found


def read_kept(
    kept: Mapping[str, str],
    client: Client,
    *,
    jkt: str = "",
    handle: Handle | None = None,
    ring: Ring,
    issuer: str,
    now: datetime,
) -> Asked:
    """Read a request that was found in order before and kept; the contract may have changed.

    :raises OAuthProblem: and :raises Returned: as `read`.
    """
    several = {name: v.split(" ") if name == "resource" else v for name, v in kept.items()}
    return checked(
        Parameters.of(several),
        client,
        jkt=jkt,
        handle=handle,
        ring=ring,
        issuer=issuer,
        now=now,
    )


def keep(asked: Asked, fresh: Fresh, now: datetime) -> tuple[str, NewPushed]:
    """Keep a request on our side while the person signs in and reads: its handle and the write.

    The handle is of its own kind, so a client can never name it as a `request_uri`.
    """
    expires_at = now + KEPT_LIFE
    text, handle = handles.make(handles.KEPT, expires_at, fresh)
    kept = Pushed(handle.digest, asked.client.id, asked.parameters, asked.jkt, expires_at)
    return text, NewPushed(kept)


def kept_handle(text: str) -> Handle | None:
    """Where a kept request would be; None when the text cannot be one of ours."""
    return handles.read(handles.KEPT, text)
