"""Events a second that `gapura audit verify` checks, from the first one to the newest root."""

import statistics
import time

from bench.cpu import slowness, with_ended_ms
from bench.figures import Figure, Report
from bench.log import write_events
from bench.stage import Stage, stage, tell

EVENTS, BATCH, ROUNDS = 30_000, 500, 5


def measure() -> Report:
    """A whole check of the log by this process, several times."""
    with stage(people=False) as here:
        tell(f"writing and sealing {EVENTS} events")
        write_events(EVENTS, BATCH)
        app, database, slow = zip(*[_once(here) for _ in range(ROUNDS)], strict=True)
    each = statistics.median(app) / EVENTS
    return Report(
        "verify",
        (
            Figure("events checked in a second of its CPU", 1000 / each, "/s"),
            Figure("app, each event", each * 1000, "us"),
            Figure("database, each event", statistics.median(database) / EVENTS * 1000, "us"),
        ),
        {"events": EVENTS, "slower than the reference": f"{statistics.median(slow):.2f} x"},
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
