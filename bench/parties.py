"""A relying party of the bench, and what people allowed it: clients, sign-ins, tokens."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from bench.stage import Server
from bench.wire import Line

if TYPE_CHECKING:
    from gapura.sso.models import Client

# As the peer's people hold it: one sign-in, one role.
SCOPES, BACK = "openid", "https://bench.example/back"
_AUTHORIZATIONS = """
    INSERT INTO sso_authorization (
        id, client_id, person_id, session, sid, subject, scopes, claims, resources, acr, methods,
        signed_in_at, offline, jkt, created_at, end_reason)
    SELECT gen_random_uuid(), %s, p.id, s.id, 'sid-' || n, 'sub-' || n, %s, '', '', 2,
           'password totp', now(), false, '', now(), ''
      FROM generate_series(1, %s) n,
           accounts_person p JOIN authentication_session s ON s.person_id = p.id
     WHERE p.username = 'ppk' AND s.id = %s
    RETURNING id
"""
_REFRESHES = """
    INSERT INTO sso_refresh (
        bucket, digest, "authorization", scopes, jkt, issued_at, expires_at, family_started_at)
    SELECT %s, d, a, %s, '', now(), %s, now() FROM unnest(%s::bytea[], %s::uuid[]) AS q (d, a)
"""


@dataclass(frozen=True, slots=True)
class Party:
    """A registered application; it proves itself in the form, as the peer's does."""

    row: "Client"
    secret: str

    def form(self, server: Server, path: str, **fields: str) -> bytes:
        """The bytes of a form to one of our endpoints."""
        with Line(server.port) as line:
            return line.request("POST", path, body=self.body(**fields))

    def body(self, **fields: str) -> str:
        """These fields, and who asks."""
        told = {"client_id": self.row.client_id, "client_secret": self.secret}
        return urlencode(told | fields)


def party(*, asks_consent: bool = True) -> Party:
    """An application that may do all that is measured."""
    from gapura.kernel import clock
    from gapura.sso.models import Client, ClientSecret
    from gapura.sso.protocol.encoding import digest_of

    now, secret = clock.now(), f"gps_{secrets.token_hex(22)[:43]}"
    row = Client.objects.create(
        client_id="bench",
        name="Bench",
        auth_method="client_secret_post",
        redirect_uris=[BACK],
        grant_types=["authorization_code", "refresh_token", "client_credentials"],
        scopes=["openid", "profile", "api"],
        sector="bench.example",
        asks_consent=asks_consent,
        way="command",
        registered_at=now,
        registered_by="bench",
        changed_at=now,
    )
    ClientSecret.objects.create(
        client=row, digest=digest_of(secret), hint=secret[:8], made_at=now, made_by="bench"
    )
    return Party(row, secret)


def refreshes(client: Party, number: int) -> list[str]:
    """So many refresh tokens, each of an authorization of its own in one session."""
    from django.db import connection

    from gapura.api.doors.oauth.fresh import random
    from gapura.kernel import clock
    from gapura.sso.protocol import handles

    expires_at = clock.now() + timedelta(days=30)
    made = [handles.make(handles.REFRESH, expires_at, random) for _ in range(number)]
    with connection.cursor() as cursor:
        cursor.execute(_AUTHORIZATIONS, [client.row.id, SCOPES, number, _session()])
        ids = [row[0] for row in cursor.fetchall()]
        digests = [handle.digest for _, handle in made]
        bucket = handles.month(expires_at)
        cursor.execute(_REFRESHES, [bucket, SCOPES, expires_at, digests, ids])
        cursor.execute("ANALYZE sso_refresh, sso_authorization")
    return [text for text, _ in made]


def access_tokens(server: Server, client: Party, tokens: Sequence[str]) -> list[str]:
    """An access token for each of these refresh tokens."""
    found = []
    with Line(server.port) as line:
        for token in tokens:
            line.send(
                client.form(
                    server, "/oauth2/token", grant_type="refresh_token", refresh_token=token
                )
            )
            reply = line.receive()
            if reply.status != 200:
                raise RuntimeError(f"no token: {reply.status} {reply.body!r}")
            found.append(json.loads(reply.body)["access_token"])
    return found


def _session() -> UUID:
    """A sign-in of the persona, as it is kept."""
    from gapura.accounts.models import Person
    from gapura.authentication.models import Session
    from gapura.authentication.tokens import new_token, token_hash
    from gapura.kernel import clock

    now = clock.now()
    session = Session.objects.create(
        token_hash=token_hash(new_token()),
        person=Person.objects.get(username="ppk"),
        acr=2,
        methods="password totp",
        created_at=now,
        signed_in_at=now,
        proved_at=now,
        last_seen_at=now,
        ip="127.0.0.1",
        user_agent="bench",
    )
    return session.id
