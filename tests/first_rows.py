"""The rows that migrations bring: noted once, put back after each test that really commits.

Such a test empties every table at its end, and the next test of the same worker, whichever that
is, would find a product without its dated rules.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_migrate

from gapura.access.queries.laws import forget_laws
from gapura.authentication.queries import forget_sign_in_rules

_first: dict[str, bytes] = {}


def keep() -> None:
    """Note them when the tables are made; put them back when they were emptied."""
    # Django tells each room that has tables; the last one hears it when all are done.
    rooms = [room for room in apps.get_app_configs() if room.models_module]
    post_migrate.connect(_note_or_put_back, sender=rooms[-1])


def _note_or_put_back(sender: AppConfig, **_: Any) -> None:
    if _first:
        _put_back()
    else:
        tables = [m._meta.db_table for m in apps.get_models() if _is_filled(m)]
        _first.update((table, _out(table)) for table in tables)


def _is_filled(model: type[Model]) -> bool:
    return model.__module__.startswith("gapura.") and model._base_manager.exists()


def _out(table: str) -> bytes:
    copy = f"COPY {connection.ops.quote_name(table)} TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        return b"".join(rows)


def _put_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _first.items():
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} FROM STDIN") as into:
                into.write(rows)
    forget_laws()
    forget_sign_in_rules()
