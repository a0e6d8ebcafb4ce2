"""The tables of a bundle against what its entries tell, and the entries that wait for a number."""

from datetime import timedelta
from typing import Any

from gapura.audit.offline.absent import Span
from gapura.audit.offline.findings import Report
from gapura.audit.offline.folder import Folder
from gapura.audit.offline.moment import Moment
from gapura.audit.offline.tables import Reconciler, reconcile_rows
from gapura.audit.offline.times import GRACE, SLACK, shifted

WAITING, TABLES = "waiting.jsonl", "tables/"


class Comparing:
    """Takes what comes after the numbered entries."""

    def __init__(
        self, folder: Folder, report: Report, moment: Moment, span: Span, made_at: bytes
    ) -> None:
        self._folder, self._report = folder, report
        self._moment, self._span, self._made_at = moment, span, made_at

    def run(self, reconciler: Reconciler) -> None:
        """All of it; tables are compared as far as the entries behind them can be read."""
        self._wait_all(reconciler)
        if not self._span.in_full:
            self._report.remark("unreconciled")
            return
        if self._span.unread:
            self._report.remark("reconciled_in_part")
        for name in reconciler.claims:
            file = f"{TABLES}{name}.jsonl"
            if not self._folder.has(file):
                self._report.add("file", file=file, reason="manifest")
            reconciler.compare(name, self._folder.objects(file))
        reconcile_rows(reconciler, self._report)

    def _wait_all(self, reconciler: Reconciler) -> None:
        waiting = 0
        for entry in self._folder.objects(WAITING):
            index, waiting = self._report.size + waiting, waiting + 1
            self._wait(waiting, entry)
            if self._moment.holds(index, entry):
                reconciler.tell(index, entry)
        if waiting != self._folder.manifest["entries"].get("waiting"):
            self._report.add("file", file=WAITING, reason="lines")
        if waiting:
            self._report.remark("waiting", count=waiting)

    def _wait(self, line: int, entry: dict[str, Any]) -> None:
        """One entry without a number yet: not for long, and not from the future."""
        try:
            time = shifted(str(entry.get("recorded_at")).encode(), timedelta())
        except ValueError as error:
            self._report.add("line", file=WAITING, line=line, reason=str(error))
            return
        event = str(entry.get("id"))
        if time < shifted(self._made_at, -GRACE):
            self._report.add("unsealed", event=event)
        elif time > shifted(self._made_at, SLACK):
            self._report.add("future", index="?", event=event, time=time.decode())
