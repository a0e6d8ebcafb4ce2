"""Every way in which an authority may behave; the page and the tests choose by name."""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from gapura.kernel.texts import N_

UP = "up"
SLOW_SECONDS, LATE_SECONDS, DRIP_SECONDS = 1.0, 40.0, 0.2
HUGE_BYTES = 1_000_000
JSON = "application/json"
Fields = dict[str, Any]


class Line(Protocol):
    """What a way of behaving may do with the connection."""

    connection: socket.socket

    def reply(self, status: int, content_type: str, body: bytes, **more: str) -> None:
        """One whole reply."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to behave: its name, what it is called on the page, and what it does."""

    name: str
    says: str
    act: Callable[[Line, Fields], None]


def _up(line: Line, answer: Fields) -> None:
    line.reply(200, JSON, json.dumps(answer).encode())


def _slow(line: Line, answer: Fields) -> None:
    time.sleep(SLOW_SECONDS)
    _up(line, answer)


def _late(line: Line, answer: Fields) -> None:
    time.sleep(LATE_SECONDS)
    _up(line, answer)


def _down(line: Line, answer: Fields) -> None:
    line.reply(503, JSON, b'{"error": "maintenance"}', Retry_After="5")


def _broken(line: Line, answer: Fields) -> None:
    line.reply(500, JSON, b'{"error": "internal"}')


def _wrong(line: Line, answer: Fields) -> None:
    """The right shape with values nobody agreed on: what a careless reader would take for yes."""
    odd = {bool: "yes", str: 1, int: "7", list: {}}
    told = {name: odd.get(type(value), "?") for name, value in answer.items()}
    _up(line, {**told, "request_id": answer["request_id"], "reference": answer["reference"]})


def _garbage(line: Line, answer: Fields) -> None:
    line.reply(200, JSON, b"\xff\xfe{]")


def _html(line: Line, answer: Fields) -> None:
    line.reply(200, "text/html", json.dumps(answer).encode())


def _redirect(line: Line, answer: Fields) -> None:
    line.reply(307, JSON, b"{}", Location="http://127.0.0.1:9/stolen")


def _huge(line: Line, answer: Fields) -> None:
    line.reply(200, JSON, json.dumps({**answer, "padding": "x" * HUGE_BYTES}).encode())


def _drop(line: Line, answer: Fields) -> None:
    line.connection.shutdown(socket.SHUT_RDWR)


def _drip(line: Line, answer: Fields) -> None:
    """A header that never ends, a byte at a time: each byte comes soon enough."""
    line.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(int(LATE_SECONDS / DRIP_SECONDS)):
        line.connection.sendall(b"x")
        time.sleep(DRIP_SECONDS)


def _stale(line: Line, answer: Fields) -> None:
    """The answer to somebody else's question."""
    _up(line, {**answer, "request_id": "00000000-0000-4000-8000-000000000000"})


def _twice(line: Line, answer: Fields) -> None:
    _up(line, answer)
    _stale(line, {**answer, "reference": "SECOND"})


def _refuse(line: Line, answer: Fields) -> None:
    line.reply(401, JSON, b'{"error": "token"}')


def _puzzled(line: Line, answer: Fields) -> None:
    line.reply(422, JSON, b'{"error": "question"}')


MODES = {
    one.name: one
    for one in (
        Mode(UP, N_("answers as agreed"), _up),
        Mode("slow", N_("slow: answers after a second"), _slow),
        Mode("late", N_("too slow: answers when nobody waits any more"), _late),
        Mode("down", N_("down: says that it is being maintained"), _down),
        Mode("broken", N_("broken: reports an error of its own"), _broken),
        Mode("wrong", N_("wrong: answers with values nobody agreed on"), _wrong),
        Mode("garbage", N_("garbage: answers with bytes that are no text"), _garbage),
        Mode("html", N_("answers with a web page"), _html),
        Mode("redirect", N_("sends us somewhere else"), _redirect),
        Mode("huge", N_("answers with a megabyte"), _huge),
        Mode("drop", N_("hangs up without an answer"), _drop),
        Mode("drip", N_("answers one byte at a time"), _drip),
        Mode("stale", N_("gives the answer to another question"), _stale),
        Mode("twice", N_("answers twice"), _twice),
        Mode("puzzled", N_("does not understand the question"), _puzzled),
        Mode("refuse", N_("does not accept our password"), _refuse),
    )
}
