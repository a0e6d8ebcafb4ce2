"""What lets tests run in a third of the time, and leaves alone what they are about."""

import gc
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import pq
from psycopg._preparing import Prepare, PrepareManager
from whitenoise.base import WhiteNoise

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

# A hash with next to no work; tests/authentication/test_passwords.py looks at the real figures.
QUICK_ARGON2 = {"memory_cost": 8, "time_cost": 1, "parallelism": 1}
_FORGETS = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")


def hash_quickly() -> None:
    """Passwords with next to no work. Before Django is set up: the hasher is made then."""
    from django.conf import settings

    settings.ARGON2 = QUICK_ARGON2


def collect_seldom() -> None:
    """Leave alone what was imported, and look for cycles a tenth as often.

    A worker holds a million things that stay to the end; each look through all of them takes half
    a second. To be called once what stays is there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(7_000, 20, 20)


def keep_prepared() -> None:
    """Statements stay prepared after a rollback.

    Each test ends with one, and psycopg forgets all statements then, as a table made before it may
    be gone. The product's lines live for minutes and plan a statement once; here each would be
    planned anew in every test.
    """
    PrepareManager._should_discard = _should_discard  # type: ignore[method-assign]
    PrepareManager.prepared_max = 1000  # a worker sends as many; a page of the product, ten


def _should_discard(
    self: PrepareManager, prep: Prepare, results: "Sequence[PGresult]", *_: Any
) -> bool:
    if not (self._names or prep == Prepare.SHOULD):
        return False
    done = (r.command_status or b"" for r in results if r.status == pq.ExecStatus.COMMAND_OK)
    return any(map(_FORGETS.match, done)) and self.clear()


def draw_without_constants() -> None:
    """Hypothesis reads all files of the product and of the tests for values to try.

    That takes each worker ten seconds, and what a rule turns on is given to its property test.
    """
    from hypothesis.internal.conjecture import providers

    nothing = providers._local_constants
    providers._get_local_constants = lambda: nothing


def look_once_for_statics() -> None:
    """The files to serve are looked at once they are all there, and not by every test client."""
    WhiteNoise.update_files_dictionary = _files_of


_look = WhiteNoise.update_files_dictionary
_files: dict[int, dict[str, Any]] = {}


def _files_of(self: WhiteNoise, root: str, prefix: str) -> None:
    stamp = Path(root, ".collected")
    made = stamp.stat().st_mtime_ns if stamp.is_file() else 0
    if not made:
        _look(self, root, prefix)
        return
    if made not in _files:
        _look(self, root, prefix)
        _files[made] = self.files
    self.files = dict(_files[made])


# Tests that commit are cleaned up by a TRUNCATE of all tables, which makes a thousand new files.
# Few tables hold anything, and of them only some rows.
_EMPTY = """
DO $$ DECLARE
    name text;
    filled boolean;
BEGIN
    FOREACH name IN ARRAY ARRAY[{}] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    END LOOP;
END $$
"""
# The tables of the log refuse that. One function refuses for all of them: to let it pass for a
# moment is two rows of the catalog, not two a table.
_REFUSES = "SELECT pg_get_functiondef('audit_refuse'::regproc)"
_LETS = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NULL;
END $$
"""


def empty_quickly() -> None:
    """After a test that committed, only what holds rows is emptied, the log as everything else."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush, refuses = DatabaseOperations.execute_sql_flush, list[str]()

    def guarded(self: DatabaseOperations, statements: Iterable[str]) -> None:
        if not refuses:
            with self.connection.cursor() as cursor:
                cursor.execute(_REFUSES)
                refuses.extend(cursor.fetchone() or ())
        flush(self, [_LETS, *statements, *refuses])

    def sql_flush(self: DatabaseOperations, style: Any, tables: Sequence[str], **_: bool) -> Any:
        return [_EMPTY.format(", ".join(f"'{table}'" for table in tables))]

    DatabaseOperations.execute_sql_flush = guarded  # type: ignore[assignment, method-assign]
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[assignment, method-assign]
