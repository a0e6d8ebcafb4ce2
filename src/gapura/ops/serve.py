"""`gapura serve`: granian with our ASGI application."""

import argparse
import os
import sys
from typing import Any

from django.conf import settings
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from gapura.authentication.services import BadPlaces, load_places
from gapura.config.environment import read_environment
from gapura.config.statics import collect
from gapura.ops.trouble import Trouble

TARGETS = {
    "all": "gapura.config.asgi:everything",
    "web": "gapura.config.asgi:everything",
    "doors": "gapura.config.asgi:doors_only",
}
# Beside machines' doors, pages yield: a token then takes 3.6 ms at full page load, not 18.
NICENESS = {"web": 5}
STOP_SECONDS = 8
IDLE_LINE_MILLISECONDS = 30_000


def serve(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; running requests are finished."""
    collect()
    _check_places()
    if sys.platform != "win32":
        os.nice(NICENESS.get(options.role, 0))
    try:
        _server(options.role).serve()
    except OSError as error:
        raise Trouble(
            f"The server can't listen there ({error.strerror or error}). "
            "Choose another port with GAPURA_PORT."
        ) from error
    return 0


def _check_places() -> None:
    """Before any worker starts: a list that cannot be used must not look like no list."""
    try:
        load_places()
    except BadPlaces as problem:
        raise Trouble(
            f"{problem}\nCorrect the file, or start without GAPURA_PLACES_FILE."
        ) from None


def _server(role: str) -> MPServer:
    values = read_environment()
    return MPServer(
        TARGETS[role],
        address=values["HOST"],
        port=values["PORT"],
        interface=Interfaces.ASGI,
        factory=True,
        workers=values["WORKERS"],
        loop=Loops.auto,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=IDLE_LINE_MILLISECONDS, max_buffer_size=64 * 1024
        ),
        websockets=False,
        backlog=1024,
        backpressure=256,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_dictconfig=_logging(),
        working_dir=None,
    )


def _logging() -> dict[str, Any]:
    lines: dict[str, Any] = {**settings.LOGGING}
    level = "WARNING" if settings.DEMO else "INFO"
    quiet: dict[str, Any] = {"level": level, "handlers": [], "propagate": True}
    lines["loggers"] = {**lines["loggers"], "_granian": quiet, "granian.access": quiet}
    return lines
