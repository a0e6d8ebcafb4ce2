"""Which months of the log are only in files: what the newest event about it says."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import first_id_of, month_of, read, said, shifted
from gapura.audit.events import MONTH_ARCHIVED, MONTH_RESTORED
from gapura.kernel import clock

# Only what has its place in the tree counts, in the tree's order.
_NEWEST = """
    SELECT e.id, e.facts FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = ANY(%s) ORDER BY l.index DESC LIMIT 1
"""
# In the tree's order too, and behind it what has no place yet. Ids tell no order: clocks jump.
_LAST = """
    SELECT e.id, e.facts FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = ANY(%s) ORDER BY l.index DESC NULLS FIRST, e.xid DESC LIMIT 1
"""
# A clock that stood in that month later on leaves entries that only look like its own.
_HERE = """
    SELECT EXISTS (SELECT FROM audit_event WHERE id >= %s AND id < %s AND recorded_at < %s)
"""
_NAMES = [MONTH_ARCHIVED.name, MONTH_RESTORED.name]


class ArchivedMonth(NamedTuple):
    """A month that is only in files: its entries, the SHA-256 of its manifest and of its numbers.

    Both in hex; `places` is that of `offline.absent.places`.
    """

    month: date
    entries: int
    manifest: str
    places: str

    def as_fact(self) -> dict[str, Any]:
        """As an event records it."""
        return {
            "month": said(self.month),
            "entries": self.entries,
            "manifest": self.manifest,
            "places": self.places,
        }


class Register(NamedTuple):
    """The archived months, and the event that says so (None before the first)."""

    months: Mapping[date, ArchivedMonth]
    told_by: UUID | None


def archived(reader: BaseDatabaseWrapper | None = None) -> Register:
    """What the newest sealed event says. `reader` is another connection than the usual one."""
    return _read(_NEWEST, reader)


def archived_now() -> Register:
    """What the newest event says, sealed or not: for the one that comes next."""
    return _read(_LAST, None)


def lies_in_archive(event: UUID) -> bool:
    """Whether an entry that is not in the database lies in an archive file, as is sealed.

    Its month is over then, and left as a whole.
    """
    month = month_of(event)
    past = shifted(month, 1)
    if past > clock.now().date() or month not in archived().months:
        return False
    bounds: list[UUID | datetime] = [
        first_id_of(month),
        first_id_of(past),
        datetime.combine(past, time(), UTC),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HERE, bounds)
        return not (cursor.fetchone() or (True,))[0]


def _read(sql: str, reader: BaseDatabaseWrapper | None) -> Register:
    with (reader or connection).cursor() as cursor:
        cursor.execute(sql, [_NAMES])
        row = cursor.fetchone()
    if row is None:
        return Register({}, None)
    facts = json.loads(row[1]) if isinstance(row[1], str) else row[1]
    found = (_month(each) for each in facts.get("archived", ()))
    return Register({one.month: one for one in found if one}, row[0])


def _month(fact: Mapping[str, Any]) -> ArchivedMonth | None:
    month = read(str(fact.get("month", "")))
    if month is None:
        return None
    count = int(fact.get("entries", 0))
    return ArchivedMonth(month, count, str(fact.get("manifest", "")), str(fact.get("places", "")))
