"""Applications that have to be told that a sign-in ended, found in the moment in which it does.

What rests on a session stops working by itself, because whatever is shown here is asked of the
session first. An application that keeps a session of its own can only be told: one message for
each, in the very transaction that ended the session (OpenID Connect Back-Channel Logout 1.0).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from gapura.authentication.services import hear_endings
from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.kernel.jobs import enqueue_many
from gapura.sso.models import LogoutDelivery

JOB = "sso.tell_logout"
WITHDRAWN = "withdrawn"
# No session lives longer, whatever rule is set for it.
_LONGEST_SESSION = timedelta(days=30)
# A message that was made after the newest sign-on of the same session is about that one already.
# An account that is shut ends its sessions without a word in their rows.
_CANDIDATES = """
    SELECT DISTINCT ON (a.client_id, a.session) a.client_id, a.session, a.sid, a.subject,
           CASE WHEN s.end_reason <> '' THEN s.end_reason ELSE p.state END
    FROM sso_authorization a
    JOIN sso_client c
      ON c.id = a.client_id AND c.backchannel_logout_uri <> '' AND c.state = 'active'
    JOIN accounts_person p ON p.id = a.person_id
    JOIN authentication_session s ON s.id = a.session
    WHERE a.person_id = %(person)s AND a.created_at > %(since)s AND a.ended_at IS NULL
      AND (a.client_id = %(client)s::uuid OR (%(client)s::uuid IS NULL AND (
        s.ended_at IS NOT NULL OR p.state IN ('suspended', 'closed'))))
      AND NOT EXISTS (
        SELECT FROM sso_logout_delivery d
        WHERE d.client_id = a.client_id AND d.session = a.session AND d.made_at >= a.created_at)
    ORDER BY a.client_id, a.session, a.created_at DESC
"""


@dataclass(frozen=True, slots=True)
class _Over:
    """Which client learns that which of its sessions is over."""

    client: UUID
    session: UUID
    sid: str
    subject: str
    why: str


def queue_logouts(person: UUID) -> int:
    """Sessions of this person ended: a message for each client that was signed in there.

    One statement where there is nobody to tell. Answers how many messages.
    """
    return _queue(person, None)


def queue_withdrawn(person: UUID, client: UUID) -> int:
    """The same for one client from which the person took back what it was allowed."""
    return _queue(person, client)


hear_endings(queue_logouts)


def _queue(person: UUID, client: UUID | None) -> int:
    now = clock.now()
    given = {"person": person, "client": client, "since": now - _LONGEST_SESSION}
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, given)
        found = [_Over(*row) for row in cursor.fetchall()]
    if not found:
        return 0
    rows = [_message(person, one, WITHDRAWN if client else one.why, now) for one in found]
    for row in rows:
        # Signed in there once more after an earlier end: that message makes room for this one.
        LogoutDelivery.objects.filter(client=row.client_id, session=row.session).delete()
    LogoutDelivery.objects.bulk_create(rows)
    enqueue_many(JOB, [{"delivery": str(row.id)} for row in rows])
    return len(rows)


def _message(person: UUID, one: _Over, why: str, now: datetime) -> LogoutDelivery:
    return LogoutDelivery(
        id=uuid7(),
        client_id=one.client,
        person=person,
        session=one.session,
        sid=one.sid,
        subject=one.subject,
        why=why[:40],
        made_at=now,
        next_at=now,
    )
