"""Entries that only their hashes are left of: lawfully archived as whole months, or missing."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import first_id_of, month_of, said, shifted
from gapura.audit.archive.register import archived
from gapura.audit.events import MONTH_ARCHIVED, MONTH_RESTORED
from gapura.audit.findings import Finding, Report
from gapura.audit.offline.absent import (
    ArchiveTold,
    Ranges,
    count_in,
    extend,
    places,
    sealed_months,
)

_KEPT = 10_000
_TOLD = """
    SELECT l.index, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), e.name, e.subject_id,
           e.facts::text
      FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = ANY(%s) ORDER BY l.index
"""
_TORN = """
    SELECT EXISTS (
        SELECT FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
         WHERE e.id >= %s AND e.id < %s AND e.recorded_at < %s
           AND l.index <= (SELECT index FROM audit_leaf WHERE event_id = %s))
"""


class Absences:
    """Collects absent entries, then tells archived months from missing entries.

    A month counts as archived when the newest entry about archives says so, and with exactly as
    many entries, at the very numbers, as are absent. It leaves as a whole: no entry of it may have
    stayed, unless a clock stood in that month later on. Each entry that says so was recorded when
    the month was over for as long as the law of the log demands.
    """

    def __init__(self, reader: BaseDatabaseWrapper) -> None:
        self._reader, self._register = reader, archived(reader)
        self.months = self._register.months
        # The numbers of the months that are lawfully in files only, once they were judged.
        self.lawful: dict[date, Ranges] = {}
        self._numbers: dict[date, Ranges] = {}
        self._places: dict[date, list[tuple[int, UUID]]] = {}

    def add(self, index: int, event: UUID) -> None:
        """One leaf whose entry is not there."""
        month = month_of(event)
        extend(self._numbers.setdefault(month, []), index)
        places = self._places.setdefault(month, [])
        if len(places) < _KEPT:
            places.append((index, event))

    def judge(self, report: Report) -> None:
        """Note archived months in the report, and what is missing as findings."""
        told = list(self._told()) if self._numbers else []
        early = {month for one in told for month in one.early()}
        for month, numbers in sorted(self._numbers.items()):
            is_told = bool(told) and _says(told[-1], said(month), numbers)
            if is_told and said(month) not in early and not self._torn(month):
                report.archived[said(month)] = self.months[month].as_fact()
                self.lawful[month] = numbers
                continue
            for index, event in self._places[month]:
                report.add(Finding("missing", index, event))

    def _told(self) -> Iterator[ArchiveTold]:
        """What each sealed entry about archives says, the oldest first."""
        with self._reader.cursor() as cursor:
            cursor.execute(_TOLD, [[MONTH_ARCHIVED.name, MONTH_RESTORED.name]])
            rows = cursor.fetchall()
        for index, day, name, subject, facts in rows:
            entry = {"name": name, "subject_id": subject, "facts": json.loads(facts)}
            yield ArchiveTold(index, day, sealed_months(entry))

    def _torn(self, month: date) -> bool:
        past = shifted(month, 1)
        over = datetime.combine(past, time(), UTC)
        bounds = (first_id_of(month), first_id_of(past))
        with self._reader.cursor() as cursor:
            cursor.execute(_TORN, [*bounds, over, self._register.told_by])
            return bool((cursor.fetchone() or (False,))[0])


def _says(told: ArchiveTold, month: str, numbers: Ranges) -> bool:
    """Whether an entry names just these numbers, all of them below its own."""
    sealed = told.months.get(month)
    if sealed is None or numbers[-1][1] > told.place:
        return False
    return sealed[:2] == (count_in(numbers), places(numbers))
