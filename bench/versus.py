"""The same question to our doors, to npm oidc-provider and to two providers in Python, by turns."""

import os
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench import peer, pythons
from bench.figures import Figure, Report
from bench.flood import LINES, Flooded, flood
from bench.stage import Server, Stage, stage, tell
from bench.wire import Line

# All are told in milliseconds of CPU, with the database; the ratio is what is promised.
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
_WARM = 0.5
# What an answer has to hold: a refusal that comes as 200 is cheap.
_PROOF = {
    "token": b'"access_token":',
    "introspection": b'"active":true',
    "userinfo": b'"sub":',
    "refresh": b'"access_token":',
    "jwks": b'"keys":',
    "discovery": b'"issuer":',
}

Prepare = Callable[[Server], Sequence[bytes]]
Sides = Callable[[Stage], tuple[Prepare, Prepare]]


@dataclass(frozen=True, slots=True)
class Side:
    """Who is asked what; `times` is how many times as much as ours it has to cost."""

    name: str
    server: Server
    requests: Sequence[bytes]
    times: float | None = None


def measure(
    area: str, name: str, sides: Sides, *, times: float, times_python: float | None = None
) -> Report:
    """Ask all by turns; ours may cost at most one part in `times` of oidc-provider's."""
    with stage() as here:
        ours, theirs = here.serve(role="doors", WORKERS="1"), peer.oidc_provider(here)
        us, them = sides(here)
        first, second = Side("", ours, us(ours)), Side(peer.NAME, theirs, them(theirs), times)
        others = in_python(pythons.providers(here), name)
        figures = compared(here, name, first, second, others, times_python)
    return Report(area, tuple(figures), {"connections": LINES})


def in_python(providers: Iterable[pythons.Provider], name: str) -> list[Side]:
    """Those of them that answer this at all."""
    return [Side(one.name, one.server, one.requests(name)) for one in providers if one.has(name)]


def compared(
    here: Stage,
    name: str,
    ours: Side,
    theirs: Side,
    others: Sequence[Side],
    times_python: float | None = None,
) -> list[Figure]:
    """What one question costs on all sides, and how that compares in each round."""
    sides = [ours, theirs, *others]
    for side in sides:
        _prove(name, side)
        flood(here, side.server, side.requests, seconds=_WARM)
    tell(f"measuring: {name}")
    rounds = [
        [flood(here, side.server, side.requests, seconds=SECONDS) for side in sides]
        for _ in range(ROUNDS)
    ]
    figures = _side(name, [one[0] for one in rounds])
    for n, side in enumerate(sides[1:], 1):
        figures += _side(f"{name} of {side.name}", [one[n] for one in rounds])
        ratios = [one[0].cpu / one[n].cpu for one in rounds]
        figures.append(_ratio(f"our {name} / {side.name}'s", ratios, side.times))
    if times_python:
        ratios = [one[0].cpu / min(other.cpu for other in one[2:]) for one in rounds]
        figures.append(_ratio(f"our {name} / the best in Python", ratios, times_python))
    return figures


def _prove(name: str, side: Side) -> None:
    """Ask once and look: it really gives what is measured."""
    with Line(side.server.port) as line:
        line.send(side.requests[0])
        reply = line.receive()
    if reply.status != 200 or _PROOF[name] not in reply.body.replace(b" ", b""):
        said = f"{reply.status} {reply.body[:300]!r}"
        raise RuntimeError(f"{side.name or 'gapura'} does not answer {name}: {said}")


def _ratio(name: str, ratios: Iterable[float], times: float | None) -> Figure:
    ratio = statistics.median(ratios)
    return Figure(name, ratio, "x", 1 / times if times else None, f"{1 / ratio:.2f} times")


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
