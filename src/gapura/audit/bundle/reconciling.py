"""The business tables against the log, in the live database; bundles do the same offline."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.claims import all_claims
from gapura.audit.findings import Finding, Report
from gapura.audit.offline.tables import Reconciler

CHUNK = 2000
_SAID = ("name", "result", "subject_id", "subject_label")
_TOLD = f"""
    SELECT l.index, e.xid::text, e.person::text, e.facts::text, e.before::text, e.after::text,
           {", ".join(f"e.{name}" for name in _SAID)}
    FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
    WHERE e.name = ANY(%s) ORDER BY l.index NULLS LAST, e.xid, e.id
"""  # noqa: S608 - constants only


class _Findings:
    """Puts what the reconciler finds among the findings of the live check."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def add(self, kind: str, index: int | None = None, **values: Any) -> None:
        """One disagreement."""
        self._report.add(Finding(kind, index, values=values))


def reconcile(reader: BaseDatabaseWrapper, report: Report) -> None:
    """Report every row that disagrees with the log. `reader` is in one snapshot.

    Only where all entries are in the database: what an archived month tells is not known here.
    """
    claims = all_claims()
    reconciler = Reconciler([claim.as_json() for claim in claims], _Findings(report))
    for index, entry in _told(reader, [name.decode() for name in reconciler.events]):
        reconciler.tell(index, entry)
    for claim in claims:
        rows = _stream(reader, claim.rows)
        names = ("id", *claim.columns)
        reconciler.compare(claim.name, (dict(zip(names, row, strict=True)) for row in rows))


def _told(reader: BaseDatabaseWrapper, names: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, xid, person, facts, before, after, *said in _stream(reader, _TOLD, names):
        entry = dict(zip(_SAID, said, strict=True))
        entry |= {"xid": xid, "person": person, "facts": json.loads(facts)}
        entry |= {"before": before and json.loads(before), "after": after and json.loads(after)}
        yield (-1 if index is None else index), entry


def _stream(reader: BaseDatabaseWrapper, sql: str, *params: Any) -> Iterator[tuple[Any, ...]]:
    with reader.chunked_cursor() as cursor:
        cursor.execute(sql, list(params))
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
