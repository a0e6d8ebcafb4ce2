"""Finds shapes among entries in the order of their leaves, so that none is passed over or twice.

A watcher keeps the next leaf it has not seen. New leaves only say *where* to look: what counts is
then read from the log around them by time, so an entry that was sealed late still counts.
"""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from gapura.audit.shapes import Amount, Each, Often, Shape, Silence, Soon, Without

# Of one subject so many entries are looked at for one finding.
MOST_ENTRIES = 2000
# Findings of one look; what is beyond it is found by the smaller look that follows.
MOST_FOUND = 1000
# Ids begin with the time; entries are written a little after the act they tell of.
_SLACK = "interval '1 hour'"
_TYPES = {"person": "uuid", "actor_person": "uuid", "agency": "text"}
_FIRST_ID = (
    "(lpad(to_hex((extract(epoch FROM {0}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid"
)


class Seen(NamedTuple):
    """One entry of a finding."""

    id: UUID
    at: datetime


class Pattern(NamedTuple):
    """What was found about one subject: who, whose, where, and the entries, oldest first."""

    subject: str
    person: UUID | None
    username: str
    agency: str
    unit: str
    session: UUID | None
    entries: tuple[Seen, ...]


_FRESH = """
    fresh AS MATERIALIZED (
        SELECT e.id, e.occurred_at, e.name, e.person, e.actor_person, e.actor_username, e.agency,
               e.unit, e.session, e.grant_id, e.subject_kind, e.subject_id, e.subject_label, e.facts
          FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id
         WHERE l.index >= %(first)s AND l.index < %(last)s AND e.name = ANY(%(names)s)
    )
"""
# About the actor a finding names the actor; else whose life the entry is.
_ABOUT = {
    "actor_person": ("e.actor_person", "e.actor_username"),
    "person": ("e.person", "CASE WHEN e.subject_kind = 'person' THEN e.subject_label ELSE '' END"),
}
_NOBODY = ("NULL::uuid", "''")


def _key(by: str) -> str:
    return "'log'" if by == "everything" else f"nullif(e.{by}::text, '')"


def _one(by: str, entries: str) -> str:
    """The columns of a finding of a single fresh entry `e`."""
    person, username = _ABOUT.get(by, _NOBODY)
    return f"{_key(by)}, {person}, {username}, e.agency, e.unit, e.session, {entries}"


_SINGLE = "ARRAY[e.id], ARRAY[e.occurred_at]"
_PAIR = "ARRAY[x.id, e.id], ARRAY[x.occurred_at, e.occurred_at]"
_ORDER = f"ORDER BY e.occurred_at, e.id LIMIT {MOST_FOUND}"


def _each(shape: Each, amount: Amount) -> str:
    return f"""
        WITH {_FRESH} SELECT {_one(shape.by, _SINGLE)} FROM fresh e
         WHERE {_key(shape.by)} IS NOT NULL
           AND (%(fact)s = '' OR e.facts->>%(fact)s = ANY(%(among)s)) {_ORDER}
    """  # noqa: S608 - constants only


def _silence(shape: Silence, amount: Amount) -> str:
    return f"""
        WITH {_FRESH} SELECT {_one("person", _PAIR)} FROM fresh e
         CROSS JOIN LATERAL (
            SELECT b.id, b.occurred_at FROM audit_event b
             WHERE b.person = e.person AND b.name = ANY(%(names)s) AND b.id < e.id
             ORDER BY b.id DESC LIMIT 1) x
         WHERE e.occurred_at - x.occurred_at >= %(within)s {_ORDER}
    """  # noqa: S608 - constants only


def _soon(shape: Soon, amount: Amount) -> str:
    mine, theirs = shape.on
    since = _FIRST_ID.format(f"e.occurred_at - %(within)s - {_SLACK}")
    return f"""
        WITH {_FRESH} SELECT {_one("actor_person", _PAIR)} FROM fresh e
         CROSS JOIN LATERAL (
            SELECT b.id, b.occurred_at FROM audit_event b
             WHERE b.{theirs}::text = e.{mine}::text AND b.name = ANY(%(earlier)s) AND b.id < e.id
               AND b.id >= {since} AND b.occurred_at >= e.occurred_at - %(within)s
             ORDER BY b.id DESC LIMIT 1) x
         WHERE e.actor_person IS NOT NULL {_ORDER}
    """  # noqa: S608 - constants only


def _without(shape: Without, amount: Amount) -> str:
    return f"""
        WITH {_FRESH} SELECT {_one("actor_person", _SINGLE)} FROM fresh e
         WHERE e.actor_person IS NOT NULL
           AND (%(fact)s = '' OR coalesce(e.facts->>%(fact)s, '') <> '')
           AND NOT EXISTS (
            SELECT 1 FROM audit_event b
             WHERE b.subject_kind = e.subject_kind AND b.subject_id = e.subject_id
               AND b.name = ANY(%(earlier)s) AND b.actor_person = e.actor_person
               AND b.occurred_at <= e.occurred_at) {_ORDER}
    """  # noqa: S608 - constants only


def _near(by: str) -> str:
    if by == "everything":
        return "TRUE"
    return f"e.{by} = s.key::{_TYPES[by]}"


# What happened at two agencies is shown to neither as its own: the platform looks at it.
_ONE_AGENCY = "count(DISTINCT nullif(n.agency, '')) = 1"
# Windows that hold a fresh entry; of each subject those entries that lie in a full window.
_OFTEN = f"""
    WITH {_FRESH},
    span AS (
        SELECT {{key}} AS key, min(e.occurred_at) - %(within)s AS since,
               max(e.occurred_at) + %(within)s AS until
          FROM fresh e GROUP BY 1 HAVING {{key}} IS NOT NULL),
    near AS (
        SELECT s.key, n.* FROM span s CROSS JOIN LATERAL (
            SELECT e.id, e.occurred_at, {{person}} AS who, {{username}} AS username, e.agency,
                   e.unit, {{what}} AS what
              FROM audit_event e
             WHERE {{near}} AND e.name = ANY(%(names)s) AND e.id >= {{first}} AND e.id <= {{last}}
               AND e.occurred_at BETWEEN s.since AND s.until
             ORDER BY e.id DESC LIMIT {MOST_ENTRIES}) n),
    counted AS (
        SELECT key, occurred_at, count(*) OVER (PARTITION BY key ORDER BY occurred_at
               RANGE BETWEEN %(within)s PRECEDING AND CURRENT ROW) AS number FROM near),
    hot AS (
        SELECT key, min(occurred_at) - %(within)s AS since, max(occurred_at) AS until
          FROM counted WHERE number >= %(least)s GROUP BY key)
    SELECT n.key, (max(n.who::text))::uuid, max(n.username),
           CASE WHEN {_ONE_AGENCY} THEN max(n.agency) ELSE '' END,
           CASE WHEN {_ONE_AGENCY} AND count(DISTINCT nullif(n.unit, '')) = 1
                THEN max(n.unit) ELSE '' END,
           NULL::uuid, array_agg(n.id ORDER BY n.occurred_at, n.id),
           array_agg(n.occurred_at ORDER BY n.occurred_at, n.id)
      FROM near n JOIN hot h ON h.key = n.key AND n.occurred_at BETWEEN h.since AND h.until
     GROUP BY n.key HAVING count(DISTINCT n.what) >= %(different)s
     ORDER BY n.key LIMIT {MOST_FOUND}
"""  # noqa: S608 - constants only


def _often(shape: Often, amount: Amount) -> str:
    person, username = _ABOUT.get(shape.by, _NOBODY)
    return _OFTEN.format(
        key=_key(shape.by),
        person=person,
        username=username,
        what=f"e.{shape.different}::text" if shape.different else "e.id::text",
        near=_near(shape.by),
        first=_FIRST_ID.format(f"s.since - {_SLACK}"),
        last=_FIRST_ID.format(f"s.until + {_SLACK}"),
    )


_STATEMENTS = {Each: _each, Often: _often, Silence: _silence, Soon: _soon, Without: _without}


def patterns(shape: Shape, amount: Amount, first: int, last: int) -> list[Pattern]:
    """What of this shape the leaves from `first` until before `last` complete; one statement.

    At most 1,000 findings, each of at most 2,000 entries: look through fewer leaves for more.
    """
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "names": list(shape.names),
        "earlier": list(getattr(shape, "earlier", ())),
        "fact": getattr(shape, "fact", ""),
        "among": list(getattr(shape, "among", ())),
        "within": amount.within,
        "least": amount.least,
        "different": amount.different,
    }
    statement = _STATEMENTS[type(shape)](shape, amount)  # type: ignore[operator]
    used = {name: value for name, value in values.items() if f"%({name})s" in statement}
    with connection.cursor() as cursor:
        cursor.execute(statement, used)
        return [_pattern(row) for row in cursor.fetchall()]


def _pattern(row: tuple[Any, ...]) -> Pattern:
    entries = tuple(Seen(*pair) for pair in zip(row[6], row[7], strict=True))
    return Pattern(row[0], row[1], row[2], row[3], row[4], row[5], entries)


def leaves() -> int:
    """How many entries have their place in the tree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT index + 1 FROM audit_leaf ORDER BY index DESC LIMIT 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def names_between(first: int, last: int) -> frozenset[str]:
    """The names of the entries at these leaves: who watches for others need not look."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.name FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id "
            "WHERE l.index >= %s AND l.index < %s",
            [first, last],
        )
        return frozenset(name for (name,) in cursor.fetchall())


def newest_about(kind: str, ids: list[str]) -> dict[str, Seen]:
    """The newest entry about each of these subjects, by its id."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (subject_id) subject_id, id, occurred_at FROM audit_event "
            "WHERE subject_kind = %s AND subject_id = ANY(%s) ORDER BY subject_id, id DESC",
            [kind, ids],
        )
        return {subject: Seen(entry, at) for subject, entry, at in cursor.fetchall()}
