"""The real server over the test's database, for tests that speak HTTP or open a browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import quote

from django.db import connection

PATIENCE = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _database() -> str:
    found = connection.settings_dict
    who = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}"
    host = quote(found["HOST"], safe="")
    return f"postgresql://{who}@{host}:{found['PORT']}/{quote(str(found['NAME']))}"


def _answers(port: int) -> bool:
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False


def _start(port: int) -> "subprocess.Popen[bytes]":
    env = os.environ | {
        "GAPURA_DATABASE_URL": _database(),
        "GAPURA_PUBLIC_URL": f"http://localhost:{port}",
        "GAPURA_PORT": str(port),
    }
    command = [sys.executable, "-m", "gapura.ops.cli", "serve"]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(port):
        assert process.poll() is None, "the server ended"
        assert time.monotonic() < until, "the server did not come up"
        time.sleep(0.1)


@contextmanager
def servers(number: int) -> Iterator[list[str]]:
    """So many `gapura serve` on free ports over one database; gives their addresses.

    The database must hold committed rows.
    """
    ports = [_free_port() for _ in range(number)]
    processes = [_start(port) for port in ports]
    try:
        for process, port in zip(processes, ports, strict=True):
            _wait_for(process, port)
        yield [f"http://localhost:{port}" for port in ports]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)


@contextmanager
def served() -> Iterator[str]:
    """One of them; gives its address."""
    with servers(1) as (address,):
        yield address
