"""Clients, what people allowed them, codes and tokens: committed, for doors have connections."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from urllib.parse import quote_plus, urlencode
from uuid import UUID

from django.db import connection

from gapura.accounts.models import Person
from gapura.api.doors import pool
from gapura.api.doors.oauth.fresh import random
from gapura.api.doors.oauth.keys import keys
from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.config.doors import doors
from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.sso.models import Authorization, Client, ClientSecret, Code, Refresh
from gapura.sso.protocol import handles
from gapura.sso.protocol.encoding import digest_of
from tests.asgi import Answer, call, run, scope
from tests.sessions import entered

Result = TypeVar("Result")

BACK = "https://spse.example/back"
TOKEN, PAR = "/oauth2/token", "/oauth2/par"
INTROSPECT, REVOKE, USERINFO = "/oauth2/introspect", "/oauth2/revoke", "/oauth2/userinfo"
JWKS, DISCOVERY = "/oauth2/jwks", "/.well-known/openid-configuration"
FORM = ("content-type", "application/x-www-form-urlencoded")
VERIFIER = "v" * 43
CHALLENGE = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"


def committed(work: Callable[[], Result]) -> Result:
    """Do it in a transaction of its own, whatever the test itself is in."""

    def done() -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(done).result()


_numbers = count(1)


def secret_of(client: Client) -> str:
    return f"gps_{client.client_id:x<43}"


def a_client(**fields: Any) -> Client:
    """A registered application with a secret, unless it keeps none."""
    now, number = clock.now(), next(_numbers)
    told: dict[str, Any] = {
        "client_id": f"client-{number}",
        "name": f"Client {number}",
        "auth_method": "client_secret_basic",
        "redirect_uris": [BACK],
        "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
        "scopes": ["openid", "profile", "email", "offline_access", "grants", "catalog.read"],
        "sector": "spse.example",
        "way": "command",
        "registered_at": now,
        "registered_by": "test",
        "changed_at": now,
        **fields,
    }

    def made() -> Client:
        row = Client.objects.create(**told)
        if row.auth_method.startswith("client_secret"):
            secret = secret_of(row)
            ClientSecret.objects.create(
                client=row, digest=digest_of(secret), hint=secret[:8], made_at=now, made_by="test"
            )
        return row

    return committed(made)


def an_app(**fields: Any) -> Client:
    """A public client: an application in a browser or on a telephone."""
    return a_client(auth_method="none", **fields)


@dataclass(frozen=True)
class Allowed:
    """What somebody allowed a client, with the session it was done in."""

    row: Authorization
    session: UUID
    codes: list[str] = field(default_factory=list)


def allowed(client: Client, username: str = "ppk", **fields: Any) -> Allowed:
    """The person is signed in, and allows the client what it asks for."""

    def made() -> Allowed:
        person = Person.objects.get(username=username)
        entered(person)
        session = Session.objects.filter(person=person).latest("created_at")
        now = clock.now()
        told: dict[str, Any] = {
            "sid": random.signs(22),
            "subject": f"sub-of-{username}",
            "scopes": "openid profile grants",
            "acr": 2,
            "methods": "password totp",
            "signed_in_at": now,
            "created_at": now,
            **fields,
        }
        row = Authorization.objects.create(
            id=uuid7(), client=client, person=person, session=session.id, **told
        )
        return Allowed(row, session.id)

    return committed(made)


def a_code(given: Allowed, **fields: Any) -> str:
    """A code that rests on it; the verifier is `VERIFIER`."""
    expires_at: datetime = fields.pop("expires_at", clock.now() + timedelta(seconds=60))
    text, handle = handles.make(handles.CODE, expires_at, random)
    told = {"redirect_uri": BACK, "nonce": "n-1", "challenge": CHALLENGE, "jkt": "", **fields}
    committed(
        lambda: Code.objects.create(
            bucket=handle.bucket,
            digest=handle.digest,
            authorization=given.row.id,
            expires_at=expires_at,
            **told,
        )
    )
    return text


def a_refresh(given: Allowed, **fields: Any) -> str:
    """A refresh token that rests on it."""
    now = clock.now()
    expires_at: datetime = fields.pop("expires_at", now + timedelta(days=30))
    text, handle = handles.make(handles.REFRESH, expires_at, random)
    told = {"scopes": given.row.scopes, "jkt": "", "issued_at": now, "family_started_at": now}
    committed(
        lambda: Refresh.objects.create(
            bucket=handle.bucket,
            digest=handle.digest,
            authorization=given.row.id,
            expires_at=expires_at,
            **(told | fields),
        )
    )
    return text


def basic(client: Client, secret: str = "") -> tuple[str, str]:
    """RFC 6749 2.3.1: both are form-encoded first."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(secret or secret_of(client))}"
    return "authorization", "Basic " + b64encode(pair.encode()).decode()


def bearer(token: str) -> tuple[str, str]:
    return "authorization", f"Bearer {token}"


def asked(
    path: str,
    form: Mapping[str, str] | str | None = None,
    *headers: tuple[str, str],
    method: str = "",
    query: str = "",
    client: str = "203.0.113.9",
) -> tuple[dict[str, Any], bytes]:
    """A request and its body."""
    body = form if isinstance(form, str) else urlencode(form) if form is not None else ""
    kind = (FORM,) if form is not None else ()
    verb = method or ("POST" if form is not None else "GET")
    return scope(verb, path, headers=(*kind, *headers), query=query, client=client), body.encode()


def send(*told: Any, **more: Any) -> Answer:
    """One request in a loop and with a pool of its own; the keywords are those of `asked`."""
    return send_all(asked(*told, **more))[0]


def send_all(*requests: tuple[dict[str, Any], bytes]) -> list[Answer]:
    """These requests at the same time."""
    import asyncio

    async def together() -> list[Answer]:
        table = doors(dict)
        keys.forget()
        try:
            return await asyncio.gather(
                *(call(table[one["path"]], one, body) for one, body in requests)
            )
        finally:
            await pool.close()

    return run(together())


def told(reply: Answer) -> dict[str, Any]:
    """The JSON object of an answer."""
    found: dict[str, Any] = json.loads(reply.body)
    return found


def redeem(client: Client, code: str, **more: str) -> dict[str, str]:
    """The form with which a code becomes tokens."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return form | ({"client_id": client.client_id} if client.auth_method == "none" else {}) | more


def renew(client: Client, refresh: str, **more: str) -> dict[str, str]:
    """The form with which a refresh token becomes an access token."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh}
    return form | ({"client_id": client.client_id} if client.auth_method == "none" else {}) | more


def tokens(client: Client, given: Allowed, **more: str) -> dict[str, Any]:
    """An access token with what comes beside it, by a code."""
    proof = () if client.auth_method == "none" else (basic(client),)
    reply = send(TOKEN, redeem(client, a_code(given), **more), *proof)
    assert reply.status == 200, reply.text
    return told(reply)


def entries(client: Client, name: str = "") -> list[LogEvent]:
    """What the log tells about a client, the oldest first."""
    found = LogEvent.objects.filter(subject_kind="client", subject_id=str(client.id))
    return list((found.filter(name=name) if name else found).order_by("id"))


def change(row: Any, **fields: Any) -> None:
    """Somebody changes it elsewhere, meanwhile."""
    committed(lambda: type(row).objects.filter(pk=row.pk).update(**fields))
