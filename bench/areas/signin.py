"""A whole sign-in over HTTP against the bare password hash, in the same run."""

import statistics
import time

from bench.cpu import cpu_ms, slowness, tree, with_ended_ms
from bench.figures import Figure, Report
from bench.people import enter, keys
from bench.stage import Server, Stage, stage, tell
from bench.wire import Line

ROUNDS, WARM = 5, 1
WHO = ("ppk", "pp", "pa", "kpa", "bendahara", "apip")


def measure() -> Report:
    """Form, password, code, home page; a new visitor each time."""
    with stage() as here:
        server = here.serve()
        for _ in range(WARM):
            _journeys(server)
        tell("measuring")
        rounds = [_round(here, server) for _ in range(ROUNDS)]
    hashes, apps, engines, speeds = zip(*rounds, strict=True)
    ratios = [(app + engine) / one for one, app, engine, _ in rounds]
    slow = statistics.median(speeds)
    bare, app, engine = (statistics.median(each) / slow for each in (hashes, apps, engines))
    return Report(
        "signin",
        (
            Figure("the bare password hash", bare, "ms"),
            Figure("a whole sign-in: app", app, "ms"),
            Figure("a whole sign-in: PostgreSQL", engine, "ms"),
            Figure("a whole sign-in / the bare hash", statistics.median(ratios), "x"),
            Figure("sign-ins a second that two cores can do", 2000 / (app + engine), "/s"),
        ),
        {"slower than the reference": f"{slow:.2f} x"},
    )


def _round(here: Stage, server: Server) -> tuple[float, float, float, float]:
    slow, bare = slowness(), _hash_ms()
    own = tree(server.pid)
    before = cpu_ms(own), with_ended_ms(here.engine)
    _journeys(server)
    app = (cpu_ms(own) - before[0]) / len(WHO)
    engine = (with_ended_ms(here.engine) - before[1]) / len(WHO)
    bare = (bare + _hash_ms()) / 2
    return bare, app, engine, (slow + slowness()) / 2


def _journeys(server: Server) -> None:
    people = keys()
    for name in WHO:
        with Line(server.port) as line:
            enter(line, people[name])


def _hash_ms() -> float:
    """What the installation's own settings make of a password, as often as people sign in."""
    from argon2 import PasswordHasher
    from django.conf import settings

    figures = settings.ARGON2
    hasher = PasswordHasher(figures["time_cost"], figures["memory_cost"], figures["parallelism"])
    began = time.thread_time()
    for _ in WHO:
        hasher.hash("correct horse battery staple")
    return (time.thread_time() - began) * 1000 / len(WHO)
