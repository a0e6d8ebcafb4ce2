"""A witness's own files: what it cosigned last of each log, and proofs of misbehavior."""

import base64
import json
import logging
from hashlib import sha256
from pathlib import Path

from gapura.audit.signing.safekeeping import keep, kept
from gapura.audit.witness.core import FORK, Seen

# Only who holds a log's key can fill this up; the first ones tell all.
MOST_EVIDENCE = 100

log = logging.getLogger(__name__)


class Folder:
    """`seen/` holds one file for each log, `evidence/` the pairs of notes that contradict."""

    def __init__(self, path: Path) -> None:
        self._seen, self._evidence = path / "seen", path / "evidence"
        for folder in (self._seen, self._evidence):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def seen(self, origin: str) -> Seen:
        """See `Shelf`. A file that is damaged is no reason to begin anew."""
        content = kept(self._file(origin))
        if content is None:
            return Seen()
        try:
            values = json.loads(content)
            root = base64.b64decode(values["root"], validate=True)
            return Seen(int(values["size"]), root, str(values["note"]))
        except (ValueError, KeyError, TypeError) as error:
            log.critical("the state of %s is damaged: restore it", origin)
            raise OSError(f"the state of {origin} is damaged") from error

    def keep(self, origin: str, seen: Seen) -> None:
        """See `Shelf`."""
        root = base64.b64encode(seen.root).decode()
        values = {"origin": origin, "size": seen.size, "root": root, "note": seen.note}
        keep(self._file(origin), json.dumps(values, indent=1).encode() + b"\n")

    def evidence(self, kind: str, origin: str, ours: str, theirs: str) -> None:
        """See `Shelf`. Twice the same is kept once."""
        both = f"{ours}\n{theirs}".encode()
        path = self._evidence / f"{kind}-{sha256(both).hexdigest()[:24]}.txt"
        if path.exists() or len(list(self._evidence.iterdir())) >= MOST_EVIDENCE:
            return
        level = logging.CRITICAL if kind == FORK else logging.ERROR
        log.log(level, "%s: two checkpoints that do not go together are in %s", origin, path)
        keep(path, both)

    def _file(self, origin: str) -> Path:
        return self._seen / f"{sha256(origin.encode()).hexdigest()}.json"
