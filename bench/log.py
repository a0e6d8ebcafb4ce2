"""Events for the log, written as services do: in bulk, or as a process that commits one by one.

`python -m bench.log write SECONDS`, also with `group`, `seal` or `lag` in its place, answers with a
line of JSON: what was done and what CPU it took, or how far the tree was behind at most.
"""

import json
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gapura.audit.entries import Entry
    from gapura.kernel.actor import Actor


# How many events a door commits at once when it is busy.
GROUP = 64


def write_events(many: int, batch: int) -> None:
    """So many in transactions of `batch`, sealed and signed."""
    from django.db import transaction

    from gapura.audit.events import EXPLORED
    from gapura.audit.services import checkpoint, record_all, seal_all

    actor = somebody()
    for start in range(0, many, batch):
        with transaction.atomic():
            record_all(EXPLORED, [_entry(actor, n) for n in range(start, start + batch)])
    seal_all()
    checkpoint(now=True)


def somebody() -> "Actor":
    """Who acts: nobody in the tables, as the log has no foreign keys."""
    from gapura.kernel.actor import Actor
    from gapura.kernel.ids import uuid7

    return Actor(
        person=uuid7(),
        username="contoh",
        name="Contoh Pegawai",
        acr=2,
        session=uuid7(),
        ip="203.0.113.7",
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        request_id="01993fd0c0de7000a000000000000001",
    )


def _entry(actor: "Actor", number: int) -> "Entry":
    from gapura.audit.events import EXPLORED
    from gapura.audit.services import Subject, compose

    facts = {"rows": number % 41, "filters": {"role": "ppk"}}
    return compose(actor, EXPLORED, Subject("log", "log"), facts=facts, agency="D32")


def write(seconds: float) -> dict[str, Any]:
    """One event a transaction until the time is over."""
    from django.db import connection, transaction

    from gapura.audit.events import EXPLORED
    from gapura.audit.services import Subject, record

    actor, done = somebody(), 0
    connection.ensure_connection()
    until = time.monotonic() + seconds
    began = time.process_time()
    while time.monotonic() < until:
        facts = {"rows": done % 41, "filters": {"role": "ppk"}}
        with transaction.atomic():
            record(actor, EXPLORED, Subject("log", "log"), facts=facts, agency="D32")
        done += 1
    return {"events": done, "cpu": time.process_time() - began}


def group(seconds: float) -> dict[str, Any]:
    """The same with 64 events a transaction, as the doors commit them."""
    from django.db import connection, transaction

    from gapura.audit.events import EXPLORED
    from gapura.audit.services import record_all

    actor, done = somebody(), 0
    connection.ensure_connection()
    until = time.monotonic() + seconds
    began = time.process_time()
    while time.monotonic() < until:
        with transaction.atomic():
            done += record_all(EXPLORED, [_entry(actor, done + n) for n in range(GROUP)])
    return {"events": done, "cpu": time.process_time() - began}


def lag(seconds: float) -> dict[str, Any]:
    """The age of the oldest event that waits, asked ten times a second: the highest."""
    from gapura.audit.queries import backlog

    most, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        most = max(most, backlog().seconds)
        time.sleep(0.1)
    return {"seconds": most}


def cost(many: int) -> float:
    """CPU milliseconds of this process for one event in a transaction that is open anyway."""
    from django.db import transaction

    from gapura.audit.events import EXPLORED
    from gapura.audit.services import Subject, record

    actor, facts = somebody(), {"rows": 7, "filters": {"role": "ppk"}}
    with transaction.atomic():
        record(actor, EXPLORED, Subject("log", "log"), facts=facts, agency="D32")
        began = time.process_time()
        for _ in range(many):
            record(actor, EXPLORED, Subject("log", "log"), facts=facts, agency="D32")
        return (time.process_time() - began) * 1000 / many


def seal(seconds: float) -> dict[str, Any]:
    """The sealer as the worker runs it."""
    from gapura.audit.services import run_forever

    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    began = time.process_time()
    run_forever(stop)
    return {"cpu": time.process_time() - began}


def main() -> None:
    """What is asked for by the first argument, for as long as the second says."""
    import django

    django.setup()
    deed = {"write": write, "group": group, "seal": seal, "lag": lag}[sys.argv[1]]
    # Starting takes a second of CPU: nobody begins before all are ready.
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(deed(float(sys.argv[2]))), flush=True)


if __name__ == "__main__":
    main()
