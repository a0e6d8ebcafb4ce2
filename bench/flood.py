"""A process that asks as fast as it is answered: so many kept lines, one request each at a time.

It is told by JSON on its standard input, and tells what came of it in JSON.
"""

import base64
import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from bench.cpu import cpu_ms, tree, with_ended_ms
from bench.stage import Server, Stage

LINES = 16
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Flooded:
    """What came of it; milliseconds of CPU for each answer, at the server and at the engine."""

    answers: int
    seconds: float
    app: float
    engine: float
    p50: float
    p99: float

    @property
    def cpu(self) -> float:
        """Both together."""
        return self.app + self.engine


def flood(
    here: Stage,
    server: Server,
    requests: Sequence[bytes],
    *,
    seconds: float,
    lines: int = LINES,
    expected: int = 200,
) -> Flooded:
    """Send these requests in turn over so many lines, and tell what an answer cost.

    :raises RuntimeError: for an answer other than `expected`.
    """
    own = tree(server.pid)
    before = cpu_ms(own), with_ended_ms(here.engine)
    told = _sent(server.port, requests, seconds, lines)
    app, engine = cpu_ms(own) - before[0], with_ended_ms(here.engine) - before[1]
    answers = told["answers"]
    strange = {status: n for status, n in answers.items() if status != str(expected)}
    if strange or not answers:
        raise RuntimeError(f"answered {strange or 'nothing'}: {told['strange'][:300]}")
    count = answers[str(expected)]
    return Flooded(count, told["seconds"], app / count, engine / count, told["p50"], told["p99"])


def _sent(port: int, requests: Sequence[bytes], seconds: float, lines: int) -> dict[str, Any]:
    orders = {
        "port": port,
        "seconds": seconds,
        "lines": lines,
        "requests": [base64.b64encode(one).decode() for one in requests],
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.flood"],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@dataclass(slots=True)
class _Line:
    """One connection and what has come of its answer so far."""

    socket: socket.socket
    sent_at: float = 0.0
    come: bytearray = field(default_factory=bytearray)

    def whole(self) -> int:
        """The status, once the answer is all there; 0 before."""
        head, end, body = self.come.partition(_HEAD_END)
        if not end:
            return 0
        length = 0
        for line in bytes(head).lower().split(b"\r\n")[1:]:
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return int(head[9:12]) if len(body) >= length else 0


class _Flood:
    """All lines, what is still to be asked on them, and what came of it."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self._todo = cycle([base64.b64decode(one) for one in orders["requests"]])
        self._chooser = selectors.DefaultSelector()
        self._seconds = orders["seconds"]
        self._answers: Counter[int] = Counter()
        self._took: list[float] = []
        self._strange = ""
        self._open = 0
        self._began = time.perf_counter()
        for _ in range(orders["lines"]):
            self._begin(orders["port"])

    def _begin(self, port: int) -> None:
        line = _Line(socket.create_connection(("127.0.0.1", port), timeout=60))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._chooser.register(line.socket, selectors.EVENT_READ, line)
        self._open += 1
        _send(line, next(self._todo))

    def run(self) -> dict[str, Any]:
        """Ask until the time is over, then wait for what is under way."""
        while self._open:
            for key, _ in self._chooser.select(60):
                self._hear(key.data)
        self._took.sort()
        return {
            "answers": self._answers,
            "seconds": time.perf_counter() - self._began,
            "p50": statistics.median(self._took),
            "p99": self._took[int(len(self._took) * 0.99)],
            "strange": self._strange,
        }

    def _hear(self, line: _Line) -> None:
        come = line.socket.recv(65536)
        line.come += come
        status = line.whole()
        if come and not status:
            return
        now = time.perf_counter()
        self._answers[status] += 1
        self._took.append((now - line.sent_at) * 1000)
        if status != 200:
            self._strange = self._strange or line.come.decode("latin-1")
        line.come.clear()
        if come and now - self._began < self._seconds:
            _send(line, next(self._todo))
        else:
            self._chooser.unregister(line.socket)
            self._open -= 1


def _send(line: _Line, request: bytes) -> None:
    line.sent_at = time.perf_counter()
    line.socket.sendall(request)


if __name__ == "__main__":
    print(json.dumps(_Flood(json.load(sys.stdin)).run()))
