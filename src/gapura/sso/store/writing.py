"""The writes that decisions ask for: one statement for any number of one kind."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from gapura.sso.protocol import handles
from gapura.sso.protocol.decisions import (
    Ended,
    NewAuthorization,
    NewCode,
    NewPushed,
    NewRefresh,
    Once,
    Replaced,
    RevokedJti,
    Used,
    Write,
)
from gapura.sso.store.asking import jti_digest

Statement = tuple[str, list[Any]]

# Binary: as text, each value of an array is searched for what has to be escaped.
_ONCE = """
    INSERT INTO sso_once (bucket, digest, kind)
    SELECT * FROM unnest(%b::date[], %b::bytea[], %b::text[]) ON CONFLICT DO NOTHING
    RETURNING kind, bucket, digest
"""
_USED = """
    WITH q AS MATERIALIZED (
        SELECT * FROM unnest(%b::text[], %b::date[], %b::bytea[], %b::timestamptz[])
                   AS q (kind, bucket, digest, used_at)),
    codes AS (
        UPDATE sso_code t SET used_at = q.used_at FROM q
         WHERE q.kind = 'code' AND t.bucket = q.bucket AND t.digest = q.digest
           AND t.used_at IS NULL RETURNING q.kind, q.bucket, q.digest),
    requests AS (
        UPDATE sso_pushed t SET used_at = q.used_at FROM q
         WHERE q.kind = 'pushed' AND t.bucket = q.bucket AND t.digest = q.digest
           AND t.used_at IS NULL RETURNING q.kind, q.bucket, q.digest)
    SELECT * FROM codes UNION ALL SELECT * FROM requests
"""
_REPLACED = """
    UPDATE sso_refresh t
       SET replaced_at = q.replaced_at, successor_bucket = q.next_bucket, successor = q.next
      FROM unnest(%b::date[], %b::bytea[], %b::timestamptz[], %b::date[], %b::bytea[])
               AS q (bucket, digest, replaced_at, next_bucket, next)
     WHERE t.bucket = q.bucket AND t.digest = q.digest AND t.replaced_at IS NULL
    RETURNING 'refresh', q.bucket, q.digest
"""
_AUTHORIZATION = """
    INSERT INTO sso_authorization (
        id, client_id, person_id, session, sid, subject, scopes, claims, resources, acr, methods,
        signed_in_at, offline, jkt, created_at, end_reason)
    SELECT *, '' FROM unnest(
        %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[], %b::text[], %b::text[], %b::text[],
        %b::text[], %b::text[], %b::int[], %b::text[], %b::timestamptz[], %b::boolean[],
        %b::text[], %b::timestamptz[])
"""
_CODE = """
    INSERT INTO sso_code (
        bucket, digest, "authorization", redirect_uri, nonce, challenge, jkt, expires_at)
    SELECT * FROM unnest(%b::date[], %b::bytea[], %b::uuid[], %b::text[], %b::text[], %b::text[],
                         %b::text[], %b::timestamptz[])
"""
_REFRESH = """
    INSERT INTO sso_refresh (
        bucket, digest, "authorization", scopes, jkt, issued_at, expires_at, family_started_at)
    SELECT * FROM unnest(%b::date[], %b::bytea[], %b::uuid[], %b::text[], %b::text[],
                         %b::timestamptz[], %b::timestamptz[], %b::timestamptz[])
"""
_PUSHED = """
    INSERT INTO sso_pushed (bucket, digest, client, parameters, jkt, expires_at)
    SELECT * FROM unnest(%b::date[], %b::bytea[], %b::uuid[], %b::text[], %b::text[],
                         %b::timestamptz[])
"""
_ENDED = """
    UPDATE sso_authorization t SET ended_at = q.ended_at, end_reason = q.reason
      FROM unnest(%b::uuid[], %b::text[], %b::timestamptz[]) AS q (id, reason, ended_at)
     WHERE t.id = q.id AND t.ended_at IS NULL
"""
_REVOKED = """
    INSERT INTO sso_revoked (bucket, digest)
    SELECT * FROM unnest(%b::date[], %b::bytea[]) ON CONFLICT DO NOTHING
"""


def _once(one: Once, now: datetime) -> tuple[Any, ...]:
    return handles.day(one.expires_at), one.digest, one.kind


def _used(one: Used, now: datetime) -> tuple[Any, ...]:
    return one.kind, one.handle.bucket, one.handle.digest, one.at


def _replaced(one: Replaced, now: datetime) -> tuple[Any, ...]:
    old, new = one.handle, one.successor
    return old.bucket, old.digest, one.at, new.bucket, new.digest


def _authorization(one: NewAuthorization, now: datetime) -> tuple[Any, ...]:
    given = one.authorization
    claims = json.dumps(given.claims) if given.claims else ""
    return (
        given.id, given.client, given.person, given.session, given.sid, given.subject,
        " ".join(sorted(given.scopes)), claims, " ".join(given.resources), given.acr,
        " ".join(given.methods), given.signed_in_at, given.offline, one.jkt, now,
    )  # fmt: skip


def _code(one: NewCode, now: datetime) -> tuple[Any, ...]:
    code = one.code
    return (
        handles.day(code.expires_at), code.digest, code.authorization.id, code.redirect_uri,
        code.nonce, code.challenge, code.jkt, code.expires_at,
    )  # fmt: skip


def _refresh(one: NewRefresh, now: datetime) -> tuple[Any, ...]:
    new = one.refresh
    return (
        handles.month(new.expires_at), new.digest, new.authorization.id,
        " ".join(sorted(new.scopes)), new.jkt, new.issued_at, new.expires_at,
        new.family_started_at,
    )  # fmt: skip


def _pushed(one: NewPushed, now: datetime) -> tuple[Any, ...]:
    new = one.pushed
    parameters = json.dumps(dict(new.parameters))
    return (
        handles.day(new.expires_at), new.digest, new.client, parameters, new.jkt, new.expires_at
    )  # fmt: skip


def _ended(one: Ended, now: datetime) -> tuple[Any, ...]:
    return one.authorization, one.reason[:40], one.at


def _revoked(one: RevokedJti, now: datetime) -> tuple[Any, ...]:
    return handles.day(one.expires_at), jti_digest(one.jti)


_KINDS: Mapping[type[Write], tuple[str, Callable[[Any, datetime], tuple[Any, ...]]]] = (
    MappingProxyType(
        {
            Once: (_ONCE, _once),
            Used: (_USED, _used),
            Replaced: (_REPLACED, _replaced),
            NewAuthorization: (_AUTHORIZATION, _authorization),
            NewCode: (_CODE, _code),
            NewRefresh: (_REFRESH, _refresh),
            NewPushed: (_PUSHED, _pushed),
            Ended: (_ENDED, _ended),
            RevokedJti: (_REVOKED, _revoked),
        }
    )
)


def write_statement(kind: type[Write], writes: Sequence[Write], now: datetime) -> Statement:
    """SQL and parameters of any number of writes of one kind; rows in one order for all.

    Two batches that touch the same rows in different orders would wait for each other. Those that
    happen once (`applying.FIRST`) answer the keys of the rows for which they were first.
    """
    sql, values = _KINDS[kind]
    rows = sorted((values(one, now) for one in writes), key=_place)
    return sql, [list(column) for column in zip(*rows, strict=True)]


def _place(row: tuple[Any, ...]) -> list[str]:
    return [str(value) for value in row[:3]]
