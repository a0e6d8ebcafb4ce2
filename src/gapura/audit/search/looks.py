"""Whose life was looked at: so that a look is shown to those it was about."""

from uuid import UUID

from django.db import connection

from gapura.audit.events import all_events
from gapura.audit.search.explorer import Filters
from gapura.kernel.actor import Actor

# How the names of events end that tell of somebody who only looked.
_VERBS = frozenset({"shown", "viewed", "document_viewed", "looked", "looked_up", "explored"})
_ALSO = frozenset({"purchasing.document.opened", "audit.export.asked", "audit.export.fetched"})
_NEWEST = """
    SELECT actor_person FROM audit_event
     WHERE actor_username = %s AND actor_person IS NOT NULL ORDER BY id DESC LIMIT 1
"""


def looks() -> tuple[str, ...]:
    """The names of the events that tell of a look at somebody's data."""
    named = (name for name in all_events() if name.rpartition(".")[2] in _VERBS)
    return tuple(sorted({*named, *(_ALSO & all_events().keys())}))


def whom(actor: Actor, filters: Filters) -> UUID | None:
    """The one person whose entries were asked for, unless it is the actor."""
    if filters.kind == "person":
        return person_of(actor, filters.kind, filters.object_id)
    found = filters.person or _called(filters.actor)
    return None if found == actor.person else found


def person_of(actor: Actor, kind: str, thing: str) -> UUID | None:
    """The person whom a thing of the log is, unless it is the actor; None for other things."""
    try:
        found = UUID(thing) if kind == "person" else None
    except ValueError:
        return None
    return None if found == actor.person else found


def _called(username: str) -> UUID | None:
    if not username:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [username.lower()])
        row = cursor.fetchone()
    return row[0] if row else None
