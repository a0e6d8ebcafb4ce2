"""Seconds from ./run to the first page: with an empty data folder, and a second time."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Report
from bench.stage import ROOT, tell
from bench.wire import Line

FIRST, SECOND = 90, 5
PATIENCE, STOP_SECONDS = 300, 60
_NOTE = "wall clock; the limit is for a quiet machine"


def measure() -> Report:
    """The virtual environment is there already: what pip and npm load depends on the network."""
    from gapura.ops.postgres import free_port

    with tempfile.TemporaryDirectory(prefix="gapura-bench-") as folder:
        port = free_port()
        tell("first start")
        first = _start_and_stop(Path(folder), port)
        tell("second start")
        second = _start_and_stop(Path(folder), port)
    return Report(
        "start",
        (
            Figure("first start without installing", first, "s", FIRST, _NOTE),
            Figure("second start", second, "s", SECOND, _NOTE),
        ),
    )


def _start_and_stop(folder: Path, port: int) -> float:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GAPURA_")}
    env |= {"GAPURA_DATA_DIR": str(folder), "GAPURA_PORT": str(port)}
    with (folder / "run.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen([str(ROOT / "run")], env=env, stdout=log, stderr=log, cwd=ROOT)
        try:
            return _first_page(process, port) - began
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)


def _first_page(process: "subprocess.Popen[bytes]", port: int) -> float:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with Line(port) as line:
                if line.get("/").status == 200:
                    return time.monotonic()
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("./run did not serve a page")
