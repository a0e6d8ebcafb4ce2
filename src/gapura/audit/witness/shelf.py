"""A witness's own files: what it cosigned last of each log, and proofs of misbehavior."""

import base64
import json
import logging
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from gapura.audit.signing.safekeeping import keep, kept
from gapura.audit.witness.core import FORK, UNPROVEN, Seen

# Of each log. A fork takes the log's own key; for the other kind a stranger needs only a public
# note that the log has not brought here yet. So each has its limit; the first ones tell all.
MOST = {FORK: 1000, UNPROVEN: 100}

log = logging.getLogger(__name__)


class Folder:
    """`seen/` holds one file for each log, `evidence/` the pairs of notes that contradict.

    For the logs named in `first` a state begins where there is none; a state that is gone is no
    reason to begin anew.
    """

    def __init__(self, path: Path, first: Sequence[str] = ()) -> None:
        self._seen, self._evidence = path / "seen", path / "evidence"
        for folder in (self._seen, self._evidence):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for origin in first:
            if not self.knows(origin):
                self.keep(origin, Seen())

    def knows(self, origin: str) -> bool:
        """Whether there is a state of this log."""
        return self._file(origin).exists()

    def seen(self, origin: str) -> Seen:
        """See `Shelf`. A file that is damaged or gone is no reason to begin anew."""
        try:
            values = json.loads(kept(self._file(origin)) or b"")
            root = base64.b64decode(values["root"], validate=True)
            return Seen(int(values["size"]), root, str(values["note"]))
        except (ValueError, KeyError, TypeError) as error:
            log.critical("the state of %s is damaged or gone: restore it", origin)
            raise OSError(f"the state of {origin} is damaged or gone") from error

    def keep(self, origin: str, seen: Seen) -> None:
        """See `Shelf`."""
        root = base64.b64encode(seen.root).decode()
        values = {"origin": origin, "size": seen.size, "root": root, "note": seen.note}
        keep(self._file(origin), json.dumps(values, indent=1).encode() + b"\n")

    def evidence(self, kind: str, origin: str, ours: str, theirs: str) -> None:
        """See `Shelf`. Twice the same is kept once, whoever else has signed below."""
        path = self._path(kind, origin, *([ours] if kind == FORK else []), theirs)
        found = len(list(self._evidence.glob(f"{kind}-{_mark(origin)}-*")))
        if path.exists() or found >= MOST[kind]:
            return
        level = logging.CRITICAL if kind == FORK else logging.ERROR
        log.log(level, "%s: two checkpoints that do not go together are in %s", origin, path)
        keep(path, f"{ours}\n{theirs}".encode())

    def settled(self, origin: str, note: str) -> None:
        """See `Shelf`."""
        self._path(UNPROVEN, origin, note).unlink(missing_ok=True)

    def _path(self, kind: str, origin: str, *notes: str) -> Path:
        said = "".join(note.rpartition("\n\n")[0] + "\n\n" for note in notes)
        return self._evidence / f"{kind}-{_mark(origin)}-{_mark(said)}.txt"

    def _file(self, origin: str) -> Path:
        return self._seen / f"{sha256(origin.encode()).hexdigest()}.json"


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
