"""What was found, and the report of a check: as lines in a language, as JSON, as an exit code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gapura.audit.offline.remarks import REMARKS
from gapura.audit.offline.words import (
    BROKEN,
    FINDINGS,
    INCOMPLETE,
    PART,
    STATE,
    UNREADABLE,
    WHOLE,
    say,
)

KEPT_FINDINGS = 1000
_FIGURES = ("entries", "checkpoints", "witnessed", "kept", "found", "absent")
_STATE = ("made_at", "newest", "newest_size", "cosigned_at")


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
    """The outcome of a check; the first 1,000 problems are kept, all are counted.

    `newest` is the number of the bundle's newest checkpoint, `cosigned_at` when enough witnesses
    had cosigned the newest one they did, by their clocks. `absent` entries lie in archived months
    that were not handed over.
    """

    log: str = ""
    made_at: str = ""
    newest: str = ""
    newest_size: int = 0
    cosigned_at: str = ""
    entries: int = 0
    size: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    kept: int = 0
    absent: int = 0
    is_part: bool = False
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
        """0 whole, 1 a problem was found, 2 a file is missing or cannot be read.

        Archived months are files, too: who does not hand them over has checked nothing of them.
        """
        return 2 if self.unreadable else 1 if self.found else 2 if self.absent else 0

    @property
    def is_whole(self) -> bool:
        """Whether all of the log was checked, with its tables, and fits together."""
        return self.exit_code == 0 and not self.is_part

    def lines(self, language: str) -> Iterator[str]:
        """The report in `id` or `en`, the summary first."""
        yield say(self._summary(), language, self._figures())
        if self.made_at:
            values = {name: getattr(self, name) or "-" for name in _STATE}
            yield say(STATE, language, values)
        for finding in (*self.findings, *self.remarks):
            yield f"- {finding.text(language)}"

    def _summary(self) -> tuple[str, str]:
        if self.unreadable:
            return UNREADABLE
        if self.found:
            return BROKEN
        return INCOMPLETE if self.absent else PART if self.is_part else WHOLE

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "whole": self.is_whole,
            "exit_code": self.exit_code,
            "log": self.log,
            **{name: getattr(self, name) for name in _STATE},
            **self._figures(),
            "size": self.size,
            "root": self.root.hex(),
            "findings": [{"kind": f.kind, **f.values} for f in self.findings],
            "remarks": [{"kind": f.kind, **f.values} for f in self.remarks],
        }

    def _figures(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _FIGURES} | {"reason": self.unreadable}
