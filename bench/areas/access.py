"""Access at the size of a country: pages, decisions and the nightly rounds, with their plans."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from uuid import UUID

from bench import nation
from bench.areas.pages import HOT, Limits, Run, Target
from bench.cpu import cpu_ms, slowness
from bench.figures import Figure, Report
from bench.people import enter, keys
from bench.plans import full_scans
from bench.queries import sent_by, statements_of
from bench.stage import Stage, stage, tell
from bench.wire import Line

ROUNDS, WARM, SAMPLE = 5, 20, 300
BUILD_SECONDS = 240
SWEPT = 100_000
BATCH = Limits(5_000, 2_500)


@dataclass(frozen=True, slots=True)
class Deed:
    """One call, asked so many times a round; `hot` says that it reads no large table whole."""

    name: str
    call: Callable[[], object]
    limits: Limits
    times: int = 100
    hot: bool = True


def measure() -> Report:
    """Build the country, then look at it as its people do."""
    with stage() as here:
        speeds = [slowness()]
        began = time.perf_counter()
        nation.populate()
        took = time.perf_counter() - began
        speeds.append(slowness())
        each = took / statistics.mean(speeds)
        figures = [Figure("making the data", each, "s", BUILD_SECONDS, f"measured {took:.0f}")]
        _bounded("verifikator2")
        figures += _pages(here, speeds)
        for deed in _deeds():
            tell(deed.name)
            figures += _figures(deed, speeds)
        figures += _nightly(speeds)
        figures.append(Figure("size of the database", _size(), "MB"))
    about = {
        "people": nation.PEOPLE,
        "grants": nation.GRANTS,
        "slower than the reference": f"{statistics.median(speeds):.2f} x",
    }
    return Report("access", tuple(figures), about)


def _bounded(username: str) -> None:
    """This verifier's grant reaches one part of the agency only."""
    from gapura.access.models import Grant

    mine = Grant.objects.filter(person__username=username, role="verifikator")
    mine.update(unit=nation.UNIT)


def _targets() -> list[Target]:
    return [
        Target("home of a verifier", "/", HOT, "verifikator"),
        Target("queue of a verifier", "/requests/queue", HOT, "verifikator"),
        Target("queue of a part of the agency", "/requests/queue", HOT, "verifikator2"),
        Target("queue one level up", "/requests/queue", HOT, "admin"),
        Target("own requests", "/requests", HOT, "ppk"),
        Target("own access", "/account/access", Limits(10, 2), "ppk"),
        Target("ending soon", "/people/expiring", HOT, "verifikator"),
        Target("ending soon in a part", "/people/expiring", HOT, "verifikator2"),
    ]


def _pages(here: Stage, speeds: list[float]) -> list[Figure]:
    server, targets = here.serve(), _targets()
    runs = [Run(target, server) for target in targets]
    for number in range(ROUNDS):
        tell(f"pages, round {number + 1} of {ROUNDS}")
        speeds += [run.once() for run in runs]
    figures = [figure for run in runs for figure in run.figures()]
    with Line(server.port) as line:
        for target in targets:
            cookies = enter(line, keys()[target.who]).cookies
            figures.append(_scans(target.name, statements_of(target.path, cookies)))
    return figures


def _scans(name: str, statements: list[str]) -> Figure:
    found = full_scans(statements, nation.TABLES)
    return Figure(f"{name}: large tables read whole", len(found), "", 0, " ".join(found))


def _deeds() -> list[Deed]:
    """What pages and doors ask of this room, each time about somebody else."""
    from gapura.access.queries import (
        QueueFilters,
        active_grants,
        ending_letters,
        ending_soon,
        queue_figures,
        queue_for,
    )
    from gapura.kernel import clock
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    whole, part = (acting(persona_id(name)) for name in ("verifikator", "verifikator2"))
    people = _people()
    read = Limits(1, 0.5, 1)
    page = Limits(2.5, 1.5, 2)
    search = QueueFilters(text="AKW-12")
    return [
        Deed("working grants", lambda: active_grants(next(people)[0], clock.now()), read, 600),
        Deed("queue, whole agency", lambda: queue_for(whole), page),
        Deed("queue, a part of it", lambda: queue_for(part), page),
        # A part of any name: all 5,000 are looked through.
        Deed("queue, searched", lambda: queue_for(whole, search), Limits(2.5, 25, 2)),
        Deed("queue, counts", lambda: queue_figures(whole), Limits(1, 1.5, 1)),
        Deed("queue, counts of a part", lambda: queue_figures(part), Limits(1, 1.5, 1)),
        Deed("ending soon", lambda: ending_soon(whole), Limits(2.5, 1.5, 1)),
        Deed("ending soon in a part", lambda: ending_soon(part), Limits(2.5, 1.5, 1)),
        # All that ends in the agency is counted: only for who asks for it by letter.
        Deed("ending by letter", lambda: ending_letters(whole), Limits(2.5, 60, 1), 10),
        Deed("who could act then", _who_could(), Limits(10, 5, 3)),
        Deed("decision for a machine", _decision(people), Limits(2.5, 1, 3)),
    ]


def _people() -> Iterator[tuple[UUID, str]]:
    """Ids and usernames of people spread over the country, again and again."""
    from gapura.accounts.models import Person

    step = nation.PEOPLE // SAMPLE
    names = [f"orang{number}" for number in range(1, nation.PEOPLE, step)]
    return cycle(Person.objects.filter(username__in=names).values_list("id", "username"))


def _who_could() -> Callable[[], object]:
    from datetime import timedelta

    from gapura.access.queries import Question, who_could
    from gapura.kernel import clock
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    now = clock.now()
    asked = Question("ppk", nation.AGENCY, nation.UNIT, now - timedelta(days=200), now)
    return partial(who_could, acting(persona_id("verifikator")), asked)


def _decision(people: Iterator[tuple[UUID, str]]) -> Callable[[], object]:
    """What the decision door reads and decides, without its network."""
    from gapura.access.queries import grants_named, judge
    from gapura.accounts.queries import subject_named
    from gapura.kernel import clock
    from gapura.organizations.queries import spot

    def decide() -> object:
        name, at = next(people)[1], clock.now()
        place = spot("unit", nation.UNIT)
        subject, grants = subject_named(name), grants_named(name, at)
        return judge(subject, grants, "purchasing.order.sign", place, at=at)

    return decide


def _figures(deed: Deed, speeds: list[float]) -> list[Figure]:
    statements = sent_by(deed.call)
    for _ in range(WARM):
        deed.call()
    rounds = [_round(deed.call, deed.times, speeds) for _ in range(ROUNDS)]
    app, database = (statistics.median(part) for part in zip(*rounds, strict=True))
    figures = [
        Figure(f"{deed.name}: app", app, "ms", deed.limits.app),
        Figure(f"{deed.name}: database", database, "ms", deed.limits.database),
        Figure(f"{deed.name}: queries", len(statements), "", deed.limits.queries),
    ]
    return [*figures, _scans(deed.name, statements)] if deed.hot else figures


def _round(call: Callable[[], object], times: int, speeds: list[float]) -> tuple[float, float]:
    """CPU milliseconds of a call, here and in the database."""
    engine = _own_backend()
    slow, began, before = slowness(), time.thread_time(), cpu_ms([engine])
    for _ in range(times):
        call()
    app, database = (time.thread_time() - began) * 1000, cpu_ms([engine]) - before
    slow = (slow + slowness()) / 2
    speeds.append(slow)
    return app / times / slow, database / times / slow


def _own_backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
        return found


def _nightly(speeds: list[float]) -> list[Figure]:
    """A batch of notices, and the whole sweep for conflicts: work for nobody who waits."""
    from gapura.access.services import tell_endings
    from gapura.access.services.sweeping import sweep_all
    from gapura.kernel.actor import system_actor

    tell("a batch of notices")
    batch = partial(tell_endings, actor=system_actor("endings"))
    told = _round(batch, 2, speeds)
    tell("the sweep")
    swept = _round(partial(sweep_all, actor=system_actor("conflicts")), 1, speeds)
    share = SWEPT / nation.PEOPLE / 1000
    return [
        Figure("a batch of 500 notices of an end: app", told[0], "ms", BATCH.app),
        Figure("a batch of 500 notices of an end: database", told[1], "ms", BATCH.database),
        Figure(f"sweep for conflicts, {SWEPT} people: app", swept[0] * share, "s", 10),
        Figure(f"sweep for conflicts, {SWEPT} people: database", swept[1] * share, "s", 10),
    ]


def _size() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        found: int = cursor.fetchone()[0]
        return found / 2**20
