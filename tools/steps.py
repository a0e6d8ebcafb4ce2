"""Long steps of setting up, told to the person who waits, and the troubles they end in."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

HEARTBEAT = 10  # seconds after which a silent step says that it is still at work


class Trouble(Exception):
    """Setting up cannot go on; the text says what happened, why, and what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"gapura: {text}", flush=True)


def step(label: str, command: Sequence[str], env: Mapping[str, str], cwd: Path) -> None:
    """Run a command quietly, with a sign of life every ten seconds.

    :raises Trouble: when it fails, with the end of what it printed
    """
    say(label)
    began = time.monotonic()
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(
            command, env=dict(env), cwd=cwd, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            while _still_running(process):
                say(f"  still at it, {time.monotonic() - began:.0f} s")
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if process.returncode:
            output.seek(0)
            sys.stderr.write("".join(output.readlines()[-15:]))
            raise Trouble(
                f"{label}: failed ({Path(command[0]).name} ended with {process.returncode})."
            )


def _still_running(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(HEARTBEAT)
    except subprocess.TimeoutExpired:
        return True
    return False
