"""The same question to our doors and to npm oidc-provider, by turns, in one run."""

import os
import statistics
from collections.abc import Callable, Sequence

from bench import peer
from bench.figures import Figure, Report
from bench.flood import LINES, Flooded, flood
from bench.stage import Server, Stage, stage, tell

# Both are told in milliseconds of CPU, with the database; the ratio is what is promised.
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
_WARM = 0.5

Prepare = Callable[[Server], Sequence[bytes]]
Sides = Callable[[Stage], tuple[Prepare, Prepare]]


def measure(area: str, name: str, sides: Sides, *, times: float) -> Report:
    """Ask both by turns; ours may cost at most one part in `times` of the peer's."""
    with stage() as here:
        ours, theirs = here.serve(role="doors", WORKERS="1"), peer.oidc_provider(here)
        us, them = sides(here)
        figures = compared(here, name, (ours, us(ours)), (theirs, them(theirs)), times)
    return Report(area, tuple(figures), {"connections": LINES})


def compared(
    here: Stage,
    name: str,
    ours: tuple[Server, Sequence[bytes]],
    theirs: tuple[Server, Sequence[bytes]],
    times: float,
) -> list[Figure]:
    """What one question costs on both sides, and how that compares in each round."""
    for server, requests in (ours, theirs):
        flood(here, server, requests, seconds=_WARM)
    tell(f"measuring: {name}")
    rounds = [
        (flood(here, *ours, seconds=SECONDS), flood(here, *theirs, seconds=SECONDS))
        for _ in range(ROUNDS)
    ]
    us, them = [one[0] for one in rounds], [one[1] for one in rounds]
    ratio = statistics.median(one.cpu / other.cpu for one, other in rounds)
    return [
        *_side(name, us),
        *_side(f"{name} of oidc-provider", them),
        Figure(f"our {name} / oidc-provider's", ratio, "x", 1 / times, f"{1 / ratio:.2f} times"),
    ]


def _side(name: str, rounds: Sequence[Flooded]) -> list[Figure]:
    app, engine = (statistics.median(getattr(one, n) for one in rounds) for n in ("app", "engine"))
    p50, p99 = (statistics.median(getattr(one, n) for one in rounds) for n in ("p50", "p99"))
    rate = statistics.median(one.answers / one.seconds for one in rounds)
    return [
        Figure(f"{name}: app", app, "ms"),
        Figure(f"{name}: PostgreSQL", engine, "ms"),
        Figure(f"{name}: what two cores could do", 2000 / (app + engine), "/s"),
        Figure(f"{name}: p50", p50, "ms", None, f"p99 {p99:.1f} ms, {rate:.0f} /s just now"),
    ]
