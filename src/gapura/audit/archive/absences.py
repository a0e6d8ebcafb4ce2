"""Entries that only their hashes are left of: lawfully archived as whole months, or missing."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import first_id_of, month_of, said, shifted
from gapura.audit.archive.register import archived
from gapura.audit.findings import Finding, Report
from gapura.audit.offline.absent import Ranges, count_in, extend, places

_KEPT = 10_000
_TORN = """
    SELECT EXISTS (
        SELECT FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id
         WHERE e.id >= %s AND e.id < %s AND e.recorded_at < %s
           AND l.index < (SELECT index FROM audit_leaf WHERE event_id = %s))
"""


class Absences:
    """Collects absent entries, then tells archived months from missing entries.

    A month counts as archived when the newest entry about archives says so, and with exactly as
    many entries, at the very numbers, as are absent. It leaves as a whole: no entry of it may have
    stayed, unless a clock stood in that month later on.
    """

    def __init__(self, reader: BaseDatabaseWrapper) -> None:
        self._reader, self._register = reader, archived(reader)
        self.months = self._register.months
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
        for month, numbers in sorted(self._numbers.items()):
            known = self.months.get(month)
            said_so = known and (known.entries, known.places)
            if known and said_so == (count_in(numbers), places(numbers)) and not self._torn(month):
                report.archived[said(month)] = known.as_fact()
                continue
            for index, event in self._places[month]:
                report.add(Finding("missing", index, event))

    def _torn(self, month: date) -> bool:
        past = shifted(month, 1)
        over = datetime.combine(past, time(), UTC)
        bounds = (first_id_of(month), first_id_of(past))
        with self._reader.cursor() as cursor:
            cursor.execute(_TORN, [*bounds, over, self._register.told_by])
            return bool((cursor.fetchone() or (False,))[0])
