"""Events a second that are checked: in the database, and offline in a bundle of it."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.cpu import slowness, with_ended_ms
from bench.figures import Figure, Report
from bench.log import write_events
from bench.stage import Stage, stage, tell

EVENTS, BATCH, ROUNDS = 30_000, 500, 5
# 60,000 a second in all, 200,000 for the hashing alone, on one core.
MOST_US, MOST_HASHING_US = 1e6 / 60_000, 1e6 / 200_000


def measure() -> Report:
    """A whole check of the log by this process and by the offline verifier, several times."""
    with stage(people=False) as here:
        tell(f"writing and sealing {EVENTS} events")
        write_events(EVENTS, BATCH)
        app, database, slow = zip(*[_once(here) for _ in range(ROUNDS)], strict=True)
        bundle = here.folder / "bundle"
        tell("exporting a bundle")
        exporting = _exported(bundle)
        offline = [_adjusted(lambda: _offline(bundle)) for _ in range(ROUNDS)]
        hashing = [_adjusted(lambda: _hashing(bundle)) for _ in range(ROUNDS)]
        program = _as_a_program(bundle)
    each = statistics.median(app) / EVENTS
    figures = (
        Figure("in the database: events checked in a second of its CPU", 1000 / each, "/s"),
        Figure("app, each event", each * 1000, "us"),
        Figure("database, each event", statistics.median(database) / EVENTS * 1000, "us"),
        Figure("exporting, each event", exporting / EVENTS * 1e6, "us"),
        *_offline_figures(statistics.median(offline), statistics.median(hashing)),
        Figure("verify.py from start to end", program, "s"),
    )
    about = {"events": EVENTS, "slower than the reference": f"{statistics.median(slow):.2f} x"}
    return Report("verify", figures, about)


def _offline_figures(whole: float, hashing: float) -> tuple[Figure, ...]:
    """From CPU seconds over all events."""
    each, hashed = whole / EVENTS * 1e6, hashing / EVENTS * 1e6
    return (
        Figure("offline: events checked in a second of its CPU", 1e6 / each, "/s"),
        Figure("offline, each event", each, "us", MOST_US),
        Figure("offline: events hashed in a second of its CPU", 1e6 / hashed, "/s"),
        Figure("offline, hashing alone", hashed, "us", MOST_HASHING_US),
    )


def _once(here: Stage) -> tuple[float, float, float]:
    from gapura.audit.services import verify_log

    slow, engine = slowness(), with_ended_ms(here.engine)
    began = time.process_time()
    report = verify_log()
    app = (time.process_time() - began) * 1000
    if report.exit_code:
        raise RuntimeError(f"the log does not verify: {report.findings}")
    slow = (slow + slowness()) / 2
    return app / slow, (with_ended_ms(here.engine) - engine) / slow, slow


def _exported(bundle: Path) -> float:
    """CPU seconds of this process."""
    from gapura.audit.services import export_bundle
    from gapura.audit.witness.asking import collect
    from gapura.kernel.actor import system_actor

    collect()
    began = time.process_time()
    export_bundle(actor=system_actor("bench"), target=bundle)
    return time.process_time() - began


def _adjusted(deed: Callable[[], object]) -> float:
    """CPU seconds of a deed, as on the reference machine."""
    slow = slowness()
    began = time.process_time()
    deed()
    took = time.process_time() - began
    return took / ((slow + slowness()) / 2)


def _offline(bundle: Path) -> None:
    from gapura.audit.offline.checking import check_bundle

    report = check_bundle(bundle)
    if report.exit_code or report.entries < EVENTS:
        raise RuntimeError(f"the bundle does not verify: {report.findings[:3]}")


def _hashing(bundle: Path) -> None:
    """From the bytes on disk to the root: file hashes, leaves, tree."""
    from gapura.audit.offline.findings import Report as Found
    from gapura.audit.offline.folder import Folder
    from gapura.audit.offline.growing import Growing, hash_leaves

    folder, tree = Folder(bundle, Found()), Growing()
    folder.open()
    for name in folder.names("leaves/"):
        for lines in folder.lines(name):
            hashes = hash_leaves(lines)
            done = 0
            while done < len(hashes):
                many = min(tree.room(), len(hashes) - done)
                tree.add(hashes[done : done + many])
                done += many
    if tree.size < EVENTS or not tree.root():
        raise RuntimeError("not all events were hashed")


def _as_a_program(bundle: Path) -> float:
    began = time.monotonic()
    words = [sys.executable, "-I", str(bundle / "verify.py"), str(bundle)]
    subprocess.run(words, check=True, capture_output=True)
    return time.monotonic() - began
