"""What requests want to know, asked together; and what was found, as the protocol's records."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from gapura.authentication.queries import Lives, standing_params
from gapura.sso.protocol import handles
from gapura.sso.protocol.decisions import Facts, Handle, Needs
from gapura.sso.protocol.records import (
    FAMILY_LIFE,
    Authorization,
    Client,
    Code,
    Pushed,
    Refresh,
)
from gapura.sso.store.clients import KnownClients, client_of
from gapura.sso.store.sql import ARRAYS, COLUMNS, RESTS, Parts, statement

Row = Sequence[Any]
Known = Mapping[str, tuple[str, Client]]


class Reading:
    """The reading of what any number of requests want, by one statement.

    `sql` and `params` are for whoever brings a connection; `facts` reads the rows that come back.
    """

    def __init__(
        self,
        asks: Sequence[Needs],
        now: datetime,
        lives: Lives,
        known: KnownClients | None = None,
    ) -> None:
        self._asks, self._keep = asks, known or KnownClients()
        self._parts = _parts(asks)
        # As of now: what others learn meanwhile does not change what was asked about.
        names = {name for one in asks for name in (one.client, one.issued_to) if name}
        self._known: Known = {n: found for n in names if (found := self._keep.get(n))}
        self.sql = statement(self._parts)
        self.params = self._params(now, lives)

    def _params(self, now: datetime, lives: Lives) -> dict[str, Any]:
        sent = [_sent(one, self._known) for one in self._asks]
        names = [name for part in self._parts for name in ARRAYS[part]]
        params: dict[str, Any] = {name: [one[name] for one in sent] for name in names}
        if any(part in RESTS for part in self._parts):
            params |= standing_params(lives, now)
            params["oldest"] = now - FAMILY_LIFE
        return params

    def facts(self, rows: Sequence[Row]) -> list[Facts]:
        """What was found for each request, in their order; the person is read apart."""
        return [self._facts(*pair) for pair in zip(self._asks, rows, strict=True)]

    def _facts(self, ask: Needs, row: Row) -> Facts:
        found = self._by_part(row)
        authorization = _authorization(found.get("authorization"))
        refresh, successor = _refreshes(found.get("refresh"), authorization)
        return Facts(
            client=self._client(ask.client, found.get("client")),
            code=_code(ask.code, found.get("code"), authorization),
            refresh=refresh if ask.refresh else None,
            successor=successor if ask.refresh else None,
            pushed=_pushed(ask.pushed, found.get("pushed")),
            issued_to=self._client(ask.issued_to, found.get("issued_to")),
            authorization=authorization if ask.authorization else None,
            revoked=bool("token" in found and found["token"][0]),
        )

    def _by_part(self, row: Row) -> dict[str, Row]:
        found, place = {}, 0
        for part in self._parts:
            width = COLUMNS[part][0]
            found[part] = row[place : place + width]
            place += width
        if place < len(row):
            found["authorization"] = row[place:]
        return found

    def _client(self, client_id: str, found: Row | None) -> Client | None:
        if not client_id or found is None or found[0] is None:
            return None
        version, document = found
        if document is None:
            return self._known[client_id][1]
        client = client_of(document)
        self._keep.keep(client_id, version, client)
        return client


def _parts(asks: Sequence[Needs]) -> Parts:
    """What any of them wants; the statement joins nothing else."""
    wanted = {
        "client": any(one.client for one in asks),
        "issued_to": any(one.issued_to for one in asks),
        "code": any(one.code for one in asks),
        "refresh": any(one.refresh for one in asks),
        "pushed": any(one.pushed for one in asks),
        "token": any(one.authorization or one.jti for one in asks),
    }
    # Of nothing at all there would be no arrays.
    return tuple(part for part, is_wanted in wanted.items() if is_wanted) or ("client",)


def _sent(ask: Needs, known: Known) -> dict[str, Any]:
    """The value of each array for one request, None for what it does not want."""
    sent: dict[str, Any] = {}
    for name in ("client", "issued_to"):
        client_id = getattr(ask, name)
        sent[name] = client_id or None
        sent[f"{name}_known"] = known[client_id][0] if client_id in known else None
    for name in ("code", "refresh", "pushed"):
        handle: Handle | None = getattr(ask, name)
        sent[f"{name}_bucket"] = handle.bucket if handle else None
        sent[name] = handle.digest if handle else None
    return sent | {
        "aid": ask.authorization,
        "jti_bucket": _jti_bucket(ask),
        "jti": jti_digest(ask.jti) if ask.jti else None,
    }


def jti_digest(jti: str) -> bytes:
    """What is kept of a revoked token's name."""
    return sha256(jti.encode()).digest()


def _jti_bucket(ask: Needs) -> date | None:
    """Where a revoked token would stand: under the day on which it ends."""
    until = (ask.token or {}).get("exp") if ask.jti else None
    if not isinstance(until, int | float):
        return None
    return handles.day(datetime.fromtimestamp(until, UTC))


def _authorization(row: Row | None) -> Authorization | None:
    if row is None or row[0] is None:
        return None
    (ident, client, person, session, sid, subject, scopes, acr, methods, signed_in_at,
     claims, resources, offline, stopped) = row  # fmt: skip
    return Authorization(
        id=ident,
        client=client,
        person=person,
        session=session,
        sid=sid,
        subject=subject,
        scopes=frozenset(scopes.split()),
        acr=acr,
        methods=tuple(methods.split()),
        signed_in_at=signed_in_at,
        claims=json.loads(claims) if claims else {},
        resources=tuple(resources.split()),
        offline=offline,
        works=not stopped,
        stopped=stopped,
    )


def _code(handle: Handle | None, row: Row | None, on: Authorization | None) -> Code | None:
    if handle is None or row is None or row[4] is None or on is None:
        return None
    redirect_uri, nonce, challenge, jkt, expires_at, used_at = row
    return Code(handle.digest, on, redirect_uri, nonce, challenge, jkt, expires_at, used_at=used_at)


def _refreshes(row: Row | None, on: Authorization | None) -> tuple[Refresh | None, Refresh | None]:
    """The token and the one it was replaced by."""
    if row is None or on is None:
        return None, None
    return _refresh(row[:8], on), _refresh(row[8:], on)


def _refresh(row: Row, on: Authorization) -> Refresh | None:
    digest, scopes, jkt, issued_at, expires_at, family_started_at, replaced_at, successor = row
    if digest is None:
        return None
    return Refresh(
        bytes(digest),
        on,
        frozenset(scopes.split()),
        jkt,
        issued_at,
        expires_at,
        family_started_at,
        replaced_at=replaced_at,
        successor=bytes(successor) if successor is not None else None,
    )


def _pushed(handle: Handle | None, row: Row | None) -> Pushed | None:
    if handle is None or row is None or row[0] is None:
        return None
    client, parameters, jkt, expires_at, used_at = row
    return Pushed(handle.digest, client, json.loads(parameters), jkt, expires_at, used_at=used_at)
