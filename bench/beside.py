"""What else the server answers while a crowd signs in: the decision door, and other pages."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench import crew
from bench.wire import Line

DOOR = "/access/v1/evaluation"
Told = dict[str, Any]


class Crowd:
    """The process of `bench.rush`, at work while the block runs; `told` holds its end."""

    def __init__(self, kind: str, port: int, people: Sequence[Sequence[str]], **orders: Any):
        self._orders = {"kind": kind, "port": port, "people": people, **orders}
        self.told: Told = {}

    def __enter__(self) -> "Crowd":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.rush"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**self._orders, "password": crew.PASSWORD}))
        self._process.stdin.close()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdout is not None
        out = self._process.stdout.read()
        if self._process.wait() != 0:
            raise RuntimeError("the crowd broke up")
        self.told = json.loads(out)


def codes(secrets: Mapping[str, str]) -> list[tuple[str, str]]:
    """Names with what their apps show now; it is taken for another half minute at least."""
    from gapura.authentication.queries import app_code

    return [(name, app_code(secret)) for name, secret in secrets.items()]


def door_request(port: int) -> bytes:
    """May the persona `ppk` sign an order? Asked by a program with a token."""
    from gapura.authentication.services import issue_token
    from gapura.kernel.actor import system_actor
    from gapura.ops.seeding.cast import HEALTH

    made = issue_token(actor=system_actor("bench"), name="Bench", scopes=["decisions"], days=1)
    asked = {
        "subject": {"type": "person", "id": "ppk"},
        "action": {"name": "purchasing.order.sign"},
        "resource": {"type": "unit", "id": HEALTH},
    }
    body = json.dumps(asked)
    lines = (
        f"POST {DOOR} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Authorization: Bearer {made.token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def asked(port: int, request: bytes, seconds: float, pause: float) -> list[float]:
    """Milliseconds of each answer, one after the other with pauses.

    :raises RuntimeError: for an answer other than 200.
    """
    took, until = [], time.monotonic() + seconds
    with Line(port) as line:
        while time.monotonic() < until:
            began = time.perf_counter()
            line.send(request)
            status = line.receive().status
            took.append((time.perf_counter() - began) * 1000)
            if status != 200:
                raise RuntimeError(f"answered {status} beside a crowd")
            time.sleep(pause)
    return took


def p95(figures: Sequence[float]) -> float:
    """The figure that 19 of 20 stay below."""
    return statistics.quantiles(figures, n=20)[-1]


def settled(look: Callable[[], object], seconds: float = 1.0) -> None:
    """Give a crowd time to be at work before anything is measured beside it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        look()
        time.sleep(0.05)
