"""Decisions of the permission evaluator: how many a second on one core."""

import time

from bench.figures import Figure, Report
from bench.stage import stage

DECISIONS = 200_000
LEAST_A_SECOND = 300_000


def measure() -> Report:
    """An allowed and a refused one in turn, with the product's own tables."""
    with stage(people=False):
        from gapura.access.permissions import Can
        from gapura.kernel.actor import ActiveGrant, Actor
        from gapura.kernel.ids import uuid7
        from gapura.kernel.permissions import decide

        grant = ActiveGrant(uuid7(), "verifikator", "D32")
        strong = Actor(person=uuid7(), acr=2, grant=grant, grants=(grant,))
        pair = (strong, Actor(person=uuid7(), acr=1))
        assert decide(pair[0], Can.SEE_QUEUE)
        assert not decide(pair[1], Can.SEE_QUEUE)
        began = time.thread_time()
        for number in range(DECISIONS):
            decide(pair[number % 2], Can.SEE_QUEUE)
        took = time.thread_time() - began
    return Report(
        "decide",
        (
            Figure("one decision", took / DECISIONS * 1e6, "us", 1e6 / LEAST_A_SECOND),
            Figure("decisions a second and core", DECISIONS / took, ""),
        ),
    )
