"""Clients, sessions and authorizations, made as rows: for tests that are about something else."""

from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from gapura.accounts.models import Person
from gapura.authentication.models import Session
from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.sso import store
from gapura.sso.models import Authorization, Client, ClientSecret
from gapura.sso.protocol import handles
from gapura.sso.protocol.decisions import (
    Facts,
    Handle,
    Needs,
    NewCode,
    NewPushed,
    NewRefresh,
)
from gapura.sso.protocol.records import (
    CODE_LIFE,
    PUSHED_LIFE,
    REFRESH_LIFE,
    Code,
    Pushed,
    Refresh,
)
from gapura.sso.protocol.records import Authorization as Allowed
from tests.authentication.world import person

_numbers = count(1)
CALLBACK = "https://app.example.go.id/callback"


def client(**values: Any) -> Client:
    """An application that may do all, without a secret."""
    now, number = clock.now(), next(_numbers)
    return Client.objects.create(
        **{
            "client_id": f"app-{number}",
            "name": f"Application {number}",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
            "scopes": ["openid", "profile", "email", "offline_access"],
            "registered_at": now,
            "registered_by": "tests",
            "changed_at": now,
            **values,
        }
    )


def secret(of: Client, text: str, ends_at: datetime | None = None) -> ClientSecret:
    """A secret of a client."""
    return ClientSecret.objects.create(
        client=of,
        digest=sha256(text.encode()).digest(),
        hint=text[:8],
        made_at=clock.now(),
        made_by="tests",
        ends_at=ends_at,
    )


def session(of: Person, **values: Any) -> Session:
    """A browser that is signed in with an app."""
    now = clock.now()
    return Session.objects.create(
        **{
            "token_hash": sha256(uuid7().bytes).hexdigest(),
            "person": of,
            "acr": 2,
            "methods": "password totp",
            "created_at": now,
            "signed_in_at": now,
            "proved_at": now,
            "last_seen_at": now,
            **values,
        }
    )


def authorization(
    of: Client | None = None, by: Person | None = None, **values: Any
) -> Authorization:
    """What a person allowed a client just now, in a session of its own unless one is named."""
    now, who = clock.now(), by or person()
    inside = values.pop("session", None) or session(who).id
    return Authorization.objects.create(
        **{
            "client": of or client(),
            "person": who,
            "session": inside,
            "sid": f"sid-{inside}",
            "subject": f"sub-{who.id}",
            "scopes": "openid profile",
            "acr": 2,
            "methods": "pwd otp",
            "signed_in_at": now,
            "created_at": now,
            **values,
        }
    )


def found(row: Authorization) -> Allowed:
    """The authorization as the doors read it now."""
    (facts,) = store.facts(Needs(authorization=row.id))
    assert facts.authorization is not None
    return facts.authorization


def stopped(row: Authorization) -> str:
    """Why it does not work now; empty when it does."""
    return found(row).stopped


class Signs:
    """Texts that are all different and told beforehand."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def signs(self, count: int) -> str:
        return f"{next(self._numbers):0{count}d}"

    def id(self) -> UUID:
        return uuid7()


def new_code(row: Authorization, fresh: Signs) -> tuple[Handle, NewCode]:
    """A code that rests on an authorization."""
    expires_at = clock.now() + CODE_LIFE
    _, handle = handles.make(handles.CODE, expires_at, fresh)
    code = Code(handle.digest, found(row), CALLBACK, "nonce", "challenge", "", expires_at)
    return handle, NewCode(code)


def new_refresh(row: Authorization, fresh: Signs) -> tuple[Handle, NewRefresh]:
    """A refresh token that rests on an authorization."""
    now = clock.now()
    _, handle = handles.make(handles.REFRESH, now + REFRESH_LIFE, fresh)
    allowed = found(row)
    return handle, NewRefresh(
        Refresh(handle.digest, allowed, allowed.scopes, "", now, now + REFRESH_LIFE, now)
    )


def new_pushed(of: Client, fresh: Signs, **parameters: str) -> tuple[Handle, NewPushed]:
    """A pushed request."""
    expires_at = clock.now() + PUSHED_LIFE
    _, handle = handles.make(handles.PUSHED, expires_at, fresh)
    return handle, NewPushed(Pushed(handle.digest, of.id, parameters, "", expires_at))


def read(**needs: Any) -> Facts:
    """What one request finds."""
    return store.facts(Needs(**needs))[0]


def ago(**delta: float) -> datetime:
    """A moment before now."""
    return clock.now() - timedelta(**delta)
