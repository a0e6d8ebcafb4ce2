"""Writing composed entries: one statement for any number of them."""

from collections.abc import Sequence

from django.db import connection

from gapura.audit.entries import WRITTEN, Entry

BATCH = 500

_CASTS = {"facts": "::json", "before": "::json", "after": "::json", "commitments": "::json"}
_ROW = "(" + ", ".join("%s" + _CASTS.get(name, "") for name in WRITTEN) + ")"
_EVENT = f"INSERT INTO audit_event ({', '.join(WRITTEN)}) VALUES "  # noqa: S608 - constants only
_PERSONAL = "INSERT INTO audit_personal (event_id, part, person, sealed) VALUES "


def write(entries: Sequence[Entry]) -> None:
    """Insert events and their personal parts in the running transaction."""
    for start in range(0, len(entries), BATCH):
        _write(entries[start : start + BATCH])


def _write(entries: Sequence[Entry]) -> None:
    parts = [part for entry in entries for part in entry.parts]
    sql = _EVENT + ", ".join([_ROW] * len(entries))
    params = [value for entry in entries for value in entry.values]
    if parts:
        places = ", ".join(["(%s, %s, %s::uuid, %s)"] * len(parts))
        sql = f"WITH entry AS ({sql}) {_PERSONAL}{places}"
        params += [value for part in parts for value in part]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
