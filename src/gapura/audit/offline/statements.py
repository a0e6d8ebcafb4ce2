"""Signed roots in the order of their sizes: the bundle's checkpoints and those the auditor kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import Any

from gapura.audit.offline.findings import Report, Unreadable
from gapura.audit.offline.signatures import (
    LONGEST_NOTE,
    BadNote,
    Note,
    Tree,
    is_signed,
    read_note,
    read_tree,
)
from gapura.audit.offline.times import is_moment, of_seconds
from gapura.audit.offline.trust import Policy


@dataclass(frozen=True, slots=True)
class Statement:
    """A signed root; `number` is the checkpoint's, or the name of the file it was kept in.

    `since` and `by`: when enough witnesses cosigned it, as `trust.Cosigned` says.
    """

    number: str
    size: int
    root: bytes
    witnessed: bool
    kept: bool
    since: int = 0
    by: int = 0


class Statements:
    """Reads notes and checks who signed them; what does not hold is reported and left out."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self._policy, self._report = policy, report
        # How many of the bundle's own hold, of a log that is not empty.
        self.held = 0

    def all(
        self, checkpoints: Iterable[dict[str, Any]], kept: Iterable[Path]
    ) -> Iterator[Statement]:
        """Every statement that holds, smaller trees first."""
        mine = [found for path in kept if (found := self._kept(path))]
        mine.sort(key=lambda statement: statement.size)
        return merge(self._numbered(checkpoints), mine, key=lambda statement: statement.size)

    def _numbered(self, checkpoints: Iterable[dict[str, Any]]) -> Iterator[Statement]:
        expected, size = 1, 0
        for row in checkpoints:
            number = row.get("number")
            found = self._read(str(row.get("note")), str(number), kept=False)
            self._report.checkpoints += 1
            if not is_moment(row.get("at")):
                self._report.add("line", file="checkpoints.jsonl", line=expected, reason="at")
            if number != expected or (found and found.size <= size):
                self._report.add("number", number=number)
            expected = number + 1 if isinstance(number, int) else expected + 1
            if found:
                size = max(size, found.size)
                self.held += found.size > 0
                self._newest(found)
                yield found

    def _newest(self, found: Statement) -> None:
        """For the report: up to where the bundle is signed, and when witnesses saw it last."""
        self._report.newest, self._report.newest_size = found.number, found.size
        if found.witnessed:
            self._report.cosigned_at = of_seconds(found.by).decode()

    def _kept(self, path: Path) -> Statement | None:
        try:
            with path.open("rb") as file:
                text = file.read(LONGEST_NOTE + 1)
        except OSError as error:
            raise Unreadable(f"{path}: {error.strerror}") from error
        self._report.kept += 1
        # Mail and editors turn line ends around; the signature is over the plain ones.
        note = text.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n") + "\n"
        return self._read(note, path.name, kept=True)

    def _read(self, text: str, number: str, *, kept: bool) -> Statement | None:
        try:
            note = read_note(text)
            tree = read_tree(note)
            self._check_log(note, tree)
        except (BadNote, UnicodeEncodeError) as error:
            self._report.add("signature", number=number, reason=str(error))
            return None
        found = self._policy.cosigned(note)
        for witness in found.false:
            self._report.add("cosignature", number=number, witness=witness)
        self._report.witnessed += found.enough
        return Statement(number, tree.size, tree.root, found.enough, kept, found.since, found.by)

    def _check_log(self, note: Note, tree: Tree) -> None:
        mine = [key for key in self._policy.logs if key.name == tree.origin == self._report.log]
        if not mine:
            raise BadNote(f"it is of the log {tree.origin!r}")
        if not any(is_signed(note, key) for key in mine):
            raise BadNote("the signature does not fit")
