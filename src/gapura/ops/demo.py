"""`gapura demo`: the supervisor behind ./run. It starts, watches and stops everything."""

import argparse
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import IO, Any

from gapura.config.environment import PREFIX
from gapura.ops.children import Children
from gapura.ops.demo_log import WITNESS_STEP, DemoLog, demo_log
from gapura.ops.demo_settings import check_choices, demo_settings, surrounding, window_port
from gapura.ops.health import ask, server_address
from gapura.ops.postgres import Cluster
from gapura.ops.surroundings import data_dir, keep
from gapura.ops.trouble import SAID, Trouble, complain, say

READY_SECONDS = 60
WATCH_EVERY = 0.25
SEED_NICENESS = 10
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def demo(options: argparse.Namespace) -> int:
    """Run until Ctrl-C or SIGTERM (exit code 0), or until a part dies (exit code 1)."""
    check_choices(os.environ)
    folder = data_dir()
    _make(folder)
    for number in STOPPING:
        # SIGINT too: a shell that starts us with `&` would have it ignored.
        signal.signal(number, _interrupt)
    with _alone(folder), ExitStack() as stack:
        try:
            return _run(folder, stack, seed=not options.no_seed)
        except KeyboardInterrupt:
            say("stopping")
            stack.close()
            say("stopped")
            return 0


def _run(folder: Path, stack: ExitStack, *, seed: bool) -> int:
    env, log = _settings(folder, _database(folder, stack))
    keep(folder, {name: value for name, value in env.items() if name.startswith(PREFIX)})
    os.environ.clear()
    os.environ.update(env)
    children = Children(folder / "log", env)
    stack.callback(children.stop)
    stack.callback(_be_deaf)
    for window in ("mail-window", "simulator"):
        children.start(window)
    log.start(children)
    _prepare()
    for part in ("serve", "worker"):
        children.start(part)
    _wait_until_ready(children, server_address())
    _welcome(env)
    return _watch(children, _Seeding(children) if seed else None)


def _database(folder: Path, stack: ExitStack) -> str:
    if given := _given_database():
        return given
    say("starting PostgreSQL")
    cluster = Cluster(folder / "postgres")
    stack.callback(cluster.stop)
    return cluster.start()


def _given_database() -> str:
    path = os.environ.get(f"{PREFIX}DATABASE_URL_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(f"{PREFIX}DATABASE_URL", "")


def _settings(folder: Path, database_url: str) -> tuple[dict[str, str], DemoLog]:
    env = surrounding(os.environ) | demo_settings(folder, database_url, os.environ)
    port = window_port(int(env[f"{PREFIX}PORT"]), WITNESS_STEP)
    log = demo_log(folder, env, port)
    log.prepare()
    return env | {f"{PREFIX}{name}": value for name, value in log.settings().items()}, log


def _prepare() -> None:
    """Tables, reference data, static files, personas; in this process, which is quicker."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gapura.config.settings"
    django: Any = import_module("django")
    django.setup()
    migrating: Any = import_module("gapura.ops.migrate")
    migrating.check_server()
    migrating.bring_up_to_date()
    personas: Any = import_module("gapura.ops.personas")
    personas.create_personas()


def _wait_until_ready(children: Children, url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _check(children)
        try:
            if ask(url)["ready"]:
                return
        except Trouble:
            pass
        time.sleep(0.1)
    raise Trouble(f"The server did not become ready in {READY_SECONDS} s; see {children.folder}.")


def _check(children: Children) -> None:
    if dead := children.dead():
        if words := dead.last_words():
            print(words, file=sys.stderr)
        raise Trouble(
            f"{dead.name} ended by itself ({dead.process.returncode}), so everything is stopped. "
            f"Its log is {dead.log}."
        )


def _welcome(env: dict[str, str]) -> None:
    rows: Any = import_module("gapura.ops.personas").persona_table()
    connections: Any = import_module("django.db").connections
    connections.close_all()
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    print()
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        print("  " + "  ".join(cells))
    print()
    say(f"open {env[f'{PREFIX}PUBLIC_URL']}")
    say(f"mail goes to {env[f'{PREFIX}MAIL_WINDOW_URL']}; codes of the authenticator apps: "
        "gapura personas --json")  # fmt: skip
    say(f"SMS and the played authorities: {env[f'{PREFIX}SIMULATOR_URL']}")
    say("stop with Ctrl-C")


class _Seeding:
    """The bulk data, made beside the running demo; its progress goes to the terminal."""

    def __init__(self, children: Children) -> None:
        log = children.folder / "seed.log"
        read_from = log.stat().st_size if log.exists() else 0
        self._child = children.start("seed", "--progress", niceness=SEED_NICENESS)
        # Its end is no trouble, unlike that of the others.
        children.all.remove(self._child)
        self._read: IO[str] = self._child.log.open(encoding="utf-8", errors="replace")
        self._read.seek(read_from if self._child.log.stat().st_size >= read_from else 0)

    def tick(self) -> bool:
        """Pass on new lines; False once it is over."""
        ended = self._child.process.poll()
        for line in self._read:
            if line.startswith(SAID):
                say(line.removeprefix(SAID).rstrip())
        if ended:
            complain(f"the bulk data could not be finished; the rest works. See {self._child.log}.")
        return ended is None

    def stop(self) -> None:
        """Stop it with the rest; the next start goes on."""
        self._child.kill_group()
        self._child.process.wait()
        self._read.close()


def _watch(children: Children, seeding: _Seeding | None) -> int:
    try:
        while True:
            _check(children)
            if seeding is not None and not seeding.tick():
                seeding.stop()
                seeding = None
            time.sleep(WATCH_EVERY)
    finally:
        if seeding is not None:
            seeding.stop()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble(
            f"gapura can't keep its data in {folder} ({error.strerror}). "
            "Set GAPURA_DATA_DIR to a folder that is yours."
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        lock = (folder / "demo.lock").open("a")
    except OSError as error:
        raise Trouble(
            f"gapura can't write to {folder} ({error.strerror}). "
            "Set GAPURA_DATA_DIR to a folder that is yours."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(
                f"Another demo is running with the data in {folder}. Stop it first, "
                "or set GAPURA_DATA_DIR to another folder."
            ) from None
        yield


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _be_deaf() -> None:
    """While stopping, more Ctrl-C must not leave anything behind."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
