"""A crowd that signs in, as a process of its own: orders on standard input, what came of it out.

`whole` keeps so many lines busy with whole sign-ins; `storm` sends passwords at a rate, whether
they are answered or not.
"""

import asyncio
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from bench.wire import Line, Visitor

# Longer than the server lets anything wait; whoever hears nothing until then was left alone.
PATIENCE = 20.0
Orders = Mapping[str, Any]
Told = dict[str, Any]


def whole(orders: Orders) -> Told:
    """Each line signs one after the other in until the time is over; answers how many did."""
    people, lock = iter(enumerate(orders["people"])), threading.Lock()
    until = time.monotonic() + orders["seconds"]
    done: list[float] = []
    failed: list[str] = []

    def work() -> None:
        while time.monotonic() < until:
            with lock:
                number, person = next(people, (0, None))
            if person is None:
                failed.append("too few people")
                return
            began = time.monotonic()
            try:
                _enter(orders, number, person)
            except (OSError, RuntimeError) as error:
                failed.append(str(error))
            else:
                done.append(time.monotonic() - began)

    began = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(orders["lines"])]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.monotonic() - began
    return {"done": len(done), "seconds": took, "failed": failed[:5], "failures": len(failed)}


def _enter(orders: Orders, number: int, person: Sequence[str]) -> None:
    name, code = person
    with Line(orders["port"]) as line:
        Visitor(line, address(number)).sign_in(name, orders["password"], code)


def storm(orders: Orders) -> Told:
    """Passwords at a steady rate on new lines; what was answered, and what was not."""
    return asyncio.run(_storm(orders))


async def _storm(orders: Orders) -> Told:
    with Line(orders["port"]) as line:
        visitor = Visitor(line)
        visitor.get("/login")
        cookies, token = visitor.headers, visitor.token
        requests = [
            line.request(
                "POST",
                "/login",
                [*cookies, f"X-Forwarded-For: {address(number)}", "Connection: close"],
                urlencode(
                    {"csrfmiddlewaretoken": token, "username": name, "password": orders["password"]}
                ),
            )
            for number, (name, _) in enumerate(orders["people"])
        ]
    gap, loop = 1 / orders["rate"], asyncio.get_running_loop()
    until = due = loop.time()
    until += orders["seconds"]
    tasks = []
    for request in cycle(requests):
        if due >= until:
            break
        tasks.append(asyncio.create_task(_ask(orders["port"], request)))
        due += gap
        await asyncio.sleep(max(0.0, due - loop.time()))
    return _summary(await asyncio.gather(*tasks))


async def _ask(port: int, request: bytes) -> tuple[str, float]:
    """The status (with `bare` where a refusal does not say when to return), and the seconds."""
    began = time.monotonic()
    answer = b""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
    head = answer.partition(b"\r\n\r\n")[0].lower()
    status = head[9:12].decode() or "silence"
    told = b"retry-after:" in head
    return status if told or status < "4" else f"{status} bare", time.monotonic() - began


def _summary(answers: Sequence[tuple[str, float]]) -> Told:
    by_status = Counter(status for status, _ in answers)
    return {"answers": dict(by_status), "longest": max(seconds for _, seconds in answers)}


def address(number: int) -> str:
    """Everybody comes from somewhere else."""
    near, far = divmod(number, 250)
    return f"10.{100 + near // 250}.{near % 250}.{far + 1}"


KINDS = {"whole": whole, "storm": storm}

if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    print(json.dumps(KINDS[given["kind"]](given)))
