"""The statement behind the log page: the reader's scope, a table of filters, both directions."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from gapura.audit.addresses import find_by
from gapura.audit.entries import ACTOR, SUBJECT, Row, select
from gapura.audit.events import all_events
from gapura.audit.search.filters import PAGE, Filters, Whose, before_end, first_id, from_start
from gapura.audit.search.scopes import SCOPES, Arm
from gapura.audit.search.words import query_of
from gapura.audit.tree.stored import LATEST, Signed, latest_checkpoint, read_checkpoint_row
from gapura.kernel.actor import Actor

__all__ = [
    "PAGE", "SCOPES", "Arm", "Filters", "Found", "Page", "Whose", "count_found", "find", "find_one",
    "find_related", "first_id",
]  # fmt: skip

# Entries of one request lie close together: their ids begin with the time in milliseconds.
_REQUEST = 10 * 60 * 1000 << 80
_MOST_RELATED = 20
_LARGEST_PAGE = 200


class Found(NamedTuple):
    """A row, its place in the tree, and by part the sealed values or the erasing event.

    `newest` is the newest checkpoint when it was read, unchecked.
    """

    row: Row
    leaf: int | None
    parts: dict[str, tuple[bytes | None, UUID | None]]
    newest: Signed | None


class Page(NamedTuple):
    """Entries in reading order, whether there are more on either side, the newest checkpoint."""

    found: list[Found]
    goes_on: bool
    went_before: bool
    newest: Signed | None


def _names(start: str) -> list[str]:
    return [name for name in all_events() if name.startswith(start)]


def _as_is(value: Any) -> Any:
    return value


_CONDITIONS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "event": ("e.name = %s", _as_is),
    "prefix": ("e.name = ANY(%s)", _names),
    "actor": ("e.actor_username = %s", str.lower),
    "subject": ("e.subject_label = %s", _as_is),
    "kind": ("e.subject_kind = %s", _as_is),
    "object_id": ("e.subject_id = %s", _as_is),
    "agency": ("e.agency = %s", _as_is),
    "role": ("e.actor_role = %s", _as_is),
    "result": ("e.result = %s", _as_is),
    "person": ("e.person = %s", _as_is),
    "session": ("e.session = %s", _as_is),
    "request": ("e.request_id = %s", _as_is),
    "address": (
        f"e.id IN (SELECT event_id FROM audit_personal WHERE address = %s AND part = '{ACTOR}')",  # noqa: S608
        find_by,
    ),
    "since": ("e.id >= %s", from_start),
    "until": ("e.id < %s", before_end),
    "names": ("e.name = ANY(%s)", list),
    "entries": ("e.id = ANY(%s)", list),
}
# Each row looks its few companions up by index: a plain join may read whole tables for one page.
# The limit is written in: as a parameter, the database would plan this anew for every page.
# Both parts of an entry come in one look: each more costs one for every month there is.
_SIDE = "(array_agg({1}) FILTER (WHERE part = '{0}'))[1]"
_PARTS = f"""
    SELECT {_SIDE.format(ACTOR, "sealed")} AS actor, {_SIDE.format(ACTOR, "erased_by")} AS actor_by,
           {_SIDE.format(SUBJECT, "sealed")} AS subject,
           {_SIDE.format(SUBJECT, "erased_by")} AS subject_by
      FROM audit_personal WHERE event_id = e.id
"""  # noqa: S608 - constants only
_JOINED = f"""
    SELECT {select("e")}, l.index, p.actor, p.actor_by, p.subject, p.subject_by,
           c.number, c.size, c.root, c.note, c.at
    FROM (SELECT e.*, row_number() OVER (ORDER BY e.id {{order}}) AS place
          FROM ({{entries}}) e ORDER BY e.id {{order}} LIMIT {{most}}) e
    LEFT JOIN LATERAL (SELECT index FROM audit_leaf WHERE event_id = e.id LIMIT 1) l ON TRUE
    LEFT JOIN LATERAL ({_PARTS}) p ON TRUE
    LEFT JOIN ({LATEST}) c ON e.place = 1
    ORDER BY e.id {{order}}
"""  # noqa: S608 - constants only
_ONE_ARM = "SELECT {columns} FROM audit_event e WHERE {where} ORDER BY e.id {order} LIMIT {most}"


def find(actor: Actor, filters: Filters, whose: Whose, arms: list[Arm] | None = None) -> Page:
    """One page in reading order (newest first, unless `oldest_first`), two queries at most.

    Besides the scope and the filters an entry has to fit one of `arms`, where they are given; for
    those that are asked `first` there is one query more.
    """
    size = min(filters.size, _LARGEST_PAGE)
    back = filters.before is not None
    order = "ASC" if filters.oldest_first != back else "DESC"
    where, params = _conditions(filters, order)
    ways = [
        Arm(
            " AND ".join([scope.sql, arm.sql, *where]),
            (*scope.params, *arm.params, *params),
            arm.first,
        )
        for scope, arm in product(SCOPES[whose](actor), arms or [Arm("TRUE")])
    ]
    found = _run(_found_first(ways, size + 1, order), size + 1, order)
    more, shown = len(found) > size, found[:size]
    newest = found[0].newest if found else latest_checkpoint()
    if back:
        return Page(shown[::-1], goes_on=True, went_before=more, newest=newest)
    return Page(shown, goes_on=more, went_before=filters.after is not None, newest=newest)


def count_found(
    actor: Actor, filters: Filters, whose: Whose, most: int, upto: UUID | None = None
) -> int:
    """How many entries fit, at most `most`; `upto` leaves out younger ones. One query."""
    where, params = _conditions(replace(filters, after=upto, before=None), "DESC")
    ways = SCOPES[whose](actor)
    sql = " UNION ALL ".join(
        f"(SELECT e.id FROM audit_event e WHERE {' AND '.join([way.sql, *where])} LIMIT {most})"  # noqa: S608
        for way in ways
    )
    values = [value for way in ways for value in (*way.params, *params)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT id) FROM ({sql}) e", values)  # noqa: S608
        row = cursor.fetchone()
    return min(most, row[0]) if row else 0


def find_related(actor: Actor, row: Row, whose: Whose) -> list[Found]:
    """What the same request wrote besides, as far as the reader may see it; oldest first."""
    if not row.request_id:
        return []
    around = [UUID(int=max(0, UUID(row.id).int + shift)) for shift in (-_REQUEST, _REQUEST)]
    same = "e.request_id = %s AND e.id BETWEEN %s AND %s AND e.id <> %s"
    ways = [
        Arm(f"{scope.sql} AND {same}", (*scope.params, row.request_id, *around, row.id))
        for scope in SCOPES[whose](actor)
    ]
    return _run(ways, _MOST_RELATED, "DESC")[::-1]


def find_one(entry: UUID) -> Found | None:
    """One row by its id, whoever asks."""
    found = _run([Arm("e.id = %s", (entry,))], 1, "DESC")
    return found[0] if found else None


def _conditions(filters: Filters, order: str) -> tuple[list[str], list[Any]]:
    where, params = [], []
    for name, value in filters.used():
        sql, turn = _CONDITIONS[name]
        where.append(sql)
        params.append(turn(value))
    if filters.text:
        # Written in: only then does the database know how common the words are.
        where.append(query_of(filters.text))
    cursor = filters.before or filters.after
    if cursor:
        where.append("e.id > %s" if order == "ASC" else "e.id < %s")
        params.append(cursor)
    return where, params


def _found_first(ways: list[Arm], most: int, order: str) -> list[Arm]:
    """Those that are asked first give way to the ids of their entries."""
    asked = [way for way in ways if way.first]
    if not asked:
        return ways
    arms = [_arm("e.id", way, most, order) for way in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({arm})" for arm in arms),
            [value for way in asked for value in way.params],
        )
        ids = [entry for (entry,) in cursor.fetchall()]
    rest = [way for way in ways if not way.first]
    return [*rest, Arm("e.id = ANY(%s)", (ids,))] if ids or not rest else rest


def _arm(columns: str, way: Arm, most: int, order: str) -> str:
    return _ONE_ARM.format(columns=columns, where=way.sql, order=order, most=most)


def _run(ways: list[Arm], most: int, order: str) -> list[Found]:
    arms = [_arm("e.*", way, most, order) for way in ways]
    entries = arms[0]
    if len(arms) > 1:
        together = " UNION ALL ".join(f"({arm})" for arm in arms)
        entries = f"SELECT DISTINCT ON (e.id) e.* FROM ({together}) e ORDER BY e.id {order}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            _JOINED.format(entries=entries, most=most, order=order),
            [value for way in ways for value in way.params],
        )
        rows = cursor.fetchall()
    newest = read_checkpoint_row(rows[0][-5:]) if rows else None
    return [_found(values, newest) for values in rows]


def _found(values: tuple[Any, ...], newest: Signed | None) -> Found:
    leaf, actor, actor_erased, subject, subject_erased = values[-10:-5]
    parts = {ACTOR: (actor, actor_erased), SUBJECT: (subject, subject_erased)}
    return Found(Row(*values[:-10]), leaf, parts, newest)
