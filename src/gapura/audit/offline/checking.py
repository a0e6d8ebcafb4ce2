"""The whole check of a bundle, in the order in which its files are read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gapura.audit.offline.findings import Report, Unreadable
from gapura.audit.offline.folder import LEAVES_A_FILE, Folder, parsed
from gapura.audit.offline.opening import Opening
from gapura.audit.offline.signatures import BadNote
from gapura.audit.offline.statements import Statements
from gapura.audit.offline.tables import Reconciler, reconcile_rows
from gapura.audit.offline.times import Times, shifted
from gapura.audit.offline.trust import NONE, Policy, read_policy
from gapura.audit.offline.walking import GRACE, Walk

POLICY, CHECKPOINTS, CLAIMS, WAITING = "policy", "checkpoints.jsonl", "claims.json", "waiting.jsonl"
LEAVES, HASHES, PERSONAL, TABLES = "leaves/", "hashes/", "personal/", "tables/"
_LARGEST_POLICY = 1024 * 1024


def check_bundle(path: Path, kept: Sequence[Path] = (), policy: Path | None = None) -> Report:
    """Check a bundle. `kept` are checkpoints of one's own, `policy` one's own file of keys."""
    report = Report()
    folder = Folder(path, report)
    try:
        if folder.open():
            _Check(folder, report).run(kept, policy)
            folder.finish()
    except Unreadable as error:
        report.unreadable = str(error)
    return report


class _Check:
    """One check of one folder whose manifest is as it was written."""

    def __init__(self, folder: Folder, report: Report) -> None:
        self._folder, self._report = folder, report
        said = folder.manifest.get("entries")
        self._entries: dict[str, Any] = said if isinstance(said, dict) else {}
        self._made_at = str(folder.manifest.get("made_at")).encode()

    def run(self, kept: Sequence[Path], own: Path | None) -> None:
        """All of it; what the manifest itself says wrongly ends the check."""
        try:
            policy = self._policy(own)
            shifted(self._made_at, GRACE)
            claims = parsed(self._folder.whole(CLAIMS))["claims"]
            reconciler = Reconciler(claims, self._report)
        except BadNote as error:
            self._report.add("policy", reason=str(error))
            return
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._report.add("manifest", reason=f"{type(error).__name__} {error}")
            return
        self._report.log = str(self._folder.manifest.get("log"))
        self._walk(policy, kept, reconciler)
        if not kept:
            self._report.remark("nothing_kept")

    def _policy(self, own: Path | None) -> Policy:
        inside = self._folder.whole(POLICY) if self._folder.size(POLICY) else b""
        if own is None:
            self._report.remark("policy_of_bundle")
            return read_policy(inside.decode("utf-8", "replace"))
        try:
            return read_policy(own.read_text("utf-8", "replace")[:_LARGEST_POLICY])
        except OSError as error:
            raise Unreadable(f"{own}: {error.strerror}") from error

    def _walk(self, policy: Policy, kept: Sequence[Path], reconciler: Reconciler) -> None:
        opening = Opening(self._report, opened=self._folder.manifest.get("personal") == "opened")
        walk = Walk(
            self._report,
            Statements(policy, self._report).all(self._folder.objects(CHECKPOINTS), kept),
            Times(self._report, self._made_at),
            reconciler,
            opening,
            self._personal(),
        )
        whole = self._span(walk, opening)
        walk.all_open = self._folder.manifest.get("personal") == "opened"
        for lines, sealed in self._leaves(walk):
            walk.take(lines, sealed)
        walk.finish()
        walk.overdue(self._made_at, witnesses=policy.quorum != NONE)
        self._count(walk)
        self._tables(reconciler, whole=whole)

    def _in_full(self) -> bool:
        return (self._entries.get("first"), self._entries.get("end")) == (
            0,
            self._entries.get("size"),
        )

    def _span(self, walk: Walk, opening: Opening) -> bool:
        """Which numbers are left out on purpose; answers whether none is."""
        first, end, size = (_number(self._entries.get(name)) for name in ("first", "end", "size"))
        archived = _number(self._entries.get("archived"))
        walk.blank = Outside(first, end, size, _ranges(self._entries.get("archived_ranges")))
        if not self._in_full():
            self._report.remark("part", first=first, last=end - 1, size=size)
        opening.archived = archived > 0
        if archived:
            self._report.remark("archived", count=archived)
        return (first, end, archived) == (0, size, 0)

    def _leaves(self, walk: Walk) -> Iterator[tuple[list[bytes], list[bytes]]]:
        for number, name in enumerate(self._folder.names(HASHES)):
            if name != f"{HASHES}{number:06d}.bin":
                self._report.add("file", file=name, reason=f"{HASHES}{number:06d}.bin")
            raw = self._folder.whole(name)
            sealed = [raw[at : at + 32] for at in range(0, len(raw) - len(raw) % 32, 32)]
            done = 0
            for lines in self._lines(f"{LEAVES}{number:06d}.jsonl"):
                here = sealed[done : done + len(lines)]
                if len(here) < len(lines):
                    self._report.add("file", file=f"{LEAVES}{number:06d}.jsonl", reason="lines")
                yield lines[: len(here)], here
                done += len(here)
            for at in range(done, len(sealed), LEAVES_A_FILE):
                here = sealed[at : at + LEAVES_A_FILE]
                yield [b""] * len(here), here

    def _lines(self, name: str) -> Iterator[list[bytes]]:
        return self._folder.lines(name) if name in self._folder.names(LEAVES) else iter(())

    def _personal(self) -> Iterator[dict[str, Any]]:
        for name in self._folder.names(PERSONAL):
            yield from self._folder.objects(name)

    def _count(self, walk: Walk) -> None:
        size = self._report.size
        if size != self._entries.get("size"):
            self._report.add("count", promised=self._entries.get("size"), found=size)
        missing, whole = _number(self._entries.get("archived")), self._in_full()
        if whole and missing != walk.archived:
            ranges = _ranges(self._entries.get("archived_ranges"))
            self._report.add("missing", index=ranges[0].start if ranges else 0)
        if size > walk.covered[False]:
            self._report.remark("unsigned_tail", count=size - walk.covered[False])

    def _tables(self, reconciler: Reconciler, *, whole: bool) -> None:
        limit, waiting = shifted(self._made_at, -GRACE).decode(), 0
        for entry in self._folder.objects(WAITING):
            waiting += 1
            if str(entry.get("recorded_at")) < limit:
                self._report.add("unsealed", event=str(entry.get("id")))
            reconciler.tell(self._report.size + waiting - 1, entry)
        if waiting:
            self._report.remark("waiting", count=waiting)
        if not whole:
            self._report.remark("unreconciled")
            return
        for name in reconciler.claims:
            reconciler.compare(name, self._folder.objects(f"{TABLES}{name}.jsonl"))
        reconcile_rows(reconciler, self._report)


class Outside:
    """The numbers whose entries are left out on purpose."""

    def __init__(self, first: int, end: int, size: int, archived: list[range]) -> None:
        self._first, self._end, self._size, self._archived = first, end, size, archived

    def __contains__(self, index: object) -> bool:
        """Whether an entry may be blank here."""
        if not isinstance(index, int) or not 0 <= index < self._size:
            return False
        outside = not self._first <= index < self._end
        return outside or any(index in numbers for numbers in self._archived)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _ranges(value: Any) -> list[range]:
    pairs = value if isinstance(value, list) else []
    return [range(*map(int, pair)) for pair in pairs if isinstance(pair, list) and len(pair) == 2]
