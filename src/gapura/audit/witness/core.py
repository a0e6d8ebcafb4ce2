"""What a witness cosigns and what it refuses (C2SP tlog-witness), without input or output."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.tree.cosignatures import VerifierKey, cosign, decoded
from gapura.audit.tree.merkle import EMPTY_ROOT, verify_consistency
from gapura.audit.tree.notes import BadNote, Tree, read_checkpoint

LARGEST_PROOF = 63
LARGEST_SIZE = 2**63 - 1
LARGEST_BODY = 64 * 1024
SIZE_TYPE = "text/x.tlog.size"
FORK, UNPROVEN = "fork", "unproven"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered over HTTP."""

    status: int
    body: str
    media_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest checkpoint cosigned for a log."""

    size: int = 0
    root: bytes = b""
    note: str = ""


class Shelf(Protocol):
    """Where a witness keeps what it has seen."""

    def seen(self, origin: str) -> Seen:
        """The newest of this log, or an empty one.

        :raises OSError: when it cannot be read.
        """

    def keep(self, origin: str, seen: Seen) -> None:
        """Keep it for good.

        :raises OSError: when the disk does not take it.
        """

    def evidence(self, kind: str, origin: str, ours: str, theirs: str) -> None:
        """Keep two notes that do not go together; `kind` is FORK or UNPROVEN."""

    def settled(self, origin: str, note: str) -> None:
        """This one was proven to continue all before it: if it was unproven, it no longer is."""


class _Refused(Exception):
    def __init__(self, status: int, body: str, media_type: str = "") -> None:
        super().__init__(body)
        self.reply = Reply(status, f"{body}\n", *([media_type] if media_type else []))


@dataclass(frozen=True, slots=True)
class _Asked:
    old: int
    proof: tuple[bytes, ...]
    tree: Tree
    note: str
    text: str


class Witness:
    """Cosigns the checkpoints of known logs, each only as the continuation of the last one."""

    def __init__(
        self,
        name: str,
        key: Ed25519PrivateKey,
        logs: Sequence[VerifierKey],
        shelf: Shelf,
        seconds: Callable[[], float],
    ) -> None:
        self.name, self._key, self._logs = name, key, logs
        self._shelf, self._seconds = shelf, seconds
        self._lock = Lock()

    def add_checkpoint(self, body: bytes) -> Reply:
        """Answer one request of a log."""
        try:
            asked = self._read(body)
            with self._lock:
                return self._cosign(asked)
        except _Refused as refusal:
            return refusal.reply
        except OSError:
            return Reply(503, "the state cannot be read or kept\n")

    def _read(self, body: bytes) -> _Asked:
        try:
            head, gap, note = body.decode().partition("\n\n")
        except ValueError:
            raise _Refused(400, "not UTF-8") from None
        first, *steps = head.split("\n")
        proof = tuple(decoded(step) for step in steps)
        if not gap or len(proof) > LARGEST_PROOF or any(len(step) != 32 for step in proof):
            raise _Refused(400, "not an old size, at most 63 hashes, an empty line, a checkpoint")
        old = _number(first.removeprefix("old ")) if first.startswith("old ") else None
        if old is None:
            raise _Refused(400, "the first line is not an old size")
        tree = self._signed(note)
        text = note.rpartition("\n\n")[0] + "\n"
        if old > tree.size:
            raise _Refused(400, "the old size is larger than the checkpoint's")
        return _Asked(old, proof, tree, note, text)

    def _signed(self, note: str) -> Tree:
        """The statement of a note that a log we know has signed."""
        lines = note.split("\n")
        if len(lines) < 6 or _number(lines[1]) is None:
            raise _Refused(400, "not a checkpoint")
        keys = [log.key for log in self._logs if log.name == lines[0]]
        if not keys:
            raise _Refused(404, "this log is not known here")
        for key in keys:
            try:
                return read_checkpoint(note, key)
            except BadNote:
                continue
        raise _Refused(403, "not signed by a key of this log")

    def _cosign(self, asked: _Asked) -> Reply:
        origin, tree = asked.tree.origin, asked.tree
        seen = self._shelf.seen(origin)
        if asked.old != seen.size:
            if tree.size == seen.size and tree.root != seen.root:
                self._shelf.evidence(FORK, origin, seen.note, asked.note)
            raise _Refused(409, str(seen.size), SIZE_TYPE)
        if tree.size == seen.size and seen.note and tree.root != seen.root:
            self._shelf.evidence(FORK, origin, seen.note, asked.note)
            raise _Refused(409, str(seen.size), SIZE_TYPE)
        grows = tree.size > seen.size and seen.size > 0
        if not _follows(seen, asked):
            # A bad proof from a tree to itself, or from nothing, says only that somebody asked.
            if grows:
                self._shelf.evidence(UNPROVEN, origin, seen.note, asked.note)
            raise _Refused(422, "the proof does not lead from what was cosigned last to this")
        if tree.size != seen.size or not seen.note:
            self._shelf.keep(origin, Seen(tree.size, tree.root, asked.note))
        if grows:
            self._shelf.settled(origin, asked.note)
        return Reply(200, cosign(asked.text, self.name, self._key, int(self._seconds())))


def _follows(seen: Seen, asked: _Asked) -> bool:
    tree = asked.tree
    if tree.size == 0 or asked.old == 0:
        return not asked.proof and (tree.size > 0 or tree.root == EMPTY_ROOT)
    return verify_consistency(asked.old, tree.size, seen.root, tree.root, asked.proof)


def _number(text: str) -> int | None:
    """A decimal as the format wants it: ASCII digits, no zero in front, within 63 bits."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or str(int(text)) != text:
        return None
    return int(text) if int(text) <= LARGEST_SIZE else None
