"""CPU time and memory of processes, from /proc, and a loop that tells how fast this machine is."""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

# What the loop takes on an idle core of the machine that the limits were set on (docs/benchmarks).
REFERENCE_MS = 1.04
_RUNS = 9
_LOOPS = 150
_ROW = {"id": 7, "name": "Satuan kerja", "tags": ["a", "b", "c"], "on": True, "sum": "1250000.00"}


def check_platform() -> None:
    """Leave with a sentence where there is no /proc to read from."""
    if not Path("/proc/self/schedstat").exists():
        sys.exit("gapura: the bench reads CPU time from /proc/PID/schedstat, which is Linux only.")


def cpu_ms(pids: Iterable[int]) -> float:
    """CPU milliseconds that the threads of these processes have used; the gone ones count 0."""
    return sum(map(_of_process, pids))


def _of_process(pid: int) -> float:
    # Nanoseconds for each thread; /proc/PID/stat counts in ticks of 10 ms.
    total = 0
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        try:
            total += int((thread / "schedstat").read_text().split()[0])
        except (OSError, IndexError):
            continue
    return total / 1e6


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _parent(path: Path) -> int:
    try:
        # The name in brackets may hold anything, also brackets.
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def own_memory_mb(pid: int) -> float:
    """What would be free if the process ended: its unshared memory (USS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    private = [line.split() for line in lines if line.startswith("Private_")]
    return sum(int(words[1]) for words in private) / 1024


def slowness() -> float:
    """How many times slower than the reference a fixed piece of Python is just now."""
    return statistics.median(_loop_ms() for _ in range(_RUNS)) / REFERENCE_MS


def _loop_ms() -> float:
    began = time.thread_time()
    for number in range(_LOOPS):
        text = json.dumps({**_ROW, "id": number}, sort_keys=True)
        rows = [f"<td>{key}</td><td>{value}</td>" for key, value in json.loads(text).items()]
        "".join(sorted(rows)).encode()
    return (time.thread_time() - began) * 1000


def machine() -> dict[str, object]:
    """What these figures come from."""
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "cores": os.cpu_count(),
        "processor": model[0] if model else "",
        "python": sys.version.split()[0],
        "load": round(os.getloadavg()[0], 1),
    }
