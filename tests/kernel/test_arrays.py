"""Arrays that are packed here arrive as the driver's own would."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
from django.db import connection

from gapura.kernel.arrays import packed
from gapura.kernel.ids import uuid7

WIB = timezone(timedelta(hours=7))
COLUMNS: tuple[tuple[str, list[Any]], ...] = (
    ("uuid", [uuid7(), None, uuid7()]),
    ("text", ["", "pasar \N{GREEK SMALL LETTER PI} '\"\\{}", None]),
    ("bytea", [b"\0\xff", None, b""]),
    ("json", ['{"b":1,"a":2}', None]),
    (
        "timestamptz",
        [datetime(2026, 11, 24, 2, 3, 4, 567891, UTC), datetime(1999, 1, 1, tzinfo=WIB), None],
    ),
    ("text", []),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "values"), COLUMNS)
def test_what_is_packed_is_what_arrives(kind: str, values: Sequence[Any]) -> None:
    known = connection.get_connection_params()
    given = {name: known[name] for name in ("dbname", "user", "password", "host", "port")}
    cast = "text" if kind == "json" else kind
    with psycopg.connect(**given) as line:
        sql = f"SELECT v::{cast} FROM unnest(%b::{kind}[]) WITH ORDINALITY AS q (v, n) ORDER BY n"
        rows = line.execute(sql.encode(), [packed(kind, values)]).fetchall()
    assert [row[0] for row in rows] == values
