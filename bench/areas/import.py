"""A file of 20,000 officers: looked through, then named; and how much memory that takes."""

# ruff: noqa: N999 - the area is called so

import resource
from statistics import mean
from time import perf_counter

from bench.cpu import all_work, slowness
from bench.figures import Figure, Report
from bench.officers import entered, file_of, named
from bench.stage import stage, tell

MANY = 20_000
MOST_SECONDS, MOST_MEMORY = 120.0, 1024.0
_KILOBYTES = 1024


def measure() -> Report:
    """One file from the upload to the last name, as the job does it."""
    with stage() as here:
        from gapura.access.models import Appointment

        tell(f"a file of {MANY} officers")
        content = file_of(MANY)
        letter = entered("821/IMPORT/2026")
        speeds = [slowness()]
        work, began = all_work(here.engine), perf_counter()
        named(letter, content)
        seconds, work = perf_counter() - began, all_work(here.engine) - work
        speeds.append(slowness())
        found = Appointment.objects.filter(letter=letter).count()
        if found != MANY:
            raise RuntimeError(f"{found} of {MANY} officers were named")
    slow = mean(speeds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
    return Report(
        "import",
        (
            Figure(f"{MANY} officers from the file to the letter", work / slow, "s", MOST_SECONDS),
            Figure("the same by the clock, on this machine now", seconds, "s"),
            Figure("officers a second", MANY * slow / work, "/s"),
            Figure("size of the file", len(content) / _KILOBYTES, "kB"),
            Figure("most memory of the process", memory, "MB", MOST_MEMORY),
        ),
        {"slower than the reference": f"{slow:.2f} x"},
    )
