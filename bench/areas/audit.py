"""What an event costs: single commits with the sealer standing still and at work, in one run."""

import statistics
import time
from threading import Event, Thread

from bench.figures import Figure, Report
from bench.stage import stage, tell

EVENTS, ROUNDS = 400, 5
LEAST_RATIO = 0.85


def measure() -> Report:
    """Medians of five rounds; the ratio tells what sealing behind the writers costs them."""
    with stage(people=False):
        still: list[float] = []
        sealing: list[float] = []
        own: list[float] = []
        for number in range(ROUNDS):
            tell(f"round {number + 1} of {ROUNDS}")
            rate, cpu = _write()
            still.append(rate)
            own.append(cpu)
            with _Sealer():
                sealing.append(_write()[0])
    ratio = statistics.median(sealing) / statistics.median(still)
    return Report(
        "audit",
        (
            Figure("an event with its commit: app", statistics.median(own), "ms"),
            Figure("events a second, sealer still", statistics.median(still), ""),
            Figure("events a second, sealing", statistics.median(sealing), ""),
            Figure("times slower while sealing", 1 / ratio, "x", 1 / LEAST_RATIO),
        ),
    )


def _write() -> tuple[float, float]:
    """Events a second of one writer, and its CPU milliseconds for each."""
    from django.db import transaction

    from gapura.audit.services import Subject, record
    from gapura.helpdesk.events import OPENED
    from gapura.kernel.actor import system_actor

    actor = system_actor("bench")
    began, used = time.monotonic(), time.thread_time()
    for number in range(EVENTS):
        with transaction.atomic():
            record(actor, OPENED, Subject("case", str(number)), facts={"topic": "other"})
    took = time.monotonic() - began
    return EVENTS / took, (time.thread_time() - used) * 1000 / EVENTS


class _Sealer:
    """The sealer in a thread of its own, as in the worker."""

    def __enter__(self) -> None:
        from gapura.audit.services import run_forever

        self._stop = Event()
        self._thread = Thread(target=run_forever, args=(self._stop,))
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
