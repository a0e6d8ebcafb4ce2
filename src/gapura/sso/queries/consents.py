"""A person's own applications: what each may see, and where the person is signed in there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.authentication.queries import STANDING_JOINS, session_lives, standing_params
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso.permissions import Can
from gapura.sso.protocol.records import FAMILY_LIFE
from gapura.sso.protocol.scopes import SCOPES
from gapura.sso.store import WORKS

MOST = 100
_OWN = f"""
    WITH live AS (
        SELECT a.client_id, count(DISTINCT a.session) AS sessions, bool_or(a.offline) AS offline,
               max(a.created_at) AS newest, max(a.last_used_on) AS used
          FROM sso_authorization a {STANDING_JOINS}
         WHERE a.person_id = %(person)s AND a.created_at > %(oldest)s AND ({WORKS}) = ''
         GROUP BY a.client_id)
    SELECT c.id, c.name, c.sandbox, c.agency, s.id IS NOT NULL,
           array_to_string(s.scopes, ' '), s.given_at, s.changed_at,
           coalesce(live.sessions, 0), coalesce(live.offline, false), live.newest, live.used
      FROM sso_client c
      LEFT JOIN sso_consent s
             ON s.client_id = c.id AND s.person_id = %(person)s AND s.withdrawn_at IS NULL
      LEFT JOIN live ON live.client_id = c.id
     WHERE c.id IN (SELECT client_id FROM live
                    UNION SELECT client_id FROM sso_consent
                           WHERE person_id = %(person)s AND withdrawn_at IS NULL)
     ORDER BY greatest(live.newest, s.changed_at) DESC NULLS LAST LIMIT {MOST}
"""  # noqa: S608 - constants only
_HERE = f"""
    SELECT DISTINCT c.name FROM sso_authorization a {STANDING_JOINS}
      JOIN sso_client c ON c.id = a.client_id
     WHERE a.person_id = %(person)s AND a.session = %(session)s AND a.created_at > %(oldest)s
       AND ({WORKS}) = ''
     ORDER BY c.name LIMIT {MOST}
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """One application; `sees` are message ids of what the person allowed.

    `asked` is False where the administration connected it and nobody had to be asked. `sessions`
    counts sign-ins of the person that it takes part in now, `offline` says that it may go on
    without one.
    """

    id: UUID
    name: str
    sandbox: bool
    agency: str
    asked: bool
    sees: tuple[str, ...]
    given_at: datetime | None
    changed_at: datetime | None
    sessions: int
    offline: bool
    newest: datetime | None
    used: date | None


def applications_of(actor: Actor) -> tuple[ApplicationView, ...]:
    """What the actor allowed and where the actor is signed in, newest first. One query.

    :raises Refused: for somebody who is not signed in.
    """
    require(actor, Can.SEE_OWN_CONSENTS)
    with connection.cursor() as cursor:
        cursor.execute(_OWN, _given(actor))
        rows = cursor.fetchall()
    return tuple(_view(*row) for row in rows)


def _view(  # in the order of the statement's columns
    client: UUID, name: str, sandbox: bool, agency: str, asked: bool, scopes: str | None, *more: Any
) -> ApplicationView:
    return ApplicationView(client, name, sandbox, agency, asked, _texts(scopes), *more)


def signed_on_with(actor: Actor) -> tuple[str, ...]:
    """Names of the applications that this very session is signed in to. One query."""
    require(actor, Can.SEE_OWN_CONSENTS)
    with connection.cursor() as cursor:
        cursor.execute(_HERE, _given(actor))
        return tuple(name for (name,) in cursor.fetchall())


def _given(actor: Actor) -> dict[str, Any]:
    now = clock.now()
    own = {"person": actor.who, "session": actor.session, "oldest": now - FAMILY_LIFE}
    return {**standing_params(session_lives(), now), **own}


def _texts(names: str | None) -> tuple[str, ...]:
    kept = (names or "").split()
    return tuple(scope.text for name, scope in SCOPES.items() if name in kept)
