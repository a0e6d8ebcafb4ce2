"""What the authorization endpoint has to know of a request, in one statement."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.sso.protocol.authorize import SignedIn
from gapura.sso.protocol.decisions import Facts, Handle, Needs
from gapura.sso.protocol.encoding import to_base64url
from gapura.sso.protocol.issuing import subject_of
from gapura.sso.protocol.records import Client, Pushed
from gapura.sso.store import client_of, document_of

_SID_BYTES = 16
_COLUMNS = f"""
    {document_of("c")}, c.logo_id IS NOT NULL,
    (SELECT array_to_string(s.scopes, ' ') FROM sso_consent s
      WHERE s.client_id = c.id AND s.person_id = %(person)s AND s.withdrawn_at IS NULL),
    p.digest, p.client, p.parameters, p.jkt, p.expires_at, p.used_at
"""  # noqa: S608 - constants only
_BY_CLIENT = f"""
    SELECT {_COLUMNS} FROM sso_client c
    LEFT JOIN sso_pushed p ON p.bucket = %(bucket)s AND p.digest = %(digest)s
    WHERE c.client_id = %(client)s
"""  # noqa: S608 - constants only
_BY_HANDLE = f"""
    SELECT {_COLUMNS} FROM sso_pushed p JOIN sso_client c ON c.id = p.client
    WHERE p.bucket = %(bucket)s AND p.digest = %(digest)s
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Known:
    """Who asks, the request that was pushed or waits here, and what the person allowed before.

    `consented` is None where nothing is remembered.
    """

    client: Client | None = None
    logo: bool = False
    consented: frozenset[str] | None = None
    pushed: Pushed | None = None

    @property
    def facts(self) -> Facts:
        """As the protocol reads it."""
        return Facts(client=self.client, pushed=self.pushed)


def known_for(actor: Actor, needs: Needs) -> Known:
    """The client of a request that a browser brought, and the pushed request that it names."""
    return _known(_BY_CLIENT, actor, needs.pushed, needs.client)


def waiting_for(actor: Actor, handle: Handle) -> Known:
    """A request that was kept on our side, with its client."""
    return _known(_BY_HANDLE, actor, handle, "")


def signed_in_at(actor: Actor, client: Client) -> SignedIn | None:
    """Who is signed in in this browser, as this client may know it; None for nobody.

    What counts as the time of the sign-in is the last time the person proved a factor: confirming
    once more is a new sign-in of the same session (NIST SP 800-63B-4 section 5.2).
    """
    if not actor.signed_in or actor.person is None or actor.session is None:
        return None
    return SignedIn(
        person=actor.person,
        session=actor.session,
        sid=sid_of(client, actor.session),
        subject=subject_of(client, actor.person, _key()),
        acr=actor.acr,
        methods=tuple(actor.facts.get("methods", ())),
        signed_in_at=actor.facts["proved_at"],
    )


def sid_of(client: Client, session: UUID) -> str:
    """What a client knows a session by: another one at each, or clients could compare visitors."""
    return to_base64url(lookup(f"{client.id}|{session}", "sso.sid")[:_SID_BYTES])


def _key() -> bytes:
    return lookup(settings.PUBLIC_URL, "sso.subject")


def _known(sql: str, actor: Actor, handle: Handle | None, client: str) -> Known:
    given = {
        "person": actor.person,
        "client": client,
        "bucket": handle.bucket if handle else None,
        "digest": handle.digest if handle else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        row = cursor.fetchone()
    if row is None:
        return Known()
    document, logo, consented, *pushed = row
    return Known(
        client_of(document),
        logo,
        None if consented is None else frozenset(consented.split()),
        _pushed(*pushed),
    )


def _pushed(
    digest: Any,
    client: UUID | None,
    parameters: str,
    jkt: str,
    expires_at: datetime,
    used_at: datetime | None,
) -> Pushed | None:
    if client is None:
        return None
    return Pushed(bytes(digest), client, json.loads(parameters), jkt, expires_at, used_at)
