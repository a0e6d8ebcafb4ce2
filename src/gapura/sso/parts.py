"""The partitions of what was issued: made ahead, and dropped as a whole when their time is over."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier

DAILY = ("sso_code", "sso_pushed", "sso_once", "sso_revoked")
MONTHLY = "sso_refresh"
DAYS_AHEAD, MONTHS_AHEAD = 3, 3
# Clocks differ a little, and a batch may have been under way at midnight.
KEPT_AFTER = timedelta(days=1)
# Whoever signs in waits behind a lock that is waited for: rather try again in an hour.
_PATIENCE = "SET LOCAL lock_timeout = '1s'"
_HERE = """
    SELECT p.relname, c.relname, to_date(right(c.relname, 10), 'YYYY_MM_DD')
      FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
     WHERE p.oid = ANY(%s::text[]::regclass[]) AND c.relname ~ '_[0-9]{4}_[0-9]{2}_[0-9]{2}$'
     ORDER BY 1, 2
"""


class Part(NamedTuple):
    """One partition: of which table, its own name, its first day."""

    parent: str
    name: str
    first: date

    @property
    def past(self) -> date:
        """The first day after it."""
        if self.parent != MONTHLY:
            return self.first + timedelta(days=1)
        return (self.first + timedelta(days=32)).replace(day=1)


def parts_here() -> list[Part]:
    """Every partition that has a time, by table and day."""
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [[*DAILY, MONTHLY]])
        return [Part(*row) for row in cursor.fetchall()]


def make_ahead(now: datetime) -> int:
    """Make the partitions of today and the days to come that are missing; answers how many.

    What came before its partition lies in the table's rest and is taken over.
    """
    today = now.astimezone(UTC).date()
    days = [(t, today + timedelta(days=n)) for t in DAILY for n in range(DAYS_AHEAD + 1)]
    months = [(MONTHLY, month) for month in _months(today)]
    return sum(_made(table, day) for table, day in (*days, *months))


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    for _ in range(MONTHS_AHEAD):
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


def _made(table: str, day: date) -> bool:
    with _Patient() as patient, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute("SELECT sso_make_part(%s, %s)", [table, day])
        patient.done = bool((cursor.fetchone() or (False,))[0])
    return patient.done


def drop_past(now: datetime) -> int:
    """Drop the partitions whose time is over, and what is over of the rest; answers how many."""
    today = (now - KEPT_AFTER).astimezone(UTC).date()
    with connection.cursor() as cursor:
        for table in (*DAILY, MONTHLY):
            rest = SQL("DELETE FROM {} WHERE bucket < %s").format(Identifier(f"{table}_other"))
            # A month's rest is kept until its last day is over, like the month itself.
            first = today.replace(day=1) if table == MONTHLY else today
            cursor.execute(rest.as_string(connection.connection), [first])
    return sum(_dropped(part) for part in parts_here() if part.past <= today)


def _dropped(part: Part) -> bool:
    with _Patient() as patient, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        drop = SQL("DROP TABLE {}").format(Identifier(part.name))
        cursor.execute(drop.as_string(connection.connection))
        patient.done = True
    return patient.done


class _Patient:
    """Somebody holds the table: left for the next time."""

    done = False

    def __enter__(self) -> "_Patient":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return isinstance(error, OperationalError) and isinstance(error.__cause__, LockNotAvailable)
