"""The newest checkpoint as this process has checked it: signature, root, no step back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from gapura.audit import keys
from gapura.audit.tree.merkle import Get, consistency_proof, root, verify_consistency
from gapura.audit.tree.notes import BadNote, read_checkpoint
from gapura.audit.tree.stored import NodeMissing, Signed, latest_checkpoint, over_stored


@dataclass(frozen=True, slots=True)
class VerifiedUpTo:
    """Checkpoint number, leaves, root, time; `whole` only when all was computed and agreed."""

    number: int = 0
    size: int = 0
    root: bytes = b""
    at: datetime | None = None
    whole: bool = True
    note: str = ""


class Watch:
    """Remembers the last good checkpoint, so that a history rewritten later does not pass."""

    def __init__(self) -> None:
        self._seen = VerifiedUpTo()
        self._lock = Lock()

    def look(self) -> VerifiedUpTo:
        """Check the newest checkpoint once; later calls cost one small query."""
        return self.judge(latest_checkpoint())

    def judge(self, stored: Signed | None) -> VerifiedUpTo:
        """The same for a checkpoint that was just read as the newest; later calls cost nothing."""
        with self._lock:
            seen = self._seen
            if stored is None:
                return VerifiedUpTo(whole=seen.number == 0)
            if (stored.number, stored.note) == (seen.number, seen.note):
                return seen
            found = VerifiedUpTo(
                stored.number,
                stored.size,
                stored.root,
                stored.at,
                _agrees(stored, seen),
                stored.note,
            )
            if found.whole:
                self._seen = found
            return found

    def forget(self) -> None:
        """Start anew, as a process does."""
        with self._lock:
            self._seen = VerifiedUpTo()


class Proofs:
    """Leaf hashes that this process has proven: in a tree that only grows they stay in it.

    Only to be asked below a checkpoint that the watch found whole, thus consistent with all before.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._leaves: dict[int, bytes] = {}

    def fresh(self, leaves: Mapping[int, bytes]) -> dict[int, bytes]:
        """Those that were not proven yet, or not with this hash."""
        known = self._leaves
        return {index: leaf for index, leaf in leaves.items() if known.get(index) != leaf}

    def keep(self, leaves: Mapping[int, bytes]) -> None:
        """Remember what was just proven."""
        if len(self._leaves) + len(leaves) > self._most:
            self._leaves = {}
        self._leaves.update(leaves)

    def forget(self) -> None:
        """Start anew."""
        self._leaves = {}


def _agrees(stored: Signed, seen: VerifiedUpTo) -> bool:
    try:
        tree = read_checkpoint(stored.note, keys.public_key())
    except BadNote:
        return False
    if (tree.size, tree.root) != (stored.size, stored.root) or stored.size < seen.size:
        return False

    def computed(get: Get) -> tuple[bytes, list[bytes]]:
        steps = consistency_proof(seen.size, stored.size, get) if seen.size else []
        return root(stored.size, get), steps

    try:
        top, steps = over_stored(computed)
    except NodeMissing:
        return False
    if top != stored.root:
        return False
    return not seen.size or verify_consistency(seen.size, stored.size, seen.root, top, steps)


_watch = Watch()
verified_up_to = _watch.look
judge = _watch.judge
proofs = Proofs()


def forget() -> None:
    """Know nothing of earlier checkpoints and proofs, as a new process does."""
    _watch.forget()
    proofs.forget()
