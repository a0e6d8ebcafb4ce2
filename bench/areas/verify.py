"""How many events a second `gapura audit verify` recomputes and checks."""

import time
from collections.abc import Callable

from bench.figures import Figure, Report
from bench.stage import stage, tell

EVENTS, BATCH = 20_000, 500


def measure() -> Report:
    """Written in bulk, sealed, then verified whole."""
    with stage(people=False):
        from django.db import transaction

        from gapura.audit.services import (
            Subject,
            checkpoint,
            compose,
            record_all,
            seal_all,
            verify_log,
        )
        from gapura.helpdesk.events import OPENED
        from gapura.kernel.actor import system_actor

        actor = system_actor("bench")
        tell(f"writing {EVENTS} events")
        for _ in range(EVENTS // BATCH):
            with transaction.atomic():
                facts = {"topic": "other"}
                record_all(
                    OPENED,
                    [
                        compose(actor, OPENED, Subject("case", "1"), facts=facts)
                        for _ in range(BATCH)
                    ],
                )
        sealed = _cpu(seal_all)
        checkpoint(now=True)
        checked = _cpu(lambda: verify_log(lambda *_: None))
        assert verify_log(lambda *_: None).exit_code == 0
    return Report(
        "verify",
        (
            Figure("events verified a second and core", EVENTS / checked, ""),
            Figure("events sealed a second and core", EVENTS / sealed, ""),
        ),
    )


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
