"""The PostgreSQL of a test run: one for all workers, gone at the end."""

import contextlib
import tempfile
import time
from pathlib import Path

from gapura.ops.engines import EngineError, find_binaries
from gapura.ops.postgres import Cluster

FOLDER = Path(__file__).resolve().parent.parent / "var/tests"
STARTING = 60  # seconds in which a new folder may not hold its lock yet


def start_engine(version: str) -> tuple[Cluster, str]:
    """A fresh, forgetful engine and its address; leftovers of killed runs are cleared first."""
    binaries = find_binaries(version)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for folder in FOLDER.iterdir():
        if time.time() - folder.stat().st_mtime > STARTING:
            with contextlib.suppress(EngineError):  # another run holds it
                Cluster(folder, binaries, durable=False).discard()
    cluster = Cluster(Path(tempfile.mkdtemp(dir=FOLDER)), binaries, durable=False)
    return cluster, cluster.start()
