"""Permission decisions a second and core, asked by every persona, through the real rules."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from bench.cpu import slowness
from bench.crowd import apply
from bench.figures import Figure, Report
from bench.stage import stage, tell

ROUNDS, SECONDS = 9, 0.3


def measure() -> Report:
    """Those that look at the actor only, and those that look at a request as well."""
    with stage():
        plain, on_thing = _questions()
        tell(f"{len(plain)} questions about the actor, {len(on_thing)} about a request")
        speeds: list[float] = []
        figures = [
            _figure("about the actor alone", plain, speeds),
            _figure("about a request", on_thing, speeds),
        ]
    factor = f"{statistics.median(speeds):.2f} x"
    return Report("decide", tuple(figures), {"slower than the reference": factor})


Question = Callable[[], object]


def _questions() -> tuple[list[Question], list[Question]]:
    from gapura.access.models import AccessRequest
    from gapura.access.permissions import Can
    from gapura.kernel.permissions import decide
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.cast import CAST
    from gapura.ops.seeding.people import acting
    from gapura.web.shell.navigation import ENTRIES

    apply(0)
    actors = [acting(persona_id(persona.username)) for persona in CAST]
    thing = AccessRequest.objects.select_related("person").get(state="submitted")
    plain: list[Question] = [
        partial(decide, actor, entry.permission) for actor in actors for entry in ENTRIES
    ]
    asked = (Can.SEE, Can.CLAIM, Can.APPROVE, Can.REJECT, Can.WITHDRAW)
    return plain, [partial(decide, actor, one, thing) for actor in actors for one in asked]


def _figure(name: str, questions: list[Question], speeds: list[float]) -> Figure:
    rates = []
    for _ in range(ROUNDS):
        slow = slowness()
        rates.append(_rate(questions) * slow)
        speeds.append(slow)
    return Figure(f"decisions {name}", statistics.median(rates), "/s")


def _rate(questions: list[Question]) -> float:
    """Decisions for each second of CPU."""
    done, began = 0, time.thread_time()
    while time.thread_time() - began < SECONDS:
        for ask in questions:
            ask()
        done += len(questions)
    return done / (time.thread_time() - began)
