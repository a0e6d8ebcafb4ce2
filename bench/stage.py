"""A gapura of the bench's own: fresh engine, demo settings, sample data, and its server."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.wire import Line

if TYPE_CHECKING:
    from gapura.ops.children import Children

PATIENCE = 60
STOP_SECONDS = 15
# Not the command itself: it knows one settings module only.
_SERVE = """
import argparse, sys, django
django.setup()
from gapura.ops.serve import serve
serve(argparse.Namespace(role=sys.argv[1]))
"""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Server:
    """A server process and where it listens."""

    process: "subprocess.Popen[bytes]"
    port: int

    @property
    def pid(self) -> int:
        """Its first process; the workers are its children."""
        return self.process.pid


@dataclass(slots=True)
class Stage:
    """Where everything happens; Django is set up for it in this process."""

    folder: Path
    env: dict[str, str]
    engine: int
    _open: ExitStack = field(default_factory=ExitStack)

    def serve(
        self, settings: str = "gapura.config.settings", role: str = "all", **more: str
    ) -> Server:
        """Start the server on a free port, as `gapura serve` does, and wait for it.

        `more` are settings without `GAPURA_`.
        """
        from gapura.ops.postgres import free_port

        port = free_port()
        env = {
            **self.env,
            "DJANGO_SETTINGS_MODULE": settings,
            "GAPURA_PORT": str(port),
            **{f"GAPURA_{name}": value for name, value in more.items()},
        }
        return self.watch([sys.executable, "-c", _SERVE, role], env, port, ROOT)

    def watch(self, command: list[str], env: Mapping[str, str], port: int, folder: Path) -> Server:
        """Start a server that will listen on `port`, and wait for it; it ends with the stage."""
        log = self._open.enter_context((self.folder / f"serve-{port}.log").open("wb"))
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=folder)
        self._open.callback(_stop, process)
        _wait_for(process, port)
        return Server(process, port)


def tell(text: str) -> None:
    """Progress, kept out of what --json prints."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


@contextmanager
def stage(*, people: bool = True) -> Iterator[Stage]:
    """Engine, tables, and with `people` the personas; all of it is gone at the end."""
    from gapura.ops.demo_log import demo_log
    from gapura.ops.demo_settings import demo_settings, surrounding
    from gapura.ops.postgres import Cluster, free_port

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gapura-bench-")))
        folder.chmod(0o755)
        tell("starting PostgreSQL")
        cluster = Cluster(folder / "postgres")
        stack.callback(cluster.discard)
        values = demo_settings(folder, cluster.start(), {})
        log = demo_log(folder, values, free_port())
        log.prepare()
        values |= {f"GAPURA_{name}": value for name, value in log.settings().items()}
        _adopt(surrounding(os.environ) | values)
        children = stack.enter_context(closing_children(folder))
        log.start(children)
        here = Stage(folder, dict(os.environ), _engine(cluster.data), stack)
        tell("making tables, reference data and personas")
        _prepare(people=people)
        stack.callback(_disconnect)
        yield here


@contextmanager
def closing_children(folder: Path) -> "Iterator[Children]":
    """Who signs the log and who witnesses it, gone at the end."""
    from gapura.ops.children import Children

    children = Children(folder, os.environ.copy())
    try:
        yield children
    finally:
        children.stop()


def _adopt(env: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gapura.config.settings"
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    import django

    django.setup()


def _prepare(*, people: bool) -> None:
    from gapura.ops.migrate import bring_up_to_date
    from gapura.ops.personas import create_personas

    bring_up_to_date(quiet=True)
    if people:
        create_personas()


def _engine(data: Path) -> int:
    """PostgreSQL's first process."""
    return int((data / "postmaster.pid").read_text().split("\n")[0])


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()


def backends() -> list[int]:
    """The server processes of PostgreSQL that serve others than this connection."""
    return _pids("pid <> pg_backend_pid()")


def _pids(condition: str) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "  # noqa: S608
            f"AND {condition}"
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [row[0] for row in rows]


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with Line(port) as line:
                line.get("/healthz")
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server on port {port} did not come up")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
