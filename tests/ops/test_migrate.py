"""`gapura migrate` on an empty database, with each class drawn alone and as Django does it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from gapura.ops.schema_state import FINDS, drawn_alone

_AS_DJANGO = getattr(ProjectState, FINDS)  # before this run's own tables are made
# Columns, rules, indexes, triggers, functions and partitions, a line each.
_SCHEMA = """
SELECT format('%s.%s %s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default,
              character_maximum_length)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT oid::regprocedure::text || md5(prosrc) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT relname || ' ' || relkind::text || coalesce(pg_get_partkeydef(oid), '')
FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""


@contextmanager
def _empty_database(name: str) -> Iterator[None]:
    """Django talks to a new database meanwhile."""
    kept = connection.settings_dict["NAME"]
    params = connection.get_connection_params()
    known = {key: params[key] for key in ("user", "password", "host", "port") if params.get(key)}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = kept
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _made(name: str, way: AbstractContextManager[None]) -> tuple[set[str], dict[str, int]]:
    with _empty_database(name), way:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            cursor.execute(_SCHEMA)
            schema = {line for (line,) in cursor.fetchall()}
        return schema, {
            model._meta.db_table: model._default_manager.count() for model in apps.get_models()
        }


@pytest.mark.slow
@pytest.mark.pg
def test_classes_drawn_alone_make_the_same_tables_and_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProjectState, FINDS, _AS_DJANGO)
    with django_db_blocker.unblock():
        schema, rows = _made("drawn_as_django", nullcontext())
        quick_schema, quick_rows = _made("drawn_alone", drawn_alone())
    assert len(schema) > 1_000
    assert quick_schema == schema
    assert quick_rows == rows
