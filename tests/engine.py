"""The PostgreSQL of a test run: one for all workers, gone at the end."""

import contextlib
import tempfile
import time
from pathlib import Path

import psycopg

from gapura.ops.engines import EngineError, find_binaries
from gapura.ops.postgres import NAME, SUPERUSER, Cluster

FOLDER = Path(__file__).resolve().parent.parent / "var/tests"
STARTING = 60  # seconds in which a new folder may not hold its lock yet


def start_engine(version: str) -> tuple[Cluster, str]:
    """A fresh, forgetful engine and its address; leftovers of killed runs are cleared first.

    It joins as a statement is written: with a handful of rows, looking for the best order of a
    dozen tables takes longer than any order.
    """
    binaries = find_binaries(version)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for folder in FOLDER.iterdir():
        if time.time() - folder.stat().st_mtime > STARTING:
            with contextlib.suppress(EngineError):  # another run holds it
                Cluster(folder, binaries, durable=False).discard()
    cluster = Cluster(Path(tempfile.mkdtemp(dir=FOLDER)), binaries, durable=False)
    address = cluster.start()
    with psycopg.connect(cluster.address(role=SUPERUSER) or "", autocommit=True) as connection:
        for name in ("join_collapse_limit", "from_collapse_limit"):
            connection.execute(f"ALTER ROLE {NAME} SET {name} = 1")
    return cluster, address
