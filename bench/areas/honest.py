"""False alarms over honest events (BENCH_EVENTS, a million) that were written amid crashes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bench import crashes
from bench.figures import Figure, Report
from bench.stage import stage, tell

T = TypeVar("T")
EVENTS = int(os.environ.get("BENCH_EVENTS", "1000000"))
# A million within a minute on two cores: one core's share.
MOST_SECONDS = max(10.0, 60 * EVENTS / 1_000_000 * 2)


def measure() -> Report:
    """Write amid crashes, seal the rest, export, and let both checks look."""
    with stage(people=False) as here:
        bundle = here.folder / "bundle"
        killed, writing = _timed(lambda: crashes.run(here, EVENTS))
        tell("sealing the rest")
        _seal()
        size, exporting = _timed(lambda: _export(bundle))
        tell("checking")
        told, checking = _timed(lambda: _check(bundle))
        # The bundle's own entry waits since then, and no worker runs here.
        _seal()
        live = _live()
    figures = (
        Figure("false alarms, offline", told["found"], "", 0),
        Figure("false alarms, in the database", len(live), "", 0),
        Figure("verify.py from start to end", checking, "s", MOST_SECONDS),
        Figure("writing amid crashes", writing, "s"),
        Figure("exporting", exporting, "s"),
    )
    about = {"events": size, "killed": dict(killed), "alarms": [*told["findings"][:5], *live[:5]]}
    about |= {name: told[name] for name in ("checkpoints", "witnessed")}
    return Report("honest", figures, about)


def _timed(deed: Callable[[], T]) -> tuple[T, float]:
    """What it answers, and the seconds it took."""
    began = time.monotonic()
    return deed(), time.monotonic() - began


def _seal() -> None:
    from gapura.audit.services import checkpoint, seal_all
    from gapura.audit.witness.asking import collect

    seal_all()
    checkpoint(now=True)
    collect()


def _export(bundle: Path) -> int:
    from gapura.audit.services import export_bundle
    from gapura.kernel.actor import system_actor

    return export_bundle(actor=system_actor("bench"), target=bundle).size


def _check(bundle: Path) -> dict[str, Any]:
    words = [sys.executable, "-I", str(bundle / "verify.py"), str(bundle), "--json"]
    answer = subprocess.run(words, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _live() -> list[str]:
    from gapura.audit.services import verify_log

    return [finding.text() for finding in verify_log(tables=True).findings]
