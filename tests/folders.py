"""The folder of a test run: gone at its end, and at the next start when the run was killed."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "gapura-test-run-"
STARTING = 60  # seconds in which a new folder may not be held yet


class RunFolder:
    """A new folder for temporary data, held by this process."""

    def __init__(self, where: Path | None = None) -> None:
        self._where = where or Path(tempfile.gettempdir())
        for left in self._where.glob(f"{PREFIX}*"):
            _clear(left)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._where))
        self._held = _hold(self.path)

    def discard(self) -> None:
        """Delete it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _hold(folder: Path) -> int | None:
    """A lock on the folder that ends with this process; None when somebody else has it."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return None
    return held


def _clear(left: Path) -> None:
    """Delete what a killed run left."""
    try:
        held = _hold(left) if time.time() - left.stat().st_mtime > STARTING else None
    except OSError:  # another user's, or just gone
        return
    if held is not None:
        shutil.rmtree(left, ignore_errors=True)
        os.close(held)
