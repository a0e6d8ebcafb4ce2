"""The lanes of ./test: format, lint, types, import contracts, then the tests on each engine."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gapura.ops.engines import system_binaries, wheel_binaries
from tests.environment import ENVIRONMENT
from tools.bootstrap import ROOT
from tools.browser import provide_chromium
from tools.steps import say

PYTHON = sys.executable
NO_TESTS = 5  # pytest's exit code when nothing was collected
# What the older engine needs not see each time. It takes the rooms that write SQL of their own;
# pages, commands and whole journeys only call them, the other rooms' statements are all Django's,
# attacks on signing in and what comes late in a file repeat the statements of ordinary use.
ROOMS = (
    "access", "api", "audit", "authentication", "catalog", "documents", "kernel", "notifications",
    "organizations", "reports",
)  # fmt: skip
ROOMS_ONCE = ("--ignore-glob=*/authentication/test_*attack*.py", "--few")
WORKERS = ("-n", "2", "--dist", "worksteal")  # tests/order.py knows how the list is cut
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "imports": [PYTHON, "-c", _LINT_IMPORTS],
}
SUMMARY = re.compile(
    r"=* ?(.*\b(passed|failed|errors?|skipped|no tests ran)\b.* in [\d.]+s.*?) ?=*"
)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Result:
    """How a lane ended. `summary` is the last line that pytest wrote."""

    lane: str
    ok: bool
    seconds: float
    summary: str = ""

    def __str__(self) -> str:
        word = "ok" if self.ok else "FAILED"
        return f"{self.lane:<16} {word:<7} {self.seconds:6.1f} s  {self.summary}".rstrip()


def check(lane: str) -> Result:
    """One static check; what it printed is shown only when it fails."""
    began = time.monotonic()
    answer = subprocess.run(
        CHECKS[lane], cwd=ROOT, env=os.environ | ENVIRONMENT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    result = Result(lane, answer.returncode == 0, time.monotonic() - began)
    print(("" if result.ok else answer.stdout) + str(result), flush=True)
    return result


def pytest(lane: str, arguments: Sequence[str], *, beside: bool = False) -> Result:
    """One run of pytest; its output is passed through as it comes, or in one piece (`beside`)."""
    began = time.monotonic()
    color = ["--color=yes"] if sys.stdout.isatty() else []
    lines = [f"\n{lane}: pytest {' '.join(arguments)}\n"]
    summary = ""
    with subprocess.Popen(
        [PYTHON, "-m", "pytest", *color, *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None  # noqa: S101
        try:
            for line in process.stdout:
                lines.append(line)
                if not beside:
                    _print(lines)
                if found := SUMMARY.fullmatch(_COLOR.sub("", line.strip())):
                    summary = found[1]
        except KeyboardInterrupt:
            process.wait()  # it got the same Ctrl-C and is stopping its engine
            raise
    _print(lines)
    ok = process.returncode == 0
    return Result(lane, ok, time.monotonic() - began, summary or f"ended with {process.returncode}")


def _print(lines: list[str]) -> None:
    """All that was not printed yet, in one piece."""
    print("".join(lines), end="", flush=True)
    lines.clear()


def engines() -> list[tuple[str, str]]:
    """Lane name and pytest option for each engine: the oldest installed one, then the wheel's."""
    if os.environ.get("GAPURA_DATABASE_URL"):
        return [("tests", "")]
    newest = wheel_binaries()
    older = [b for b in system_binaries() if not newest or b.major < newest.major][:1]
    lanes = [(f"postgresql {b.major}", f"--postgres={b.major}") for b in older]
    if not older:
        say("no older PostgreSQL is installed here; the database tests run on one version only")
    return [*lanes, ("tests", f"--postgres={newest.major}" if newest else "")]


def everything(slow: bool, passed_on: Sequence[str], first_only: bool) -> list[Result]:
    """All lanes. With `first_only` one after the other, and the first failure ends it.

    Otherwise the types and then the older engine go beside the tests on the newest engine, whose
    workers often wait for a browser or for processes that start.
    """
    lanes = [_lane(lane, option, slow, passed_on) for lane, option in engines()]
    if first_only:
        return _one_by_one(lanes)
    quick = [check(lane) for lane in CHECKS if lane != "types"]
    with ThreadPoolExecutor(1) as pool:
        types = pool.submit(check, "types")
        older = [pool.submit(pytest, *lane, beside=True) for lane in lanes[:-1]]
        try:
            newest = pytest(*lanes[-1])
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [*quick, types.result(), *(lane.result() for lane in older), newest]


def _one_by_one(lanes: Sequence[tuple[str, list[str]]]) -> list[Result]:
    results = [check(lane) for lane in CHECKS]
    for lane, arguments in lanes:
        if all(result.ok for result in results):
            results.append(pytest(lane, arguments))
        else:
            say(f"{lane}: not run, because of the failure above")
    return results


def _lane(lane: str, option: str, slow: bool, passed_on: Sequence[str]) -> tuple[str, list[str]]:
    """Its name, and what pytest is told."""
    whole = lane == "tests"
    wanted = ("" if slow else "not slow", "" if whole else "pg and not browser")
    marks = " and ".join(filter(None, wanted))
    options = [*filter(None, [option]), *(["-m", marks] if marks else [])]
    if not whole and not slow:
        options += [*ROOMS_ONCE, *(f"tests/{room}" for room in ROOMS)]
    return lane, [*options, *(WORKERS if whole else ()), *passed_on]


def report(results: Sequence[Result]) -> int:
    """Print how each lane ended; the last line is pytest's summary (of a failed run, if any)."""
    print()
    for result in results:
        print(result)
    runs = [result for result in results if result.summary]
    told = next((run for run in runs if not run.ok), runs[-1] if runs else None)
    failed = [result.lane for result in results if not result.ok]
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    if told:
        print(f"== {told.summary} ==")
    return 1 if failed else 0


def from_here(argument: str) -> str:
    """A path as it was meant from the folder where ./test was called."""
    path, mark, name = argument.partition("::")
    place = Path(os.environ.get("OLDPWD", ROOT)) / path
    return (
        f"{place}{mark}{name}" if path and not path.startswith("-") and place.exists() else argument
    )


def is_part(arguments: Sequence[str]) -> bool:
    """Do the arguments choose some tests, rather than how all are run?"""
    chooses = ("-k", "-m", "--lf", "--ff", "--postgres", "--pyargs", "--collect-only", "--co")
    return any(
        argument.startswith(chooses) or Path(argument.partition("::")[0]).exists()
        for argument in arguments
    )


def main() -> int:
    """Run what was asked for; 0 when all of it is green."""
    parser = argparse.ArgumentParser(
        prog="./test", description="Check gapura. Anything else is passed on to pytest.",
        epilog="./test tests/access; ./test -k approve; ./test -x",
    )  # fmt: skip
    parser.add_argument("--setup", action="store_true", help="only prepare what the tests need")
    parser.add_argument("--slow", action="store_true", help="also peers, faults and millions")
    options, rest = parser.parse_known_args()
    provide_chromium(ROOT)
    if options.setup:
        say("everything is set up")
        return 0
    passed_on = [from_here(argument) for argument in rest]
    if is_part(passed_on):
        marks = [] if options.slow or "-m" in passed_on else ["-m", "not slow"]
        return 0 if pytest("tests", [*marks, *passed_on]).ok else 1
    return report(everything(options.slow, passed_on, "-x" in passed_on))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
