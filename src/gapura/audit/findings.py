"""What a check of the log can find, as sentences in both languages, and the report they come in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, override

from gapura.kernel.texts import N_

KEPT_FINDINGS = 1000

KINDS = {
    "altered": N_("Entry %(event)s at index %(index)s was altered after it was sealed."),
    "missing": N_("Entry %(event)s at index %(index)s is missing: only its sealed hash is left."),
    "reordered": N_(
        "Entry %(event)s at index %(index)s is not in its place: the order was changed."
    ),
    "gap": N_(
        "Index %(index)s is missing from the tree. From there on the tree cannot be recomputed."
    ),
    "tree": N_(
        "The sealed hashes of indexes %(index)s to %(last)s do not add up to the stored tree: "
        "one of them was replaced."
    ),
    "node": N_("A node of the stored tree over indexes %(index)s to %(last)s is missing."),
    "extra": N_(
        "The stored tree has a node over indexes %(index)s to %(last)s that no entry made."
    ),
    "signature": N_("Checkpoint %(number)s is not signed by this log: %(reason)s."),
    "statement": N_("Checkpoint %(number)s says something else in its note than in its columns."),
    "number": N_("Checkpoint %(number)s does not follow the one before it."),
    "root": N_(
        "Checkpoint %(number)s over %(size)s entries was signed with another root: "
        "an entry from index %(index)s on was changed, removed or moved."
    ),
    "short": N_(
        "Checkpoint %(number)s was signed over %(size)s entries, but only %(index)s are left."
    ),
    "unsealed": N_("Entry %(event)s has waited longer than a minute for its place in the tree."),
    "personal_altered": N_(
        "A personal value of entry %(event)s at index %(index)s does not fit its commitment: "
        "%(reason)s."
    ),
    "personal_missing": N_(
        "The personal values of entry %(event)s at index %(index)s were removed without a record "
        "of their erasure."
    ),
    "personal_left": N_(
        "The personal values of entry %(event)s at index %(index)s are still there, though their "
        "person was erased later."
    ),
    "told_twice": N_("%(claim)s %(object)s begins twice in the log, at index %(index)s again."),
    "step_missing": N_(
        "%(claim)s %(object)s: the entry at index %(index)s starts from %(column)s %(said)s, but "
        "the entries before it lead to %(known)s."
    ),
    "untold": N_(
        "%(claim)s %(object)s: no entry tells how it came to be, yet index %(index)s changes it."
    ),
    "row_without_event": N_(
        "%(claim)s %(object)s is in the tables, but no entry of the log tells of it."
    ),
    "row_differs": N_(
        "%(claim)s %(object)s: the tables say %(column)s %(row)s, the log says %(told)s."
    ),
    "disguised": N_(
        "The table %(table)s does not show its rows as they are: a view, a rule or row security "
        "stands before it."
    ),
    "row_gone": N_("%(claim)s %(object)s is told in the log, but is not in the tables any more."),
}
WHOLE = N_(
    "The log is whole: %(entries)s entries, %(checkpoints)s checkpoints, verified up to checkpoint "
    "%(number)s. %(erased)s personal parts were lawfully erased, "
    "%(waiting)s entries wait for sealing."
)
BROKEN = N_("The log is NOT whole: %(found)s problems in %(entries)s entries.")
ARCHIVED = N_(
    "%(entries)s entries of %(month)s are only in files; their manifest has the SHA-256 "
    "%(manifest)s."
)
INCOMPLETE = N_(
    "The log is NOT COMPLETE: what is in the database fits together, but %(absent)s entries are "
    "only in files that were not given (--archive). The tables were compared only as far as the "
    "other entries tell."
)
UNREADABLE = N_("The log could not be read: %(reason)s")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: its kind (a key of KINDS), where, which entry, more values of the sentence."""

    kind: str
    index: int | None = None
    event: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The sentence in the active language."""
        places = {"index": self.index, "event": self.event, **self.values}
        return str(gettext(KINDS[self.kind]) % places)

    def as_json(self) -> dict[str, Any]:
        """For machines; ids as texts."""
        event = str(self.event) if self.event else None
        return {"kind": self.kind, "index": self.index, "event": event, **self.values}


@dataclass(slots=True)
class Report:
    """The outcome of a check; the first 1,000 findings are kept, all are counted.

    `absent` entries of archived months were not given: no table could be held against them.
    """

    entries: int = 0
    checkpoints: int = 0
    number: int = 0
    root: bytes = b""
    erased: int = 0
    waiting: int = 0
    found: int = 0
    absent: int = 0
    unreadable: str = ""
    archived: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Note one problem."""
        self.found += 1
        if len(self.findings) < KEPT_FINDINGS:
            self.findings.append(finding)

    @property
    def exit_code(self) -> int:
        """0 whole, 1 a problem was found, 2 the log or an archive of it could not be read."""
        return 2 if self.unreadable else 1 if self.found else 2 if self.absent else 0

    def lines(self, language: str) -> Iterator[str]:
        """The report in `id` or `en`, the summary first."""
        with override(language):
            yield gettext(self._summary()) % {
                "entries": self.entries,
                "checkpoints": self.checkpoints,
                "number": self.number,
                "erased": self.erased,
                "waiting": self.waiting,
                "found": self.found,
                "absent": self.absent,
                "reason": self.unreadable,
            }
            for month in self.archived.values():
                yield gettext(ARCHIVED) % month
            for finding in self.findings:
                yield finding.text()

    def _summary(self) -> str:
        if self.unreadable:
            return UNREADABLE
        return BROKEN if self.found else INCOMPLETE if self.absent else WHOLE

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "whole": self.exit_code == 0,
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "verified_up_to": self.number,
            "root": self.root.hex(),
            "erased": self.erased,
            "waiting": self.waiting,
            "problems": self.found,
            "absent": self.absent,
            "unreadable": self.unreadable,
            "archived": list(self.archived.values()),
            "findings": [finding.as_json() for finding in self.findings],
        }
