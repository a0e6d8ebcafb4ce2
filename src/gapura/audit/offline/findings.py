"""What was found, and the report of a check: as lines in a language, as JSON, as an exit code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gapura.audit.offline.remarks import REMARKS
from gapura.audit.offline.words import BROKEN, FINDINGS, UNREADABLE, WHOLE, say

KEPT_FINDINGS = 1000


class Unreadable(Exception):
    """A file that must be there is not, or the machine does not let us read it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem or remark: its kind and the values of its sentence."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The sentence in `id` or `en`."""
        return say((FINDINGS | REMARKS)[self.kind], language, self.values)


@dataclass(slots=True)
class Report:
    """The outcome of a check; the first 1,000 problems are kept, all are counted."""

    log: str = ""
    entries: int = 0
    size: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    kept: int = 0
    root: bytes = b""
    found: int = 0
    unreadable: str = ""
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def add(self, kind: str, **values: Any) -> None:
        """Note one problem."""
        self.found += 1
        if len(self.findings) < KEPT_FINDINGS:
            self.findings.append(Finding(kind, values))

    def remark(self, kind: str, **values: Any) -> None:
        """Note what is no problem."""
        if len(self.remarks) < KEPT_FINDINGS:
            self.remarks.append(Finding(kind, values))

    @property
    def exit_code(self) -> int:
        """0 whole, 1 a problem was found, 2 a file is missing or cannot be read."""
        return 2 if self.unreadable else int(self.found > 0)

    def lines(self, language: str) -> Iterator[str]:
        """The report in `id` or `en`, the summary first."""
        summary = UNREADABLE if self.unreadable else BROKEN if self.found else WHOLE
        yield say(summary, language, self._figures())
        for finding in (*self.findings, *self.remarks):
            yield f"- {finding.text(language)}"

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "whole": self.exit_code == 0,
            "exit_code": self.exit_code,
            "log": self.log,
            **self._figures(),
            "size": self.size,
            "root": self.root.hex(),
            "findings": [{"kind": f.kind, **f.values} for f in self.findings],
            "remarks": [{"kind": f.kind, **f.values} for f in self.remarks],
        }

    def _figures(self) -> dict[str, Any]:
        return {
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "witnessed": self.witnessed,
            "kept": self.kept,
            "found": self.found,
            "reason": self.unreadable,
        }
