"""The whole check of a bundle, in the order in which its files are read."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from gapura.audit.offline.absent import Span
from gapura.audit.offline.findings import Report, Unreadable
from gapura.audit.offline.folder import LEAVES_A_FILE, Folder
from gapura.audit.offline.known import LARGEST_CLAIMS, agreed, claims_of, known_claims
from gapura.audit.offline.opening import Opening
from gapura.audit.offline.signatures import BadNote
from gapura.audit.offline.statements import Statements
from gapura.audit.offline.tables import Reconciler, reconcile_rows
from gapura.audit.offline.times import SLACK, Times, shifted
from gapura.audit.offline.trust import NONE, Policy, read_policy
from gapura.audit.offline.walking import GRACE, Walk

POLICY, CHECKPOINTS, CLAIMS, WAITING = "policy", "checkpoints.jsonl", "claims.json", "waiting.jsonl"
LEAVES, HASHES, PERSONAL, TABLES = "leaves/", "hashes/", "personal/", "tables/"
_LARGEST_POLICY = 1024 * 1024
_HASH = 32
_PERSONAL = ("commitments", "opened")


def check_bundle(
    path: Path,
    kept: Sequence[Path] = (),
    policy: Path | None = None,
    claims: Path | None = None,
) -> Report:
    """Check a bundle.

    `kept` are checkpoints of one's own, `policy` one's own file of keys, `claims` one's own file
    of which tables must agree with the log.
    """
    report = Report()
    folder = Folder(path, report)
    try:
        if folder.open():
            _Check(folder, report).run(kept, policy, claims)
            folder.finish()
    except Unreadable as error:
        report.unreadable = str(error)
    # No input may end a check without an answer.
    except Exception as error:
        report.add("broken_off", reason=f"{type(error).__name__} {error}")
    return report


class _Check:
    """One check of one folder whose manifest is as it was written."""

    def __init__(self, folder: Folder, report: Report) -> None:
        self._folder, self._report = folder, report
        self._made_at, self._opened = b"", False

    def run(self, kept: Sequence[Path], own: Path | None, claims: Path | None) -> None:
        """All of it; what the manifest itself says wrongly ends the check."""
        try:
            policy = self._policy(own)
            self._report.log = self._said()
            self._span = Span(self._folder.manifest.get("entries"))
            told = claims_of(self._folder.whole(CLAIMS, LARGEST_CLAIMS).decode())
            reconciler = Reconciler(agreed(told, known_claims(claims), self._report), self._report)
        except BadNote as error:
            self._report.add("policy", reason=str(error))
            return
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._report.add("manifest", reason=f"{type(error).__name__} {error}")
            return
        self._walk(policy, kept, reconciler)
        if not kept:
            self._report.remark("nothing_kept")

    def _said(self) -> str:
        """Take when it was made and what of; answers whose log it is.

        :raises ValueError, TypeError, KeyError: for what no bundle says.
        """
        log, made_at, personal = (self._folder.manifest[n] for n in ("log", "made_at", "personal"))
        if type(log) is not str or personal not in _PERSONAL:
            raise ValueError("log, personal")
        self._made_at, self._opened = made_at.encode(), personal == "opened"
        for by in (-GRACE, GRACE):
            shifted(self._made_at, by)
        return log

    def _policy(self, own: Path | None) -> Policy:
        there = self._folder.has(POLICY)
        inside = self._folder.whole(POLICY, _LARGEST_POLICY) if there else b""
        if own is None:
            self._report.remark("policy_of_bundle")
            return read_policy(inside.decode("utf-8", "replace"))
        try:
            return read_policy(own.read_text("utf-8", "replace")[:_LARGEST_POLICY])
        except OSError as error:
            raise Unreadable(f"{own}: {error.strerror}") from error

    def _walk(self, policy: Policy, kept: Sequence[Path], reconciler: Reconciler) -> None:
        opening = Opening(self._report, opened=self._opened)
        statements = Statements(policy, self._report)
        walk = Walk(
            self._report,
            statements.all(self._folder.objects(CHECKPOINTS), kept),
            Times(self._report, self._made_at),
            reconciler,
            opening,
            self._personal(),
            self._span,
        )
        if not self._span.in_full:
            first, end, size = self._span.first, self._span.end, self._span.size
            self._report.remark("part", first=first, last=end - 1, size=size)
        walk.all_open = self._opened
        for lines, sealed in self._leaves(walk):
            walk.take(lines, sealed)
        walk.finish()
        walk.overdue(self._made_at, witnesses=policy.quorum != NONE)
        if not statements.held:
            self._report.add("unsigned_log")
        self._count(walk)
        self._tables(reconciler)

    def _leaves(self, walk: Walk) -> Iterator[tuple[list[bytes], list[bytes]]]:
        names = self._folder.names(HASHES)
        for number, name in enumerate(names):
            sealed = self._hashes(name, number, last=number == len(names) - 1)
            done = 0
            for lines in self._lines(f"{LEAVES}{number:06d}.jsonl"):
                here = sealed[done : done + len(lines)]
                if len(here) < len(lines):
                    self._report.add("file", file=f"{LEAVES}{number:06d}.jsonl", reason="lines")
                yield lines[: len(here)], here
                done += len(here)
            if done < len(sealed):
                yield [b""] * (len(sealed) - done), sealed[done:]
        self._beyond(len(names))

    def _hashes(self, name: str, number: int, *, last: bool) -> list[bytes]:
        if name != f"{HASHES}{number:06d}.bin":
            self._report.add("file", file=name, reason=f"{HASHES}{number:06d}.bin")
        raw = self._folder.whole(name, LEAVES_A_FILE * _HASH)
        if len(raw) % _HASH or not raw or not (last or len(raw) == LEAVES_A_FILE * _HASH):
            self._report.add("file", file=name, reason=f"{len(raw)} bytes")
        whole = len(raw) - len(raw) % _HASH
        return [raw[at : at + _HASH] for at in range(0, whole, _HASH)]

    def _beyond(self, many: int) -> None:
        """Files of entries that belong to no file of hashes."""
        for start in (LEAVES, PERSONAL):
            known = {f"{start}{number:06d}.jsonl" for number in range(many)}
            for name in self._folder.names(start):
                if name not in known:
                    self._report.add("stranger", file=name)

    def _lines(self, name: str) -> Iterator[list[bytes]]:
        return self._folder.lines(name) if name in self._folder.names(LEAVES) else iter(())

    def _personal(self) -> Iterator[dict[str, Any]]:
        for name in self._folder.names(PERSONAL):
            yield from self._folder.objects(name)

    def _count(self, walk: Walk) -> None:
        size, span = self._report.size, self._span
        if size != span.size:
            self._report.add("count", promised=span.size, found=size)
        if span.first == span.end or not size:
            self._report.add("empty")
        self._archives(walk, span)
        if size > walk.covered[False]:
            self._report.remark("unsigned_tail", count=size - walk.covered[False])

    def _archives(self, walk: Walk, span: Span) -> None:
        """What is left out as archived, against what the log itself says of its archives."""
        if not span.archived == span.ranged == span.left_out:
            counts = {"promised": span.archived, "ranged": span.ranged, "found": span.left_out}
            self._report.add("archive_count", **counts)
        for month, index in span.unproven(walk.archived):
            self._report.add("archive", month=month, index=index)
        for month, index in span.torn(walk.told_by):
            self._report.add("archive_torn", month=month, index=index)
        if span.archived and walk.told_by >= 0:
            self._report.remark("archived", count=span.archived, index=walk.told_by)

    def _tables(self, reconciler: Reconciler) -> None:
        waiting = 0
        for entry in self._folder.objects(WAITING):
            waiting += 1
            self._wait(waiting, entry)
            reconciler.tell(self._report.size + waiting - 1, entry)
        if waiting != self._folder.manifest["entries"].get("waiting"):
            self._report.add("file", file=WAITING, reason="lines")
        if waiting:
            self._report.remark("waiting", count=waiting)
        if not self._span.in_full or self._span.archived:
            self._report.remark("unreconciled")
            return
        for name in reconciler.claims:
            file = f"{TABLES}{name}.jsonl"
            if not self._folder.has(file):
                self._report.add("file", file=file, reason="manifest")
            reconciler.compare(name, self._folder.objects(file))
        reconcile_rows(reconciler, self._report)

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
