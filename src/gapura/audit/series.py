"""Whom the log tells of often within a time: counted where the entries are, by the thousands."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

# Of one person so many entries are looked at, and so many people at most.
_ENTRIES, _PEOPLE = 100, 200
_FAR = timedelta(days=2)


class Series(NamedTuple):
    """Entries about one person, the newest first; `around` is the entry that they lie around."""

    person: UUID
    entries: tuple[UUID, ...]
    around: UUID | None = None


def told_at(entry: UUID) -> datetime:
    """When an entry was made, to the millisecond: its id begins with the time."""
    return datetime.fromtimestamp((entry.int >> 80) / 1000, UTC)


def _first_from(moment: datetime) -> UUID:
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << 80)


_OFTEN = f"""
    SELECT person, (array_agg(id ORDER BY id DESC))[1:{_ENTRIES}]
      FROM audit_event
     WHERE name = ANY(%(names)s) AND id >= %(first)s AND person IS NOT NULL
     GROUP BY person HAVING count(*) >= %(least)s
     ORDER BY count(*) DESC, person LIMIT {_PEOPLE}
"""  # noqa: S608 - constants only

# Sign-ins are many and what is looked for around them is rare: so that is counted first.
_AROUND = f"""
    WITH often AS (
        SELECT person FROM audit_event
         WHERE name = ANY(%(names)s) AND id >= %(oldest)s AND person IS NOT NULL
         GROUP BY person HAVING count(*) >= %(least)s
         ORDER BY count(*) DESC, person LIMIT {_PEOPLE}
    )
    SELECT a.person, f.ids, a.id
      FROM often
      JOIN audit_event a ON a.person = often.person AND a.name = %(mark)s AND a.id >= %(first)s
       AND (%(fact)s::text = '' OR a.facts->>%(fact)s::text = 'true')
     CROSS JOIN LATERAL (
        SELECT array_agg(id ORDER BY id DESC) AS ids FROM (
            SELECT e.id FROM audit_event e
             WHERE e.person = a.person AND e.name = ANY(%(names)s) AND e.id >= %(oldest)s
               AND e.occurred_at >= a.occurred_at - %(before)s
               AND e.occurred_at <= a.occurred_at + %(after)s
             ORDER BY e.id DESC LIMIT {_ENTRIES}
        ) near
     ) f
     WHERE cardinality(f.ids) >= %(least)s
     ORDER BY a.id DESC LIMIT {_PEOPLE}
"""  # noqa: S608 - constants only

_OF_SESSIONS = """
    SELECT DISTINCT ON (session) session, id FROM audit_event
     WHERE name = %s AND id >= %s AND session = ANY(%s) ORDER BY session, id
"""


def often(names: Collection[str], since: datetime, least: int) -> list[Series]:
    """People about whom there are at least so many entries of these names, most first."""
    values: dict[str, Any] = {
        "names": list(names),
        "first": _first_from(since),
        "least": least,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OFTEN, values)
        return [Series(person, tuple(ids)) for person, ids in cursor.fetchall()]


def often_around(
    mark: str,
    names: Collection[str],
    since: datetime,
    least: int,
    *,
    before: timedelta = timedelta(),
    after: timedelta = timedelta(),
    fact: str = "",
) -> list[Series]:
    """Entries `mark` since then with at least so many of `names` about the same person around them.

    Around is `before` and `after` the mark, at most two days. With `fact` only marks count whose
    fact of that name is true.

    :raises ValueError: for more than two days.
    """
    if max(before, after) > _FAR:
        raise ValueError("entries around another one lie within two days")
    values: dict[str, Any] = {
        "mark": mark,
        "names": list(names),
        "first": _first_from(since),
        "oldest": _first_from(since - before),
        "least": least,
        "before": before,
        "after": after,
        "fact": fact,
    }
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, values)
        return [Series(person, tuple(ids), mark_id) for person, ids, mark_id in cursor.fetchall()]


def entries_of_sessions(
    name: str, sessions: Collection[UUID], since: datetime
) -> Mapping[UUID, UUID]:
    """The first entry of this name since then of each session, by session."""
    if not sessions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_SESSIONS, [name, _first_from(since), list(sessions)])
        return dict(cursor.fetchall())
