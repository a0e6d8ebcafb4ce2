"""The played authorities as a fixture: the real simulator, one process for each worker.

Without the fixture no authority is connected, and every question ends in `AuthorityDown`.
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import override_settings

from gapura.config.environment import AUTHORITIES
from gapura.config.settings import Endpoint
from gapura.ops import cli
from gapura.ops.demo_settings import SIMULATOR_TOKEN
from gapura.ops.postgres import free_port
from gapura.outside.models import Breaker

_COMMAND = "import sys; from gapura.ops.cli import main; sys.exit(main())"
# Long enough for a busy machine; a test about lateness sets its own.
TIMEOUT_SECONDS, PAUSE_SECONDS = 5.0, 30


class _Reply(NamedTuple):
    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Authorities:
    """Make authorities misbehave, and look at what they were sent."""

    url: str

    def mode(self, authority: str, mode: str) -> None:
        """From now on `authority` (or `all`) is up, slow, late, down, wrong ... (see `MODES`)."""
        form = urlencode({"authority": authority, "mode": mode}).encode()
        request = urllib.request.Request(f"{self.url}/behave", data=form, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            pass

    def all_up(self) -> None:
        """Every authority answers as agreed."""
        self.mode("all", "up")

    def all_down(self) -> None:
        """Every authority says that it is being maintained."""
        self.mode("all", "down")

    def recovered(self) -> None:
        """Every authority answers as agreed, and none is left alone any more."""
        self.all_up()
        Breaker.objects.all().delete()

    def sent(self, phone: str = "") -> list[dict[str, Any]]:
        """Messages (at, to, channel, text, key, reference), newest first; `phone` or part of it."""
        found: list[dict[str, Any]] = self._data(f"/sent?to={quote(phone)}")
        return found

    def counts(self) -> dict[str, int]:
        """How often each authority was asked since the process began."""
        found: dict[str, int] = self._data("/counts")
        return found

    def _data(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=10) as reply:  # noqa: S310
            return json.loads(reply.read())

    def endpoints(self) -> dict[str, Endpoint]:
        """Django's setting `OUTSIDE` that asks here."""
        return {code: Endpoint(f"{self.url}/{code}", SIMULATOR_TOKEN) for code in AUTHORITIES}


@pytest.fixture(scope="session")
def _simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authorities]:
    port = free_port()
    folder = tmp_path_factory.mktemp("simulator")
    env = {"GAPURA_ENVIRONMENT": "test", "GAPURA_DATA_DIR": str(folder)}
    env |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "simulator", "--port", str(port)],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "played on" in process.stdout.readline()
    yield Authorities(f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def authorities(_simulator: Authorities) -> Iterator[Authorities]:
    """All authorities connected and up; how they behave ends with the test."""
    _simulator.all_up()
    with override_settings(
        OUTSIDE=_simulator.endpoints(),
        OUTSIDE_TIMEOUT_SECONDS=TIMEOUT_SECONDS,
        OUTSIDE_PAUSE_SECONDS=PAUSE_SECONDS,
    ):
        yield _simulator
    _simulator.all_up()


def connected(**changes: Endpoint) -> Any:
    """`override_settings` with some authorities changed, for example to one that is not there."""
    return override_settings(OUTSIDE={**settings.OUTSIDE, **changes})
