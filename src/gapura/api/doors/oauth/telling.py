"""Entries of the activity log about what a door did; they are on disk before the reply leaves."""

from gapura.api.doors.oauth.wire import Asked
from gapura.audit.events import Result, Subject, event_named
from gapura.audit.services import Entry, compose
from gapura.kernel.actor import Actor
from gapura.sso import events
from gapura.sso.protocol.decisions import Told
from gapura.sso.protocol.records import Client

# What the log's column for names holds.
_LONGEST_NAME = 40
# How our secrets, tokens and codes begin.
_SECRETS = ("gps_", "gpi_", "gpm_", "gpc_", "gpr_", "gpp_", "gpw_")
_REPLAYED = frozenset({"sso.code.replayed", "sso.refresh.replayed"})


def entry_of(told: Told, client: Client, asked: Asked) -> Entry:
    """The entry that a decision wants: the client is who acts, the person is whom it concerns.

    :raises LookupError: an event that the room does not declare; a fault of ours.
    """
    event = event_named(told.name)
    if event is None:
        raise LookupError(told.name)
    return compose(
        _actor(client.client_id, asked, told),
        event,
        Subject("client", str(told.client or client.id), client.client_id),
        facts=told.facts,
        person=told.person,
        agency=client.agency,
        result=Result.REFUSED if told.name in _REPLAYED else Result.DONE,
    )


def refused_entry(client: Client | None, named: str, why: str, asked: Asked) -> Entry:
    """Somebody failed to prove to be a client, which may not even exist."""
    if client is None and named.startswith(_SECRETS):
        # Put in the wrong field, it works all the same: the log keeps no more than a hint of it.
        named = f"{named[:8]}..."
    return compose(
        _actor("", asked),
        events.CLIENT_REFUSED,
        Subject("client", str(client.id) if client else "unknown", named),
        facts={"client_id": named, "why": why, "endpoint": asked.path},
        agency=client.agency if client else "",
        result=Result.REFUSED,
    )


def _actor(name: str, asked: Asked, told: Told | None = None) -> Actor:
    return Actor(
        username=name[:_LONGEST_NAME],
        session=told.session if told else None,
        ip=asked.address,
        user_agent=asked.agent,
    )
