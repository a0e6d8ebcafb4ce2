"""The log of a country: millions of entries over two years, made by the database itself.

Every entry is a leaf of a real tree, so that each shown row is proven as in life.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.stage import tell

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "20000000"))
MONTHS = 24
PEOPLE = 500_000
_SETTINGS = {
    "synchronous_commit": "off",
    "maintenance_work_mem": "1GB",
    "work_mem": "256MB",
    "max_parallel_maintenance_workers": "1",
}
_INDEXES = """
    SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
      FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
_TABLES = ["audit_event", "audit_personal"]
# Names in the order of RFC 8785, as `gapura.audit.entries.leaf_data` writes them.
_TEXTS = ("actor_role", "actor_username", "agency", "name", "on_behalf_of", "readers", "request_id",
          "result", "subject_id", "subject_kind", "subject_label", "unit", "id", "xid",
          "actor_person", "grant_id", "session", "person")  # fmt: skip
_MOMENTS = ("occurred_at", "recorded_at")
_JSON = ("facts", "before", "after", "commitments")
_MOMENT = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def populate(entries: int = ENTRIES) -> None:
    """Fill the log, which has to be empty, and sign its tree."""
    from django.db import connection

    from gapura.audit.services import checkpoint

    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = '{value}'")
        with _bare(cursor):
            _write(cursor, entries)
        _grow(cursor, entries)
        tell("vacuum and statistics")
        cursor.execute("VACUUM (ANALYZE)")
        for name in _SETTINGS:
            cursor.execute(f"RESET {name}")
    checkpoint(now=True)


def months() -> list[date]:
    """The months that the entries lie in, up to the one before this."""
    from gapura.audit.archive.months import shifted
    from gapura.kernel import clock

    today = clock.now().date().replace(day=1)
    return [shifted(today, back) for back in range(-MONTHS, 0)]


def _write(cursor: "CursorWrapper", entries: int) -> None:
    from gapura.audit.archive.months import first_id_of, shifted
    from gapura.audit.events import all_events

    names = sorted(all_events())[:40]
    statements = Path(__file__).with_suffix(".sql").read_text().split("\n;\n")
    for number, month in enumerate(months()):
        tell(f"entries of {month:%Y-%m}")
        cursor.execute("SELECT audit_make_month(%s)", [month])
        first, past = (first_id_of(m).int >> 80 for m in (month, shifted(month, 1)))
        values: dict[str, Any] = {
            "first": first,
            "step": (past - first - 1) / (entries // MONTHS),
            "entries": entries // MONTHS,
            "total": entries,
            "salt": number * 10_000_019,
            "names": names,
        }
        tables = {
            t: f"audit_{n}{month:_%Y_%m}" for t, n in (("events", "event"), ("parts", "personal"))
        }
        for statement in filter(str.strip, statements):
            cursor.execute(statement.format(**tables), values)


def _grow(cursor: "CursorWrapper", entries: int) -> None:
    """Leaves in the order of ids, then every complete subtree above them."""
    tell("leaves")
    data = f"convert_to({_leaf()}, 'UTF8')"
    cursor.execute(
        "INSERT INTO audit_leaf (index, event_id, hash) "  # noqa: S608
        "SELECT row_number() OVER (ORDER BY id) - 1, id, "
        f"sha256('\\x00'::bytea || {data}) FROM audit_event ORDER BY id"
    )
    level, size = 0, cursor.rowcount
    while size > 1:
        source = "audit_leaf" if level == 0 else "audit_node"
        same = "" if level == 0 else f" AND l.level = {level} AND r.level = {level}"
        cursor.execute(
            f"INSERT INTO audit_node (level, index, hash) SELECT {level + 1}, l.index / 2, "  # noqa: S608
            f"sha256('\\x01'::bytea || l.hash || r.hash) FROM {source} l JOIN {source} r "
            f"ON r.index = l.index + 1 AND l.index % 2 = 0{same}"
        )
        level, size = level + 1, size // 2
    tell(f"{level} levels of nodes")


def _leaf() -> str:
    """The canonical bytes of an entry as SQL, for texts without anything to escape."""
    shown = {
        **{name: f"coalesce('\"' || {name}::text || '\"', 'null')" for name in _TEXTS},
        **{name: f"'\"' || {_MOMENT.format(name)} || '\"'" for name in _MOMENTS},
        **{name: f"coalesce({name}::text, 'null')" for name in _JSON},
    }
    pieces = (f"""'"{name}":' || {shown[name]}""" for name in sorted(shown))
    return "'{' || " + " || ',' || ".join(pieces) + " || '}'"


@contextmanager
def _bare(cursor: "CursorWrapper") -> Iterator[None]:
    """Without indexes but the keys."""
    cursor.execute(_INDEXES, [_TABLES])
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for name, definition in indexes:
        tell(f"index {name}")
        cursor.execute(definition)
