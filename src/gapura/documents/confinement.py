"""What the child process takes from itself before it reads a foreign byte. No Django."""

import contextlib
import ctypes
import math
import os
import resource
import sys

from gapura.documents.limits import Limits

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_OPEN_FILES = 3


def _limit(name: str, soft: int, hard: int | None = None) -> None:
    """Lower one limit; a system that lacks it (macOS: RLIMIT_AS) keeps the others and the clock."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (soft, soft if hard is None else hard))


def confine(limits: Limits) -> None:
    """No further open file or socket, no child, no core dump, bounded memory and time.

    Call after every import and library start: there are only in, out and errors from then on.
    """
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_AS", limits.memory)
    _limit("RLIMIT_CPU", limits.base_seconds, seconds_for(limits.max_pages, limits))
    _limit("RLIMIT_NOFILE", _OPEN_FILES)
    os.nice(5)
    if sys.platform == "linux":
        process = ctypes.CDLL(None)
        process.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        process.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        process.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def seconds_for(pages: int, limits: Limits) -> int:
    """Processor seconds for a file of `pages` pages."""
    return limits.base_seconds + math.ceil(pages * limits.page_seconds)


def allow_pages(pages: int, limits: Limits) -> None:
    """Raise the processor limit to what an honest file of `pages` pages needs."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds_for(pages, limits), hard))
