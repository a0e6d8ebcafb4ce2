"""The processes the demo starts: each in its own group, on a leash, with a log, stopped in time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

STOP_SECONDS = 8.0
LOG_LIMIT = 5_000_000
_COMMAND = "import sys; from gapura.ops.cli import main; sys.exit(main())"


@dataclass(slots=True)
class Child:
    """One running `gapura` subcommand."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def last_words(self, lines: int = 10) -> str:
        """The end of its log."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def signal(self, number: int) -> None:
        """Tell the process (not its group: it tells its own children)."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def kill_group(self) -> None:
        """End what is left of the group, also when its leader is gone already."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(slots=True)
class Children:
    """All of them. Killing this process ends them too: the leash's other end closes with it."""

    folder: Path
    env: Mapping[str, str]
    all: list[Child] = field(default_factory=list)
    _leash: tuple[int, int] = field(default_factory=os.pipe)

    def start(self, *arguments: str, niceness: int = 0) -> Child:
        """Start `gapura ARGUMENTS`, its output in FOLDER/NAME.log."""
        reading, _ = self._leash
        name = arguments[0]
        log = self.folder / f"{name}.log"
        command = [sys.executable, "-c", _COMMAND, *arguments, "--leash", str(reading)]
        with _open_log(log) as output:
            process = subprocess.Popen(
                _niced(command, niceness),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(self.env),
                pass_fds=(reading,),
                process_group=0,
            )
        child = Child(name, process, log)
        self.all.append(child)
        return child

    def dead(self) -> Child | None:
        """The first that ended by itself, if any."""
        return next((child for child in self.all if child.process.poll() is not None), None)

    def stop(self) -> None:
        """Ask all to end, wait, and end what is left."""
        for child in self.all:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.all:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
        self.kill()

    def kill(self) -> None:
        """End all at once."""
        for child in self.all:
            child.kill_group()
            child.process.wait()
        self.all.clear()


def _open_log(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.old"))
    return path.open("ab")


def _niced(command: Sequence[str], niceness: int) -> list[str]:
    return ["nice", "-n", str(niceness), *command] if niceness else list(command)
