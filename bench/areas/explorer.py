"""The log at the size of a country: pages, histories, searches, proofs, and the sealer's step."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import log_at_size
from bench.cpu import slowness, with_ended_ms
from bench.figures import Figure, Report
from bench.queries import sent_by
from bench.stage import stage, tell

ROUNDS = 21
HISTORY, PROOF, QUERIES, LAG, MAKING = 100, 10, 8, 2000, 12 * 60


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done in a different place each time; `limit` is in milliseconds as they pass."""

    name: str
    do: Callable[[int], object]
    limit: float | None = None


def measure() -> Report:
    """Fill the log, then everything in one run."""
    with stage(people=False) as here:
        began = time.monotonic()
        log_at_size.populate()
        making = time.monotonic() - began
        figures = [Figure("making the entries", making, "s", MAKING)]
        speeds = []
        for deed in _deeds():
            tell(deed.name)
            slow = slowness()
            figures += _measured(deed, here.engine)
            speeds.append((slow + slowness()) / 2)
        figures += _queries()
        figures += _sealing()
        size = _one("SELECT pg_database_size(current_database())") / 1e9
    factor = f"{statistics.median(speeds):.2f} x"
    about = {"entries": log_at_size.ENTRIES, "GB": round(size, 1)}
    return Report("explorer", tuple(figures), about | {"slower than the reference": factor})


def _deeds() -> list[Deed]:
    from gapura.audit.queries import Filters, Whose, event_detail, explore, timeline
    from gapura.kernel.actor import Actor

    admin, sample = _actor("admin_platform"), _sample()

    def page(**filters: Any) -> object:
        return explore(admin, Filters(**filters), Whose.OVERSEEN)

    def history(kind: str, thing: str) -> object:
        return timeline(admin, kind, thing, Filters(), Whose.OVERSEEN)

    def own(number: int) -> object:
        who = sample[number]["actor_person"]
        return explore(Actor(person=who, acr=2), Filters())

    return [
        Deed("newest page, whole log", lambda n: page()),
        Deed("page in the middle", lambda n: page(after=sample[n]["id"])),
        Deed("a person's history", lambda n: history("person", str(sample[n]["actor_person"])),
             HISTORY),
        Deed("an object's history",
             lambda n: history(sample[n]["subject_kind"], sample[n]["subject_id"]), HISTORY),
        Deed("own life", own, HISTORY),
        Deed("an agency's page", lambda n: page(agency=sample[n]["agency"])),
        Deed("by session", lambda n: page(session=sample[n]["session"])),
        Deed("by request", lambda n: page(request=sample[n]["request_id"])),
        Deed("by address", lambda n: _by_address(admin, sample[n]["actor_username"])),
        Deed("by a rare word", lambda n: page(text=sample[n]["subject_label"])),
        Deed("by a word of a thousandth", lambda n: page(text=f"alasan {n * 40}")),
        Deed("by a word of all", lambda n: page(text="alasan")),
        Deed("by a role, refused", lambda n: page(role="pa", result="refused")),
        Deed("one entry with its proof", lambda n: event_detail(admin, sample[n]["id"])),
        Deed("inclusion proof", lambda n: _proof(sample[n]["leaf"]), PROOF),
    ]  # fmt: skip


def _measured(deed: Deed, engine: int) -> list[Figure]:
    """The first time in each place: what the caches hold of others only."""
    deed.do(0)
    passed = []
    cpu, database = time.process_time(), with_ended_ms(engine)
    for number in range(1, ROUNDS):
        began = time.perf_counter()
        deed.do(number)
        passed.append((time.perf_counter() - began) * 1000)
    app = (time.process_time() - cpu) * 1000 / len(passed)
    database = (with_ended_ms(engine) - database) / len(passed)
    tell(f"  {statistics.median(passed):.1f} ms")
    note = f"most {max(passed):.0f} ms; CPU {app:.1f} app, {database:.1f} PostgreSQL"
    return [Figure(deed.name, statistics.median(passed), "ms", deed.limit, note)]


def _queries() -> list[Figure]:
    """What a page and a history ask, the first time that this process sees the rows.

    The page's record of who looked is in it; session and person of the request are not.
    """
    from gapura.audit.proof import watch
    from gapura.audit.queries import Filters, Whose
    from gapura.audit.services import explore_log, show_timeline

    admin, thing = _actor("admin_platform"), str(_sample()[0]["actor_person"])

    def page() -> object:
        watch.forget()
        return explore_log(actor=admin, filters=Filters(), whose=Whose.OVERSEEN)

    def history() -> object:
        watch.forget()
        return show_timeline(actor=admin, kind="person", thing=thing, filters=Filters())

    return [
        Figure("queries of a page and its record", len(sent_by(page)), "", QUERIES),
        Figure("queries of a history and its record", len(sent_by(history)), "", QUERIES),
    ]


def _sealing() -> list[Figure]:
    """A thousand new entries: written as services do, and their way into the tree."""
    from django.db import transaction

    from bench.log import somebody
    from gapura.audit.events import EXPLORED
    from gapura.audit.queries import backlog
    from gapura.audit.services import Subject, compose, record_all, seal

    actor, subject, facts = somebody(), Subject("log", "log"), {"rows": 1, "filters": {}}
    seal()
    taken, asked = [], []
    for _round in range(5):
        with transaction.atomic():
            made = (compose(actor, EXPLORED, subject, facts=facts) for _ in range(1000))
            record_all(EXPLORED, made)
        asked.append(_timed(backlog))
        taken.append(_timed(seal))
    return [
        Figure("sealing 1,000 entries", statistics.median(taken), "ms", LAG),
        Figure("asking how many wait", statistics.median(asked), "ms"),
    ]


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _by_address(admin: Any, username: str) -> object:
    """As the filter does; the made entries keep another hash than that of an address."""
    from gapura.audit.queries import Filters, Whose, explore
    from gapura.audit.search import explorer

    kept = explorer._CONDITIONS["address"]
    made = _one("SELECT sha256(%s)", [f"a{username}".encode()])
    explorer._CONDITIONS["address"] = (kept[0], lambda _text: made)
    try:
        return explore(admin, Filters(address="203.0.113.7"), Whose.OVERSEEN)
    finally:
        explorer._CONDITIONS["address"] = kept


def _proof(leaf: int) -> None:
    from gapura.audit.proof.standing import prove
    from gapura.audit.queries import verified_up_to

    if not prove(leaf, verified_up_to()):
        raise RuntimeError("there is no proof")


def _actor(role: str) -> Any:
    from gapura.kernel.actor import ActiveGrant, Actor
    from gapura.kernel.ids import uuid7

    return Actor(person=uuid7(), username="bench", acr=2, grant=ActiveGrant(uuid7(), role, ""))


def _sample() -> list[dict[str, Any]]:
    """Entries from everywhere in the log, each with its leaf."""
    from django.db import connection

    step = max(1, log_at_size.ENTRIES // (ROUNDS + 1))
    places = [step * number + number for number in range(1, ROUNDS + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.index AS leaf, e.* FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id "
            "WHERE l.index = ANY(%s) ORDER BY l.index",
            [[min(place, log_at_size.ENTRIES - 100) for place in places]],
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _one(sql: str, params: list[Any] | None = None) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return (cursor.fetchone() or (None,))[0]
