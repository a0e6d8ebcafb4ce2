"""Events written one by one, each in its own transaction: with the sealer behind, and without."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

from bench.cpu import slowness, with_ended_ms
from bench.figures import Figure, Report
from bench.stage import ROOT, Stage, stage, tell

WRITERS, SECONDS, ROUNDS = 4, 3, 5
# The sealer may not cost the writers anything they notice.
MOST_DEARER = 1.25


@dataclass(frozen=True, slots=True)
class Round:
    """CPU milliseconds of an event; `engine` is all of PostgreSQL, `sealer` the sealing process."""

    events: int
    app: float
    engine: float
    sealer: float


def measure() -> Report:
    """Rounds with and without the sealer in turn; what waits is sealed in between."""
    from gapura.audit.services import seal_all

    plain: list[Round] = []
    sealed: list[Round] = []
    speeds: list[float] = []
    with stage(people=False) as here:
        for number in range(ROUNDS):
            tell(f"round {number + 1} of {ROUNDS}")
            for rounds, sealing in ((plain, False), (sealed, True)):
                slow = slowness()
                rounds.append(_round(here, sealing=sealing))
                speeds.append((slow + slowness()) / 2)
                seal_all()
    slow = statistics.median(speeds)
    without, behind = _median(plain, slow), _median(sealed, slow)
    ratio = statistics.median(
        (b.app + b.engine) / (a.app + a.engine) for a, b in zip(plain, sealed, strict=True)
    )
    rate = statistics.median(one.events for one in sealed) / SECONDS
    return Report(
        "audit",
        (
            Figure("an event without the sealer: app", without.app, "ms"),
            Figure("an event without the sealer: PostgreSQL", without.engine, "ms"),
            Figure("an event with the sealer behind: app", behind.app, "ms"),
            Figure("an event with the sealer behind: PostgreSQL", behind.engine, "ms"),
            Figure("an event with the sealer behind: sealer", behind.sealer, "ms"),
            Figure("with / without, app + PostgreSQL", ratio, "x", MOST_DEARER),
            Figure(f"events a second, {WRITERS} writers on this machine now", rate, "/s"),
        ),
        {"slower than the reference": f"{slow:.2f} x"},
    )


def _round(here: Stage, *, sealing: bool) -> Round:
    """All writers begin at once; the engine's work is counted over the whole round."""
    deeds = ["write"] * WRITERS + ["seal"] * sealing
    started = [_start(here, deed) for deed in deeds]
    for process in started:
        _line_of(process)
    before = with_ended_ms(here.engine)
    for process in started:
        print(file=process.stdin, flush=True)
    told = [json.loads(_line_of(process)) for process in started]
    engine = with_ended_ms(here.engine) - before
    for process in started:
        process.communicate()
    events = sum(one["events"] for one in told[:WRITERS])
    app = sum(one["cpu"] for one in told[:WRITERS]) * 1000
    sealer = told[-1]["cpu"] * 1000 if sealing else 0.0
    return Round(events, app / events, engine / events, sealer / events)


def _start(here: Stage, deed: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bench.log", deed, str(SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=here.env,
        cwd=ROOT,
        text=True,
    )


def _line_of(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"a part of the bench ended by itself ({process.wait()})")
    return line


def _median(rounds: list[Round], slow: float) -> Round:
    return Round(
        0,
        *(
            statistics.median(getattr(one, name) for one in rounds) / slow
            for name in ("app", "engine", "sealer")
        ),
    )
