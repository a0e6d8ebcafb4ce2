"""Pages, doors and the worker: CPU, queries, bytes and memory on a running server."""

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench import crowd
from bench.cpu import cpu_ms, own_memory_mb, slowness, tree
from bench.figures import Figure, Report
from bench.first_visit import first_visit
from bench.people import enter, keys
from bench.queries import queries_of
from bench.stage import Server, backends, stage, tell
from bench.wire import Line

ROUNDS = 7
WARM = 12
MEMORY_MB, VISIT_KB, VISIT_REQUESTS = 120, 60, 10


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a request may take: CPU milliseconds of app and database, and queries."""

    app: float
    database: float | None = None
    queries: int | None = None


HOT, OTHER = Limits(5, 1.5, 6), Limits(10, 2)
DOOR, EMPTY = Limits(0.1), Limits(0.4)
EMPTY_PATH = "/empty"


@dataclass(frozen=True, slots=True)
class Target:
    """One address as one visitor; `lines` is how many requests are under way at once."""

    name: str
    path: str
    limits: Limits
    who: str = ""
    requests: int = 40
    lines: int = 1


def targets() -> list[Target]:
    """Hot pages, some others, a door and an empty page."""
    from gapura.access.queries import QueueFilters, queue_for
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting
    from gapura.purchasing.queries import board

    review = queue_for(acting(persona_id("verifikator")), QueueFilters()).rows[0].id
    order = board(acting(persona_id("ppk")), "done", 1).rows[0].id
    return [
        Target("home of a verifier", "/", HOT, "verifikator"),
        Target("home of the administrator", "/", HOT, "admin"),
        Target("queue, 40 rows", "/requests/queue", HOT, "verifikator"),
        Target("log, 40 rows", f"/console/log?until={_yesterday()}", HOT, "admin"),
        Target("request under review", f"/requests/{review}/review", OTHER, "verifikator"),
        Target("account", "/account", OTHER, "ppk"),
        Target("account security", "/account/security", OTHER, "ppk"),
        Target("catalog, 24 products", "/catalog", HOT, "ppk"),
        Target("order, paid", f"/orders/{order}", HOT, "ppk"),
        Target("board of orders", "/orders", HOT, "ppk"),
        Target("who may do what", "/help/rights", OTHER),
        Target("welcome", "/", OTHER),
        Target("form of sign-in", "/login", OTHER),
        Target("door /healthz", "/healthz", DOOR, requests=800, lines=16),
        Target("empty page", EMPTY_PATH, EMPTY, requests=320, lines=16),
    ]


def _yesterday() -> date:
    """All of it is sealed, so that each row is proven; the newest are what this run itself did."""
    from gapura.kernel import clock

    return clock.today() - timedelta(days=1)


def measure() -> Report:
    """Everything in one run, so that the figures can be compared with each other."""
    with stage() as here:
        tell("making sample data")
        crowd.grow()
        empty, product = here.serve("bench.empty"), here.serve()
        runs = [Run(one, empty if one.path == EMPTY_PATH else product) for one in targets()]
        speeds: list[float] = []
        for number in range(ROUNDS):
            tell(f"round {number + 1} of {ROUNDS}")
            speeds += [run.once() for run in runs]
        figures = [figure for run in runs for figure in run.figures()]
        figures += _visit(product) + _memory(product)
    factor = f"{statistics.median(speeds):.2f} x"
    return Report("pages", tuple(figures), {"slower than the reference": factor})


@dataclass(slots=True)
class Run:
    """One target on its lines, with what it took in each round."""

    target: Target
    server: Server
    app: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    queries: int = 0
    _request: bytes = b""

    def __post_init__(self) -> None:
        with Line(self.server.port) as line:
            headers: list[str] = []
            if self.target.who:
                visitor = enter(line, keys()[self.target.who])
                headers = visitor.headers
                self.queries = queries_of(self.target.path, visitor.cookies)
            self._request = line.request("GET", self.target.path, headers)
        self._burst(WARM * self.target.lines)

    def once(self) -> float:
        """One round; answers how slow the machine was meanwhile."""
        own, theirs = tree(self.server.pid), backends()
        before = cpu_ms(own), cpu_ms(theirs)
        slow = slowness()
        self._burst(self.target.requests)
        slow = (slow + slowness()) / 2
        took = cpu_ms(own) - before[0], cpu_ms(theirs) - before[1]
        each = [ms / self.target.requests for ms in took]
        self.app.append(each[0] / slow)
        self.database.append(each[1] / slow)
        self.plain.append(each[0])
        return slow

    def _burst(self, requests: int) -> None:
        with ExitStack() as stack:
            port, many = self.server.port, self.target.lines
            lines = [stack.enter_context(Line(port)) for _ in range(many)]
            for _ in range(0, requests, many):
                for line in lines:
                    line.send(self._request)
                for line in lines:
                    status = line.receive().status
                    if status != 200:
                        raise RuntimeError(f"{self.target.path} answered {status}")

    def figures(self) -> list[Figure]:
        """Medians of the rounds against the limits."""
        name, limits = self.target.name, self.target.limits
        measured = f"measured {statistics.median(self.plain):.2f}"
        found = [_figure(f"{name}: app", self.app, limits.app, measured)]
        if limits.database is not None:
            found.append(_figure(f"{name}: database", self.database, limits.database))
        if limits.queries is not None:
            found.append(Figure(f"{name}: queries", self.queries, "", limits.queries))
        return found


def _figure(name: str, values: Sequence[float], limit: float, note: str = "") -> Figure:
    return Figure(name, statistics.median(values), "ms", limit, note)


def _visit(server: Server) -> list[Figure]:
    requests, size = first_visit(server.port, "/")
    return [
        Figure("first visit: requests", requests, "", VISIT_REQUESTS),
        Figure("first visit: size", size / 1024, "KB", VISIT_KB),
    ]


def _memory(server: Server) -> list[Figure]:
    workers = [pid for pid in tree(server.pid) if pid != server.pid]
    most = max(map(own_memory_mb, workers))
    return [Figure("memory of a worker", most, "MB", MEMORY_MB)]
