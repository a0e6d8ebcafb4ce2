"""After a right password: the session that waits for the second factor, in one statement."""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.authentication.rules import Flow, Method, Step
from gapura.authentication.services.limits import Try, forgiven_keys
from gapura.authentication.services.sessions import SignIn
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.ids import uuid7

# Whether somebody has to wait is asked again by the very statement that lets them on: of failures
# that came in while the password was hashed, every one counts. So does a new password.
_OPEN = """
    WITH held AS (
      SELECT 1 FROM authentication_hold WHERE key = ANY(%(keys)s::bytea[]) AND until > %(now)s
      UNION ALL
      SELECT 1 FROM authentication_password WHERE person_id = %(person)s AND hash <> %(kept)s
    ), forgiven AS (
      DELETE FROM authentication_hold
      WHERE key = ANY(%(forgiven)s::bytea[]) AND NOT EXISTS (SELECT FROM held)
    ), replaced AS (
      UPDATE authentication_session SET ended_at = %(now)s, end_reason = 'replaced'
      WHERE id = %(before)s AND ended_at IS NULL AND NOT EXISTS (SELECT FROM held)
    )
    INSERT INTO authentication_session (
      id, token_hash, person_id, acr, methods, flow, created_at, last_seen_at, end_reason, ip,
      user_agent, device_id, place
    )
    SELECT
      %(id)s::uuid, %(token)s, %(person)s::uuid, 0, '', %(flow)s::jsonb, %(now)s::timestamptz,
      %(now)s::timestamptz, '', %(ip)s::inet, %(agent)s, %(device)s::uuid, ''
    WHERE NOT EXISTS (SELECT FROM held)
"""
_NONE = UUID(int=0)


def open_second_step(
    one: Try, person: UUID, kept: str, methods: tuple[Method, ...]
) -> SignIn | None:
    """The session, when nothing holds this try; whatever the browser had open ends.

    Its failures before are forgiven. None when something holds, or when `kept`, the hash that fit,
    is no longer the stored one: then nothing has happened.
    """
    actor, token, session = one.actor, new_token(), uuid7()
    flow = Flow(Step.SECOND_FACTOR, clock.now(), methods[0], methods)
    given: dict[str, Any] = {
        "keys": [key.hashed for key in one.keys],
        "forgiven": [key.hashed for key in forgiven_keys(one, frozenset())],
        "now": flow.at,
        "before": actor.session or _NONE,
        "id": session,
        "token": token_hash(token),
        "person": person,
        "kept": kept,
        "flow": json.dumps(flow.to_json()),
        "ip": actor.ip,
        "agent": actor.user_agent[:300],
        "device": one.device,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, given)
        if not cursor.rowcount:
            return None
    return SignIn(token, session, flow.step, flow.method, methods)
