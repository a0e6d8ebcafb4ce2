"""The business tables against the log, in the live database; bundles do the same offline."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive import files
from gapura.audit.archive.comparing import compared
from gapura.audit.archive.months import read
from gapura.audit.claims import all_claims
from gapura.audit.errors import BadArchive
from gapura.audit.findings import Finding, Report
from gapura.audit.offline.absent import Ranges, count_in
from gapura.audit.offline.tables import Reconciler

CHUNK = 2000
# Behind all numbers: what waits for one.
_LAST = 2**62
_SAID = ("name", "result", "subject_id", "subject_label", "actor_person")
_TOLD = f"""
    SELECT l.index, e.xid::text, e.person::text, e.facts::text, e.before::text, e.after::text,
           {", ".join(f"e.{name}::text" for name in _SAID)}
    FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
    WHERE e.name = ANY(%s) ORDER BY l.index NULLS LAST, e.xid, e.id
"""  # noqa: S608 - constants only

Told = tuple[int, dict[str, Any]]


class _Findings:
    """Puts what the reconciler finds among the findings of the live check."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def add(self, kind: str, index: int | None = None, **values: Any) -> None:
        """One disagreement."""
        self._report.add(Finding(kind, None if index == _LAST else index, values=values))


def reconcile(
    reader: BaseDatabaseWrapper,
    report: Report,
    absent: Mapping[date, Ranges],
    archives: Sequence[Path] = (),
) -> None:
    """Report every row that disagrees with the log. `reader` is in one snapshot.

    `absent` are the numbers of the months that are only in files. What they tell is read from
    `archives`, their folders; of those not given only the entries behind them are compared, and the
    report says how many entries that leaves out.

    :raises BadArchive: when a folder cannot be read or is not the one that the log names.
    """
    given = {month: folder for folder in archives for month in _month(folder, report)}
    hidden = {month: ranges for month, ranges in absent.items() if month not in given}
    report.absent = sum(count_in(ranges) for ranges in hidden.values())
    starts = sorted(first for ranges in hidden.values() for first, _ in ranges)
    claims = all_claims()
    told = [claim.as_json() for claim in claims]
    reconciler = Reconciler(told, _Findings(report), lambda at: bisect_right(starts, at))
    names = [name.decode() for name in reconciler.events]
    old = (_archived(folder, names) for month, folder in given.items() if month in absent)
    for index, entry in merge(_told(reader, names), *old, key=lambda pair: pair[0]):
        reconciler.tell(index, entry)
    for claim in claims:
        rows = _stream(reader, claim.rows)
        reconciler.compare(claim.name, map(claim.row, rows))


def _month(folder: Path, report: Report) -> Iterator[date]:
    """The month of an archive, none if it is in the database again.

    Its manifest has to be the one that the log names.
    """
    values, manifest = files.read_manifest(folder)
    known = report.archived.get(str(values["month"]))
    if known and known["manifest"] != manifest:
        raise BadArchive(folder=str(folder), why="no entry of the log names its manifest")
    month = read(str(values["month"]))
    if known and month:
        yield month


def _archived(folder: Path, names: list[str]) -> Iterator[Told]:
    """The entries of an archive, each held against the hash in the tree."""
    wanted = frozenset(names)
    for batch in compared(files.leaves(folder), folder):
        for leaf in batch:
            entry = json.loads(leaf.data)
            if entry["name"] in wanted:
                yield leaf.at, entry


def _told(reader: BaseDatabaseWrapper, names: list[str]) -> Iterator[Told]:
    for index, xid, person, facts, before, after, *said in _stream(reader, _TOLD, names):
        entry = dict(zip(_SAID, said, strict=True))
        entry |= {"xid": xid, "person": person, "facts": json.loads(facts)}
        entry |= {"before": before and json.loads(before), "after": after and json.loads(after)}
        yield (_LAST if index is None else index), entry


def _stream(reader: BaseDatabaseWrapper, sql: str, *params: Any) -> Iterator[tuple[Any, ...]]:
    with reader.chunked_cursor() as cursor:
        cursor.execute(sql, list(params))
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
