"""No false alarm over honest events while writers, sealer and database are killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EVENTS = 100_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_hundred_thousand_honest_events_amid_crashes_raise_no_alarm() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GAPURA_")}
    env |= {"BENCH_EVENTS": str(EVENTS), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "bench", "honest", "--json"]
    answer = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr[-2000:]
    told = json.loads(answer.stdout)
    alarms = [figure["value"] for figure in told["figures"] if figure["unit"] == ""]
    assert alarms == [0, 0], told["about"]["alarms"]
    assert told["about"]["events"] >= EVENTS
    assert set(told["about"]["killed"]) == {"write", "seal", "postgresql"}
    assert told["about"]["witnessed"] > 0
