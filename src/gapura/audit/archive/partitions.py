"""The monthly tables behind the log: made ahead, counted, taken out, put back."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal

from gapura.audit.archive.months import first_id_of, shifted

AHEAD = 3
EVENTS, PERSONAL = "audit_event", "audit_personal"
# Whoever writes waits behind a lock that is waited for: rather try again later.
_PATIENCE = "SET LOCAL lock_timeout = '5s'"
_HERE = """
    SELECT to_date(right(c.relname, 7), 'YYYY_MM') FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'audit_event'::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$' ORDER BY 1
"""
_SIZE = """
    SELECT (SELECT count(*) FROM {events}), (SELECT count(*) FROM {parts}),
           (SELECT count(*) FROM {parts} WHERE sealed IS NOT NULL),
           (SELECT id FROM {events} ORDER BY id DESC LIMIT 1)
"""


class Size(NamedTuple):
    """Entries of a month, their personal parts, those of them not erased, the newest entry."""

    entries: int
    parts: int
    open_parts: int
    newest: UUID | None


def table(parent: str, month: date, mark: str = "") -> str:
    """The name of a month's table; with a mark one that is not part of the log yet."""
    return f"{parent}{month.strftime('_%Y_%m')}{mark}"


def make_ahead(today: date, months: int = AHEAD) -> int:
    """Make the tables of this month and the next ones that are missing; answers how many.

    Entries that came before their month's table are taken over into it.
    """
    made = 0
    for ahead in range(months + 1):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_PATIENCE)
            cursor.execute("SELECT audit_make_month(%s)", [shifted(today.replace(day=1), ahead)])
            made += bool((cursor.fetchone() or (False,))[0])
    return made


def months_here() -> list[date]:
    """The months that have a table, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_HERE)
        return [row[0] for row in cursor.fetchall()]


def size_of(month: date, mark: str = "") -> Size:
    """What a month's tables hold."""
    with connection.cursor() as cursor:
        cursor.execute(said_of(_SIZE, month, mark))
        return Size(*(cursor.fetchone() or (0, 0, 0, None)))


def said_of(sql: str, month: date, mark: str = "", **more: Composable) -> str:
    """The statement with the names of the month's tables in {events} and {parts}."""
    names = {
        "events": Identifier(table(EVENTS, month, mark)),
        "parts": Identifier(table(PERSONAL, month, mark)),
        **more,
    }
    return SQL(sql).format(**names).as_string(connection.connection)


def hold(month: date) -> None:
    """Let nobody write into the month until the transaction ends, and take it out of the log."""
    with connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        for parent in (EVENTS, PERSONAL):
            cursor.execute(_sql("ALTER TABLE {} DETACH PARTITION {}", parent, month))


def drop(month: date, mark: str = "") -> None:
    """Remove a month's tables, which are not part of the log any more."""
    with connection.cursor() as cursor:
        for parent in (EVENTS, PERSONAL):
            name = Identifier(table(parent, month, mark))
            cursor.execute(_text(SQL("DROP TABLE IF EXISTS {}").format(name)))


def make_beside(month: date, mark: str) -> None:
    """Empty tables as the log's own, which are not part of it yet.

    With indexes from the start: making them while attaching would hold up all who read.
    """
    with connection.cursor() as cursor:
        for parent in (EVENTS, PERSONAL):
            made = Identifier(table(parent, month, mark))
            sql = "CREATE TABLE {} (LIKE {} INCLUDING ALL)"
            cursor.execute(_text(SQL(sql).format(made, Identifier(parent))))


def take_in(month: date, mark: str) -> None:
    """Make the tables beside the log part of it, in the running transaction.

    :raises django.db.IntegrityError: when the log has entries of that month already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        for parent in (EVENTS, PERSONAL):
            old, new = table(parent, month, mark), table(parent, month)
            cursor.execute(
                _text(SQL("ALTER TABLE {} RENAME TO {}").format(Identifier(old), Identifier(new)))
            )
            cursor.execute("SELECT audit_freeze(%s)", [new])
            bounds = [Literal(str(first_id_of(m))) for m in (month, shifted(month, 1))]
            cursor.execute(
                _sql("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})",
                     parent, month, *bounds)
            )  # fmt: skip


def rows(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _sql(sql: str, parent: str, month: date, *more: Composable) -> str:
    names = (Identifier(parent), Identifier(table(parent, month)))
    return _text(SQL(sql).format(*names, *more))


def _text(composed: Composable) -> str:
    return composed.as_string(connection.connection)
