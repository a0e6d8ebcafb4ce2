"""`gapura migrate`: the database's tables and reference data, and the static files."""

import argparse
import json

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gapura.catalog.services import load_categories
from gapura.config.statics import collect
from gapura.kernel.actor import system_actor
from gapura.ops.schema_state import drawn_alone
from gapura.ops.trouble import Trouble, say
from gapura.organizations.services import load_reference
from gapura.sso.services import ensure_keys

OLDEST_SERVER = 15
# One number for all of gapura: two that migrate at once take turns.
_LOCK = 0x67617075


def migrate(options: argparse.Namespace) -> int:
    """Bring everything to this version, or with --check only say what is to be done."""
    check_server()
    waiting = pending()
    if options.check:
        plain = "\n".join(waiting) or "nothing to do"
        print(json.dumps({"pending": waiting}) if options.json else plain)
        return 1 if waiting else 0
    bring_up_to_date(quiet=options.json)
    if options.json:
        print(json.dumps({"applied": waiting}))
    return 0


def bring_up_to_date(*, quiet: bool = False) -> list[str]:
    """Apply what is missing; answers the migrations applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            waiting = pending()
            if waiting:
                if not quiet:
                    say(f"bringing the database to this version, {len(waiting)} steps")
                with drawn_alone():
                    call_command("migrate", interactive=False, verbosity=0)
            load_reference()
            load_categories()
            ensure_keys(actor=system_actor("keys"))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    collect()
    return waiting


def pending() -> list[str]:
    """Names of the migrations that this database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def check_server() -> None:
    """Is the server new enough, and its text encoding right?

    :raises Trouble: with what to do
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, "
                       "current_setting('server_encoding')")  # fmt: skip
        row = cursor.fetchone()
    version, encoding = row or (0, "")
    if version < OLDEST_SERVER:
        raise Trouble(
            f"GAPURA_DATABASE_URL leads to PostgreSQL {version}, and gapura needs {OLDEST_SERVER} "
            "or newer. Use a newer server, or unset the variable to let gapura start its own."
        )
    if encoding != "UTF8":
        raise Trouble(
            f"The database's encoding is {encoding}, and gapura needs UTF8. "
            "Make the database again with: createdb --encoding=UTF8 --template=template0 NAME"
        )
