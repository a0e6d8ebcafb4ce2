"""Looks for words everywhere: each column of each table, what is sealed, files of the run."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection

from gapura.audit.commitments import context, open_values
from gapura.audit.models import PersonalPart
from gapura.documents.models import Stored
from gapura.documents.store import STORE
from gapura.kernel.encryption import SealedText

_TABLES = """
    SELECT table_schema, table_name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
"""


def places_of(words: Collection[str]) -> set[str]:
    """Where any of the words stands, in any case, clear or sealed: `table` or a file's path."""
    wanted = {word.lower() for word in words}
    return {where for where, text in (*_rows(wanted), *_sealed(), *_files()) if _has(text, wanted)}


def _has(text: str, wanted: set[str]) -> bool:
    low = text.lower()
    return any(word in low for word in wanted)


def _rows(wanted: set[str]) -> Iterator[tuple[str, str]]:
    """Rows as text; bytes stand there in hex, so the words are looked for in hex, too."""
    likes = [f"%{word}%" for word in wanted]
    likes += [f"%{word.encode().hex()}%" for word in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for schema, table in cursor.fetchall():
            named = f'"{schema}"."{table}"'
            cursor.execute(
                f"SELECT r::text FROM {named} r WHERE lower(r::text) LIKE ANY(%s)",
                [likes],
            )
            if cursor.fetchone():
                yield table, next(iter(wanted))


def _sealed() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedText):
                for value in model._default_manager.values_list(field.attname, flat=True):
                    yield f"{model._meta.db_table}.{field.column}", value or ""
    for key in Stored.objects.values_list("key", flat=True):
        yield f"documents_stored:{key}", STORE.get(key).decode("latin-1")
    for part in PersonalPart.objects.exclude(sealed=None):
        opened = open_values(bytes(part.sealed or b""), context(part.event_id, part.part))
        yield "audit_personal", " ".join(str(value) for _, value in opened.values())


def _files() -> Iterator[tuple[str, str]]:
    """Whatever the run wrote into its data folder: logs, exports, caught mails."""
    folder = Path(os.environ["GAPURA_DATA_DIR"])
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes().decode("latin-1")
