"""Events written one by one and in groups, with the sealer behind and without; how far it is."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

from bench.cpu import slowness, with_ended_ms
from bench.figures import Figure, Report
from bench.log import GROUP, cost
from bench.stage import ROOT, Stage, stage, tell

WRITERS, SECONDS, ROUNDS = 4, 3, 5
# The sealer may not cost the writers anything they notice.
MOST_DEARER = 1.25
# Rates: 0.85 of the one without sealing, and four times the one of single commits.
MOST_SLOWER, MOST_OF_GROUPS, MOST_LAG, MOST_COST = 1 / 0.85, 1 / 4, 2.0, 0.3


@dataclass(frozen=True, slots=True)
class Round:
    """CPU milliseconds of an event; `engine` is all of PostgreSQL, `sealer` the sealing process.

    `lag` is how many seconds the tree was behind at most.
    """

    events: int
    app: float
    engine: float
    sealer: float
    lag: float = 0.0


# What is written in a round, and whether somebody seals meanwhile.
_KINDS = {"plain": ("write", False), "sealed": ("write", True), "grouped": ("group", True)}


def measure() -> Report:
    """Rounds of each kind in turn; what waits is sealed in between."""
    rounds: dict[str, list[Round]] = {kind: [] for kind in _KINDS}
    speeds: list[float] = []
    costs: list[float] = []
    with stage(people=False) as here:
        from gapura.audit.services import seal_all

        for number in range(ROUNDS):
            tell(f"round {number + 1} of {ROUNDS}")
            for kind, (deed, sealing) in _KINDS.items():
                slow = slowness()
                rounds[kind].append(_round(here, deed, sealing=sealing))
                speeds.append((slow + slowness()) / 2)
                seal_all()
            costs.append(cost(500))
            seal_all()
    slow = statistics.median(speeds)
    figures = (*_costs(rounds, slow), *_rates(rounds))
    each = Figure("an event in an open transaction: app", statistics.median(costs) / slow, "ms",
                  MOST_COST)  # fmt: skip
    return Report("audit", (each, *figures), {"slower than the reference": f"{slow:.2f} x"})


def _costs(rounds: dict[str, list[Round]], slow: float) -> tuple[Figure, ...]:
    without, behind = _median(rounds["plain"], slow), _median(rounds["sealed"], slow)
    ratio = statistics.median(
        (b.app + b.engine) / (a.app + a.engine)
        for a, b in zip(rounds["plain"], rounds["sealed"], strict=True)
    )
    return (
        Figure("an event without the sealer: app", without.app, "ms"),
        Figure("an event without the sealer: PostgreSQL", without.engine, "ms"),
        Figure("an event with the sealer behind: app", behind.app, "ms"),
        Figure("an event with the sealer behind: PostgreSQL", behind.engine, "ms"),
        Figure("an event with the sealer behind: sealer", behind.sealer, "ms"),
        Figure("with / without, app + PostgreSQL", ratio, "x", MOST_DEARER),
    )


def _rates(rounds: dict[str, list[Round]]) -> tuple[Figure, ...]:
    """Rates depend on the machine, so what is promised is how they relate in the same minute."""

    def related(one: str, other: str) -> float:
        pairs = zip(rounds[one], rounds[other], strict=True)
        return statistics.median(a.events / b.events for a, b in pairs)

    def rate(kind: str) -> Figure:
        found = statistics.median(one.events for one in rounds[kind]) / SECONDS
        return Figure(f"{kind} events a second, {WRITERS} writers on this machine", found, "/s")

    lag = max(one.lag for kind in ("sealed", "grouped") for one in rounds[kind])
    return (
        *map(rate, _KINDS),
        Figure("rate without / with the sealer", related("plain", "sealed"), "x", MOST_SLOWER),
        Figure(f"rate single / {GROUP} a commit, both sealed", related("sealed", "grouped"), "x",
               MOST_OF_GROUPS),
        Figure("the tree behind the writers, at most", lag, "s", MOST_LAG),
    )  # fmt: skip


def _round(here: Stage, deed: str, *, sealing: bool) -> Round:
    """All begin at once; the engine's work is counted over the whole round."""
    started = [_start(here, deed) for deed in [deed] * WRITERS + ["seal", "lag"] * sealing]
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
    sealer = told[WRITERS]["cpu"] * 1000 if sealing else 0.0
    lag = told[-1]["seconds"] if sealing else 0.0
    return Round(events, app / events, engine / events, sealer / events, lag)


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
