"""A country's worth of access for the bench: people, letters, grants and requests, by plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.stage import tell

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# The agency, and the unit of it with 400 below, that the personas verify.
AGENCY, UNIT = "D32", "D32.009"
PEOPLE, GRANTS, WAITING = 1_000_000, 2_000_000, 20_000
_SEVERAL, _DECIDED = 400_000, 300_000
TABLES = (
    "accounts_person",
    "organizations_appointmentletter",
    "access_accessrequest",
    "access_grant",
    "access_grantpause",
    "access_expirynotice",
)
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
           || CASE contype WHEN 'f' THEN ' NOT VALID' ELSE '' END
      FROM pg_constraint
     WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u', 'x')
     ORDER BY contype <> 'f'
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
     WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def populate() -> None:
    """Fill the tables; what points at another table is not looked through again afterwards."""
    from django.db import connection

    from gapura.kernel.encryption import seal

    values: dict[str, Any] = {
        "agency": AGENCY,
        "unit": UNIT,
        "people": PEOPLE,
        "grants": GRANTS,
        "waiting": WAITING,
        "several": _SEVERAL,
        "decided": _DECIDED,
        # One and the same number for all: what finds people are the lookups.
        "nik": seal(b"3273010101800001", "accounts_person.nik"),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET work_mem = '256MB'")
        with _bare(cursor):
            for statement in _statements():
                cursor.execute(statement, values)
        cursor.execute("VACUUM (ANALYZE)")
        for name in ("synchronous_commit", "maintenance_work_mem", "work_mem"):
            cursor.execute(f"RESET {name}")


def _statements() -> Iterator[str]:
    text = Path(__file__).with_suffix(".sql").read_text()
    for part in text.split("\n;\n"):
        if part.strip():
            tell(next(line for line in part.split("\n") if not line.startswith("--"))[:60])
            yield part.replace("%(", "\0").replace("%", "%%").replace("\0", "%(")


@contextmanager
def _bare(cursor: "CursorWrapper") -> Iterator[None]:
    """Without indexes and constraints of the large tables but their keys."""
    constraints = _rows(cursor, _CONSTRAINTS)
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    indexes = _rows(cursor, _INDEXES)
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for name, definition in indexes:
        tell(f"index {name}")
        cursor.execute(definition)
    # What others rest on first: keys of a foreign key are primary or unique.
    for table, name, definition in reversed(constraints):
        tell(f"constraint {name}")
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _rows(cursor: "CursorWrapper", query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query, [list(TABLES)])
    return list(cursor.fetchall())
