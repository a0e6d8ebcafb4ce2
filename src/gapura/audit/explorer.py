"""The statement behind the log page: a table of filters, the reader's scope, the newest first."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from gapura.audit.entries import ACTOR, SUBJECT, Row, select
from gapura.audit.errors import BadLogFilter
from gapura.audit.events import Readers, Result, all_events
from gapura.audit.rules import WHOLE_LOG
from gapura.audit.tree import LATEST, Signed, latest_checkpoint, read_checkpoint_row
from gapura.kernel.actor import Actor
from gapura.kernel.clock import JAKARTA

PAGE = 40
# Entries of one request lie close together: their ids begin with the time in milliseconds.
_REQUEST = 10 * 60 * 1000 << 80
_MOST_RELATED = 20
_LARGEST_PAGE = 200
_MOST_CHOSEN = 100


class Whose(StrEnum):
    """Which view: one's own life, or what one's role oversees."""

    MINE = "mine"
    OVERSEEN = "overseen"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty fields do not filter. Days are those of Jakarta, `until` included.

    `event` is a name or the start of one (`access.`), `names` some whole names, `entries` some ids
    (each at most 100), `after` the `next` of the page before.
    """

    event: str = ""
    actor: str = ""
    subject: str = ""
    agency: str = ""
    role: str = ""
    result: str = ""
    person: UUID | None = None
    since: date | None = None
    until: date | None = None
    after: UUID | None = None
    names: tuple[str, ...] = ()
    entries: tuple[UUID, ...] = ()
    size: int = field(default=PAGE, kw_only=True)

    def __post_init__(self) -> None:
        for name in ("event", "actor", "subject", "agency", "role"):
            value = getattr(self, name)
            if len(value) > 200 or "\0" in value:
                raise BadLogFilter(field=name)
        if max(len(self.names), len(self.entries)) > _MOST_CHOSEN:
            raise BadLogFilter(field="entries")
        if self.event and not re.fullmatch(r"[a-z_]+(\.[a-z_]*){0,2}", self.event):
            raise BadLogFilter(field="event")
        if self.result and self.result not in set(Result):
            raise BadLogFilter(field="result")

    def given(self) -> dict[str, str]:
        """The filters in use, for the record of who looked for what."""
        left_out = {"size", "after", "entries"}
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left_out}
        return {name: str(value) for name, value in found.items() if value}


class Found(NamedTuple):
    """A row, its place in the tree, and by part the sealed values or the erasing event.

    `newest` is the newest checkpoint when it was read, unchecked.
    """

    row: Row
    leaf: int | None
    parts: dict[str, tuple[bytes | None, UUID | None]]
    newest: Signed | None


def first_id(day: date) -> UUID:
    """The smallest UUIDv7 of a legal day in Jakarta."""
    start = datetime.combine(day, time(), ZoneInfo(JAKARTA))
    milliseconds = max(0, min(int(start.timestamp() * 1000), 2**48 - 1))
    return UUID(int=milliseconds << 80)


def _next_day(day: date) -> UUID:
    return UUID(int=2**128 - 1) if day == date.max else first_id(day + timedelta(days=1))


def _names(start: str) -> list[str]:
    return [name for name in all_events() if name.startswith(start)]


def _as_is(value: Any) -> Any:
    return value


_CONDITIONS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "event": ("(e.name = %s)", _as_is),
    "prefix": ("(e.name = ANY(%s))", _names),
    "actor": ("(e.actor_username = %s)", str.lower),
    "subject": ("(e.subject_label = %s)", _as_is),
    "agency": ("(e.agency = %s)", _as_is),
    "role": ("(e.actor_role = %s)", _as_is),
    "result": ("(e.result = %s)", _as_is),
    "person": ("(e.person = %s)", _as_is),
    "since": ("(e.id >= %s)", first_id),
    "until": ("(e.id < %s)", _next_day),
    "after": ("(e.id < %s)", _as_is),
    "names": ("(e.name = ANY(%s))", list),
    "entries": ("(e.id = ANY(%s))", list),
}
# Each row looks its few companions up by index: a plain join may read whole tables for one page.
# The limit is written in: as a parameter, the database would plan this anew for every page.
_PERSONAL = "SELECT sealed, erased_by FROM audit_personal WHERE event_id = e.id AND part = '{0}'"
_JOINED = f"""
    SELECT {select("e")}, l.index, a.sealed, a.erased_by, s.sealed, s.erased_by,
           c.number, c.size, c.root, c.note, c.at
    FROM (SELECT e.*, row_number() OVER (ORDER BY e.id DESC) AS place
          FROM audit_event e WHERE {{where}} ORDER BY e.id DESC LIMIT {{most}}) e
    LEFT JOIN LATERAL (SELECT index FROM audit_leaf WHERE event_id = e.id LIMIT 1) l ON TRUE
    LEFT JOIN LATERAL ({_PERSONAL.format(ACTOR)} LIMIT 1) a ON TRUE
    LEFT JOIN LATERAL ({_PERSONAL.format(SUBJECT)} LIMIT 1) s ON TRUE
    LEFT JOIN ({LATEST}) c ON e.place = 1
    ORDER BY e.id DESC
"""  # noqa: S608 - constants only


def find(actor: Actor, filters: Filters, whose: Whose) -> tuple[list[Found], Signed | None]:
    """Up to one row more than a page, newest first, and the newest checkpoint at that moment."""
    where, params = _scope(actor, whose)
    for name, value in _used(filters):
        sql, turn = _CONDITIONS[name]
        where.append(sql)
        params.append(turn(value))
    found = _run(where, params, min(filters.size, _LARGEST_PAGE) + 1)
    return found, found[0].newest if found else latest_checkpoint()


def find_related(actor: Actor, row: Row, whose: Whose) -> list[Found]:
    """What the same request wrote besides, as far as the reader may see it; oldest first."""
    if not row.request_id:
        return []
    where, params = _scope(actor, whose)
    where += ["e.request_id = %s", "e.id BETWEEN %s AND %s", "e.id <> %s"]
    around = [UUID(int=max(0, UUID(row.id).int + shift)) for shift in (-_REQUEST, _REQUEST)]
    return _run(where, [*params, row.request_id, *around, row.id], _MOST_RELATED)[::-1]


def find_one(entry: UUID) -> Found | None:
    """One row by its id, whoever asks."""
    found = _run(["e.id = %s"], [entry], 1)
    return found[0] if found else None


def _used(filters: Filters) -> list[tuple[str, Any]]:
    used = [(f.name, getattr(filters, f.name)) for f in fields(filters) if f.name != "size"]
    whole = filters.event.count(".") == 2 and not filters.event.endswith(".")
    names = {"event": "event" if whole else "prefix"}
    return [(names.get(name, name), value) for name, value in used if value]


def _scope(actor: Actor, whose: Whose) -> tuple[list[str], list[Any]]:
    if whose == Whose.MINE:
        mine = "(e.person = %s OR e.actor_person = %s) AND e.readers <> %s"
        return [mine], [actor.person, actor.person, Readers.PLATFORM.value]
    if actor.role in WHOLE_LOG:
        return ["TRUE"], []
    return ["e.agency = %s AND e.readers = %s"], [actor.agency, Readers.AGENCY.value]


def _run(where: list[str], params: list[Any], most: int) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(_JOINED.format(where=" AND ".join(where), most=most), params)
        rows = cursor.fetchall()
    newest = read_checkpoint_row(rows[0][-5:]) if rows else None
    return [_found(values, newest) for values in rows]


def _found(values: tuple[Any, ...], newest: Signed | None) -> Found:
    leaf, actor, actor_erased, subject, subject_erased = values[-10:-5]
    parts = {ACTOR: (actor, actor_erased), SUBJECT: (subject, subject_erased)}
    return Found(Row(*values[:-10]), leaf, parts, newest)
