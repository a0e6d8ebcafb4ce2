"""The ASGI applications: doors first, pages through the bridge behind them."""

import gc

import django

django.setup()

from collections.abc import Awaitable, Callable, Mapping  # noqa: E402 - Django comes first
from typing import Any  # noqa: E402

from django.conf import settings  # noqa: E402

from gapura.api.doors import pool  # noqa: E402
from gapura.api.doors.health import expected_migrations  # noqa: E402
from gapura.api.doors.replies import Door, Receive, Scope, Send, reply  # noqa: E402
from gapura.authentication.services import load_places  # noqa: E402
from gapura.config.doors import below, doors  # noqa: E402
from gapura.web.bridge import Bridge, PageHandler, Tally  # noqa: E402
from gapura.web.shell.jinja import compile_all  # noqa: E402

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

WAITING_PER_THREAD = 16


def everything() -> Application:
    """Doors and pages: the demo, small installations, and the page half of a split one."""
    bridge = _bridge()
    return _application(doors(lambda: _figures(bridge.tally)), bridge, bridge.close)


def doors_only() -> Application:
    """The machines' doors without Django's pages."""
    table = doors(dict)
    gc.freeze()
    return _application(table, _nowhere, lambda: None)


def _bridge() -> Bridge:
    compile_all()
    load_places()
    expected_migrations()
    # What is loaded by now stays: looking through it again and again for garbage took a
    # twentieth of each page.
    gc.freeze()
    return Bridge(
        PageHandler(),
        threads=settings.PAGE_THREADS,
        waiting=settings.PAGE_THREADS * WAITING_PER_THREAD,
        body_limit=settings.BODY_LIMIT,
        large_limit=settings.LARGE_BODY_LIMIT,
        proxies=settings.TRUSTED_PROXIES,
        scheme="https" if settings.HTTPS else "http",
    )


def _application(
    table: Mapping[str, Door], behind: Door, at_the_end: Callable[[], None]
) -> Application:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            door = table.get(scope["path"]) or below(scope["path"]) or behind
            await door(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send, at_the_end)

    return application


async def _live(receive: Receive, send: Send, at_the_end: Callable[[], None]) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            at_the_end()
            await pool.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _nowhere(scope: Scope, _receive: Receive, send: Send) -> None:
    await reply(scope, send, 404, b"not found\n")


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "gapura_pages_total": tally.pages,
        "gapura_page_failures_total": tally.failures,
        "gapura_pages_shed_total": tally.shed,
        "gapura_page_seconds_total": tally.seconds,
        "gapura_pages_inside": tally.inside,
    }
