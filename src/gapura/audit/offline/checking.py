"""The whole check of a bundle, in the order in which its files are read."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from gapura.audit.offline.absent import Span
from gapura.audit.offline.archives import Archives
from gapura.audit.offline.comparing import Comparing
from gapura.audit.offline.findings import Report, Unreadable
from gapura.audit.offline.folder import LEAVES_A_FILE, Folder
from gapura.audit.offline.known import LARGEST_CLAIMS, agreed, claims_of, known_claims
from gapura.audit.offline.moment import Moment
from gapura.audit.offline.opening import Opening
from gapura.audit.offline.signatures import BadNote
from gapura.audit.offline.statements import Statements
from gapura.audit.offline.tables import Reconciler
from gapura.audit.offline.times import DAY, GRACE, Times, of_seconds, shifted
from gapura.audit.offline.trust import NONE, Policy, read_policy
from gapura.audit.offline.walking import Walk

POLICY, CHECKPOINTS, CLAIMS = "policy", "checkpoints.jsonl", "claims.json"
LEAVES, HASHES, PERSONAL = "leaves/", "hashes/", "personal/"
_LARGEST_POLICY = 1024 * 1024
_HASH = 32
_PERSONAL = ("commitments", "opened")


class Own(NamedTuple):
    """What an auditor has besides the bundle.

    `kept`: checkpoints kept earlier; `policy`: a file of keys; `claims`: a file of which tables
    must agree with the log; `archives`: folders of months that left the database.
    """

    kept: Sequence[Path] = ()
    policy: Path | None = None
    claims: Path | None = None
    archives: Sequence[Path] = ()


def check_bundle(
    path: Path,
    kept: Sequence[Path] = (),
    policy: Path | None = None,
    claims: Path | None = None,
    archives: Sequence[Path] = (),
) -> Report:
    """Check a bundle, with what one has besides (`Own`)."""
    report = Report()
    folder = Folder(path, report)
    try:
        if folder.open():
            _Check(folder, report, Own(kept, policy, claims, archives)).run()
            folder.finish()
    except Unreadable as error:
        report.unreadable = str(error)
    # No input may end a check without an answer.
    except Exception as error:
        report.add("broken_off", reason=f"{type(error).__name__} {error}")
    return report


class _Check:
    """One check of one folder whose manifest is as it was written."""

    def __init__(self, folder: Folder, report: Report, own: Own) -> None:
        self._folder, self._report, self._own = folder, report, own
        self._made_at, self._opened = b"", False

    def run(self) -> None:
        """All of it; what the manifest itself says wrongly ends the check."""
        try:
            policy = self._policy()
            self._report.log = self._said()
            self._span = Span(self._folder.manifest.get("entries"))
            settled = shifted(self._made_at, -GRACE)
            self._moment = Moment(self._folder.manifest.get("tables"), settled)
            told = claims_of(self._folder.whole(CLAIMS, LARGEST_CLAIMS).decode())
            claims = agreed(told, known_claims(self._own.claims), self._report)
            self._archives = Archives(self._own.archives, self._span, self._report)
            hidden = self._span.stretches if self._span.unread else None
            reconciler = Reconciler(claims, self._report, hidden)
        except BadNote as error:
            self._report.add("policy", reason=str(error))
            return
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._report.add("manifest", reason=f"{type(error).__name__} {error}")
            return
        self._walk(policy, reconciler)
        if not self._own.kept:
            self._report.remark("nothing_kept")
        self._today()

    def _said(self) -> str:
        """Take when it was made and what of; answers whose log it is.

        :raises ValueError, TypeError, KeyError: for what no bundle says.
        """
        log, made_at, personal = (self._folder.manifest[n] for n in ("log", "made_at", "personal"))
        if type(log) is not str or personal not in _PERSONAL:
            raise ValueError("log, personal")
        self._made_at, self._opened = made_at.encode(), personal == "opened"
        for by in (-DAY, DAY):
            shifted(self._made_at, by)
        self._report.made_at = made_at
        return log

    def _today(self) -> None:
        """A bundle of long ago shows nothing of what happened since."""
        now = of_seconds(int(datetime.now(timezone.utc).timestamp()))  # noqa: UP017
        for what, time in (("made", self._report.made_at), ("cosigned", self._report.cosigned_at)):
            said = time.encode()
            if said and not shifted(now, -DAY) <= said <= shifted(now, DAY):
                self._report.remark(f"not_today_{what}", time=time, now=now.decode())

    def _policy(self) -> Policy:
        own = self._own.policy
        there = self._folder.has(POLICY)
        inside = self._folder.whole(POLICY, _LARGEST_POLICY) if there else b""
        try:
            text = own.read_text("utf-8", "replace")[:_LARGEST_POLICY] if own else ""
        except OSError as error:
            raise Unreadable(f"{own}: {error.strerror}") from error
        if own is None:
            self._report.remark("policy_of_bundle")
        policy = read_policy(text if own else inside.decode("utf-8", "replace"))
        if policy.quorum == NONE:
            self._report.remark("no_quorum")
        return policy

    def _walk(self, policy: Policy, reconciler: Reconciler) -> None:
        opening = Opening(self._report, opened=self._opened)
        statements = Statements(policy, self._report)
        walk = Walk(
            self._report,
            statements.all(self._folder.objects(CHECKPOINTS), self._own.kept),
            Times(self._report, self._made_at),
            reconciler,
            opening,
            self._personal(),
            self._span,
            self._moment,
        )
        walk.all_open = self._opened
        for lines, sealed in self._leaves(walk):
            self._archives.fill(walk.size, lines)
            walk.take(lines, sealed)
        walk.finish(self._made_at)
        walk.overdue(self._made_at, witnesses=policy.quorum != NONE)
        if not statements.held:
            self._report.add("unsigned_log")
        self._count(walk)
        Comparing(self._folder, self._report, self._moment, self._span, self._made_at).run(
            reconciler
        )

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
        self._absences(walk, span)
        if not span.in_full:
            self._report.is_part = True
            self._report.remark("part", first=span.first, last=span.end - 1, size=span.size)
        if size > walk.covered[False]:
            self._report.remark("unsigned_tail", count=size - walk.covered[False])

    def _absences(self, walk: Walk, span: Span) -> None:
        """What is left out as archived, against what the log itself says of its archives."""
        if not span.archived == span.ranged == span.left_out:
            counts = {"promised": span.archived, "ranged": span.ranged, "found": span.left_out}
            self._report.add("archive_count", **counts)
        for month, index in span.unproven(walk.archived, walk.told_by):
            self._report.add("archive", month=month, index=index)
        for month, index in span.torn(walk.told_by):
            self._report.add("archive_torn", month=month, index=index)
        for told in walk.told:
            for month in told.early():
                values = {"month": month, "index": told.place, "time": told.time}
                self._report.add("archive_early", **values)
        self._archives.finish(walk.archived)
        self._report.absent = span.unread
        if span.unread and walk.told_by >= 0:
            self._report.remark("archived", count=span.unread, index=walk.told_by)
            for month in sorted(span.ends()):
                manifest = walk.archived[month].manifest if month in walk.archived else "?"
                self._report.remark("archive_wanted", month=month, manifest=manifest)
