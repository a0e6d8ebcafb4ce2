"""A file of 20,000 officers: looked through, then named; and how much memory that takes."""

# ruff: noqa: N999 - the area is called so

import resource
from time import perf_counter

from bench.cpu import slowness
from bench.figures import Figure, Report
from bench.officers import entered, file_of, named
from bench.stage import stage, tell

MANY = 20_000
MOST_SECONDS, MOST_MEMORY = 120.0, 1024.0
_KILOBYTES = 1024


def measure() -> Report:
    """One file from the upload to the last name, as the job does it."""
    with stage():
        from gapura.access.models import Appointment

        tell(f"a file of {MANY} officers")
        content = file_of(MANY)
        letter = entered("821/IMPORT/2026")
        slow = slowness()
        began = perf_counter()
        named(letter, content)
        seconds = perf_counter() - began
        found = Appointment.objects.filter(letter=letter).count()
        if found != MANY:
            raise RuntimeError(f"{found} of {MANY} officers were named")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
    return Report(
        "import",
        (
            Figure(f"{MANY} officers from the file to the letter", seconds, "s", MOST_SECONDS),
            Figure("officers a second", MANY / seconds, "/s"),
            Figure("size of the file", len(content) / _KILOBYTES, "kB"),
            Figure("most memory of the process", memory, "MB", MOST_MEMORY),
        ),
        {"slower than the reference": f"{slow:.2f} x"},
    )
