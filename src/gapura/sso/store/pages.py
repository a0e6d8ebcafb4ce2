"""The same reads and writes on Django's connection: for pages, services and tests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from gapura.authentication.queries import Lives, session_lives
from gapura.kernel import clock
from gapura.sso.protocol.decisions import Facts, Needs, Write
from gapura.sso.protocol.records import Subject
from gapura.sso.store.applying import applying
from gapura.sso.store.asking import Reading
from gapura.sso.store.people import grants_statement, subjects_read, subjects_statement


def facts(*asks: Needs) -> list[Facts]:
    """What these requests want to know, without the person; one query."""
    reading = Reading(asks, clock.now(), session_lives())
    with connection.cursor() as cursor:
        cursor.execute(reading.sql, reading.params)
        return reading.facts(cursor.fetchall())


def apply(writes: Sequence[Write]) -> Write | None:
    """Write all that a decision asks for; None, or the write for which somebody was first.

    Then nothing is written. Inside a transaction of the caller's it is a part of it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        steps = applying([writes], clock.now())
        try:
            statements = next(steps)
            while True:
                statements = steps.send([_run(cursor, *one) for one in statements])
        except StopIteration as end:
            lost: Write | None = end.value[0]
            return lost


def _run(cursor: CursorWrapper, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    cursor.execute(sql, params)
    return cursor.fetchall() if cursor.description else []


def lives_now() -> Lives:
    """How long sessions live by today's rules; read anew at most twice a minute."""
    return session_lives()


def subjects(*people: UUID) -> dict[UUID, Subject]:
    """People as clients may be told of them, with the grants that work now; two queries."""
    now = clock.now()
    with connection.cursor() as cursor:
        rows = _run(cursor, *subjects_statement(people))
        grants = _run(cursor, *grants_statement(people, now))
    return subjects_read(rows, grants)
