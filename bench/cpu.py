"""CPU time and memory of processes, from /proc, and a loop that tells how fast this machine is."""

import ast
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

# What the piece below takes on an idle machine like the one the limits were set on: 2 virtual
# x86-64 cores, Python 3.11 (docs/benchmarks.md).
REFERENCE_MS = 5.8
_PIECES, _PAUSE = 12, 0.0004
_SOURCE = '''
def left(due, now, *, words={}):
    """What remains until `due`, in the two largest units."""
    remaining = due - now
    if remaining <= timedelta(0):
        return ""
    days, hours = remaining.days, remaining.seconds // 3600
    minutes = max(1, remaining.seconds % 3600 // 60)
    parts = (
        plural("%(count)s day", "%(count)s days", days) % {"count": days} if days else "",
        plural("%(count)s hour", "%(count)s hours", hours) % {"count": hours} if hours else "",
        "" if days else plural("%(count)s minute", "%(count)s minutes", minutes),
    )
    return " ".join(words.get(part, part) for part in parts if part)

def window(current, total):
    shown = sorted({1, total, *range(max(1, current - 1), min(total, current + 1) + 1)})
    before = 0
    for number in shown:
        if number - before > 1:
            yield None
        yield number
        before = number
'''


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


def with_ended_ms(pid: int) -> float:
    """The same for the process, its descendants, and its children that ended, those in ticks."""
    ended = _numbers(Path(f"/proc/{pid}"))[15:17]
    return cpu_ms(tree(pid)) + sum(ended) * 1000 / os.sysconf("SC_CLK_TCK")


def all_work(engine: int) -> float:
    """CPU seconds of this process, of its children that ended, and of the database's processes."""
    return sum(os.times()[:4]) + with_ended_ms(engine) / 1000


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _parent(path: Path) -> int:
    try:
        return _numbers(path)[3]
    except (OSError, IndexError):
        return 0


def _numbers(process: Path) -> list[int]:
    """The fields of /proc/PID/stat as proc(5) counts them, less one; the first three are 0."""
    # The name in brackets may hold anything, also brackets.
    after = (process / "stat").read_text().rpartition(")")[2].split()
    return [0, 0, 0, *map(int, after[1:])]


def own_memory_mb(pid: int) -> float:
    """What would be free if the process ended: its unshared memory (USS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    private = [line.split() for line in lines if line.startswith("Private_")]
    return sum(int(words[1]) for words in private) / 1024


def slowness() -> float:
    """How many times slower than on the idle reference machine Python is just now.

    With a pause before each piece, as a page waits for the database: on a busy machine others then
    take the core and its caches, which is the larger part of what makes it slow.
    """
    began = time.thread_time()
    for _ in range(_PIECES):
        time.sleep(_PAUSE)
        ast.unparse(ast.parse(_SOURCE))
    return (time.thread_time() - began) * 1000 / REFERENCE_MS


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
