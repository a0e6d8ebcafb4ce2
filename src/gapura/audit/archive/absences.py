"""Entries that only their hashes are left of: lawfully archived as whole months, or missing."""

from datetime import date
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import month_of, said
from gapura.audit.archive.register import archived
from gapura.audit.findings import Finding, Report

_KEPT = 10_000


class Absences:
    """Collects absent entries, then tells archived months from missing entries.

    A month counts as archived when the newest entry about archives says so, and with exactly as
    many entries as are absent.
    """

    def __init__(self, reader: BaseDatabaseWrapper) -> None:
        self.months = archived(reader).months
        self._counts: dict[date, int] = {}
        self._places: dict[date, list[tuple[int, UUID]]] = {}

    def add(self, index: int, event: UUID) -> None:
        """One leaf whose entry is not there."""
        month = month_of(event)
        self._counts[month] = self._counts.get(month, 0) + 1
        places = self._places.setdefault(month, [])
        if len(places) < _KEPT:
            places.append((index, event))

    def judge(self, report: Report) -> None:
        """Note archived months in the report, and what is missing as findings."""
        for month, count in sorted(self._counts.items()):
            known = self.months.get(month)
            if known and known.entries == count:
                report.archived[said(month)] = known.as_fact()
                continue
            for index, event in self._places[month]:
                report.add(Finding("missing", index, event))
