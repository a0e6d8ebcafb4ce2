"""Making a bundle: all that somebody else needs to check the log, as plain files in a folder."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from gapura.audit import keys
from gapura.audit.bundle.files import Files, new_folder
from gapura.audit.bundle.moments import two_moments
from gapura.audit.bundle.rows import Snapshot
from gapura.audit.bundle.verifier import verifier
from gapura.audit.claims import all_claims
from gapura.audit.errors import NothingToExport, NumbersMissing
from gapura.audit.events import BUNDLE_EXPORTED, Subject
from gapura.audit.offline.absent import Ranges, Span, extend
from gapura.audit.offline.folder import FORMAT, LEAVES_A_FILE
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

Progress = Callable[[int, int], None]

MOST_MISSING = 100_000
_NO_HASH = bytes(32)

_README = """\
Bundel log audit. Periksa di komputer Anda sendiri, tanpa jaringan:
A bundle of the audit log. Check it on your own computer, without any network:

    python verify.py . --kept checkpoint.txt --policy policy.txt

Pakai verify.py dan policy.txt yang Anda peroleh lewat jalur lain, bukan dari folder ini.
Use a verify.py and a policy.txt that you got on another way, not those of this folder.
"""


class Bundle(NamedTuple):
    """What was made: SHA-256 of its manifest (hex), size of the log, which numbers are in full."""

    manifest: str
    size: int
    first: int
    end: int


def export_bundle(
    *,
    actor: Actor,
    target: Path,
    since: datetime | None = None,
    until: datetime | None = None,
    personal: bool = False,
    progress: Progress | None = None,
) -> Bundle:
    """Write a bundle to `target`; it is there in full or not at all, and stands in the log.

    `since` and `until` bound the recorded time of the entries that are written in full; of the
    others there are hashes. `personal` adds salts and clear values. `progress` is told
    (done, total).

    :raises Refused: for others than the system.
    :raises BundleThere, BundleUnwritable: there is no place for it.
    :raises NothingToExport: no entry was recorded then.
    :raises NumbersMissing: the log has lost so many numbers that a bundle makes no sense.
    """
    require(actor, Can.BUNDLE)
    with new_folder(target) as files, two_moments() as (tables, snapshot):
        span = _span(snapshot, since, until)
        writing = _Writing(files, tables, snapshot, progress)
        facts = {
            "format": FORMAT,
            "log": keys.origin(),
            "made_at": snapshot.made_at,
            "personal": "opened" if personal else "commitments",
            **{n: at and at.isoformat() for n, at in (("since", since), ("until", until))},
            "tables": tables.behind._asdict(),
            "entries": writing.leaves(*span, personal=personal) | {"waiting": writing.rest()},
        }
        bundle = Bundle(files.seal(facts), snapshot.size, *span)
        _note(actor, bundle, personal=personal)
        return bundle


def _span(snapshot: Snapshot, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    first, end = snapshot.span(since, until)
    if first == end:
        raise NothingToExport()
    return first, end


def _note(actor: Actor, bundle: Bundle, *, personal: bool) -> None:
    facts = {
        "digest": bundle.manifest,
        "entries": bundle.size,
        "first": bundle.first,
        "end": bundle.end,
        "opened": personal,
    }
    with transaction.atomic():
        record(actor, BUNDLE_EXPORTED, Subject("bundle", bundle.manifest[:16]), facts=facts)


class _Writing:
    """Writes the parts of one bundle."""

    def __init__(
        self, files: Files, tables: Snapshot, snapshot: Snapshot, progress: Progress | None
    ) -> None:
        self._files, self._tables = files, tables
        self._snapshot, self._progress = snapshot, progress or (lambda done, total: None)
        self._missing = 0

    def leaves(self, first: int, end: int, *, personal: bool) -> dict[str, Any]:
        """Hashes of all numbers, entries and personal parts of those asked for.

        With them go the entries elsewhere that tell what may be absent or erased.
        """
        size = self._snapshot.size
        said: dict[str, Any] = {"size": size, "first": first, "end": end}
        wanted: Ranges = []
        for index in self._snapshot.receipts(first, end):
            extend(wanted, index)
        wanted = sorted([*wanted, [first, end]])
        for number, start in enumerate(range(0, size, LEAVES_A_FILE)):
            span = range(start, min(start + LEAVES_A_FILE, size))
            here = [
                range(max(one, span.start), min(past, span.stop))
                for one, past in wanted
                if one < span.stop and past > span.start and one < past
            ]
            self._hashes(number, span)
            if here:
                self._full(number, span, here, personal=personal)
            self._progress(span.stop, size)
        said["archived_ranges"] = self._snapshot.archived()
        return {**said, "archived": Span({**said, "archived": 0}).ranged}

    def rest(self) -> int:
        """Everything but the leaves; answers how many entries wait for a number."""
        files, snapshot, waiting = self._files, self._snapshot, 0
        files.put("policy", keys.policy().text)
        files.put("verify.py", verifier())
        files.put("README.txt", _README)
        with files.file("checkpoints.jsonl") as file:
            for checkpoint in snapshot.checkpoints():
                file.line(checkpoint)
        with files.file("waiting.jsonl") as file:
            for data in snapshot.waiting():
                file.write(data + b"\n")
                waiting += 1
        claims = all_claims()
        with files.file("claims.json") as file:
            file.line({"claims": [claim.as_json() for claim in claims]})
        for claim in claims:
            with files.file(f"tables/{claim.name}.jsonl") as file:
                for row in self._tables.table(claim):
                    file.line(row)
        return waiting

    def _hashes(self, number: int, span: range) -> None:
        with self._files.file(f"hashes/{number:06d}.bin") as file:
            at = span.start
            for index, digest in self._snapshot.hashes(span.start, span.stop):
                self._gap(index - at)
                file.write(_NO_HASH * (index - at) + digest)
                at = index + 1
            self._gap(span.stop - at)
            file.write(_NO_HASH * (span.stop - at))

    def _full(self, number: int, span: range, here: list[range], *, personal: bool) -> None:
        name = f"{number:06d}.jsonl"
        with (
            self._files.file(f"leaves/{name}") as leaves,
            self._files.file(f"personal/{name}") as parts,
        ):
            at = span.start
            for numbers in here:
                found = self._snapshot.leaves(numbers.start, numbers.stop, personal=personal)
                for leaf in found:
                    leaves.write(b"\n" * (leaf.at - at) + leaf.data + b"\n")
                    at = leaf.at + 1
                    if leaf.parts:
                        parts.line({"index": leaf.at, **leaf.parts})
            leaves.write(b"\n" * (span.stop - at))

    def _gap(self, many: int) -> None:
        self._missing += many
        if self._missing > MOST_MISSING:
            raise NumbersMissing(most=MOST_MISSING)


def claims_as_json() -> list[Mapping[str, Any]]:
    """All claims, as the offline check takes them."""
    return [claim.as_json() for claim in all_claims()]
