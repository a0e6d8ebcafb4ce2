"""The demo for real: started, held by one, stopped, killed, recovered, ended when a part dies."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gapura.ops import cli
from gapura.ops.engines import processes_in
from gapura.ops.postgres import free_port
from tests.ops.test_cli import COMMAND, gapura

START_SECONDS = 300  # beside all the other tests


class Demo:
    """One `gapura demo` on `folder`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.log = folder.parent / "demo.out"
        env = {n: v for n, v in os.environ.items() if not n.startswith(("GAPURA_", "DJANGO_"))}
        env |= {"GAPURA_DATA_DIR": str(folder), "GAPURA_PORT": str(port)}
        env["PYTHONPATH"] = str(Path(cli.__file__).parents[2])
        self.began = time.monotonic()
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [*COMMAND, "demo", "--no-seed"], env=env, stdout=output, stderr=output
            )

    def wait_until_up(self) -> float:
        """Seconds until it said how to stop it."""
        while "stop with Ctrl-C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - self.began < START_SECONDS, self.log.read_text()
            time.sleep(0.1)
        return time.monotonic() - self.began

    def answers(self, path: str) -> int:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as reply:
            return int(reply.status)

    def parts(self) -> dict[str, int]:
        """Process ids of everything that runs with this folder, by subcommand."""
        mark = f"GAPURA_DATA_DIR={self.folder}".encode()
        found: dict[str, int] = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                if mark in (process / "environ").read_bytes().split(b"\0") and len(words) > 3:
                    found.setdefault(words[3].decode(), int(process.name))
            except OSError:
                continue
        return found

    def nothing_left(self) -> bool:
        return not self.parts() and not processes_in(self.folder)

    def wait(self) -> int:
        return self.process.wait(20)


Start = Callable[[], Demo]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A data folder and a port that all tests of this file use one after the other."""
    return tmp_path_factory.mktemp("demo") / "data", free_port()


@pytest.fixture
def start(place: tuple[Path, int]) -> Iterator[Start]:
    """Starts a demo there; kills what a failed test left."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("needs /proc to see what is left")
    started: list[Demo] = []

    def run() -> Demo:
        started.append(Demo(*place))
        return started[-1]

    yield run
    for demo in started:
        if demo.process.poll() is None:
            demo.process.terminate()
            demo.process.wait(30)


def test_it_serves_holds_its_place_and_ctrl_c_stops_everything_it_started(start: Start) -> None:
    demo = start()
    demo.wait_until_up()
    assert demo.answers("/readyz") == demo.answers("/login") == 200
    assert set(demo.parts()) == {
        "demo",
        "mail-window",
        "serve",
        "signer",
        "simulator",
        "witness",
        "worker",
    }
    _refuses_a_second(demo)
    demo.process.send_signal(signal.SIGINT)
    assert demo.wait() == 0
    assert demo.nothing_left()


def _refuses_a_second(demo: Demo) -> None:
    """One on the same folder or port says so in one sentence, and the first goes on."""
    same_port = gapura("demo", GAPURA_DATA_DIR=str(demo.folder), GAPURA_PORT=str(demo.port))
    same_folder = gapura("demo", GAPURA_DATA_DIR=str(demo.folder), GAPURA_PORT=str(free_port()))
    for answer, words in ((same_port, "GAPURA_PORT="), (same_folder, "Another demo is running")):
        assert answer.returncode == 1
        assert words in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
    assert gapura("health", GAPURA_DATA_DIR=str(demo.folder)).returncode == 0
    assert demo.answers("/readyz") == 200


def test_a_polite_end_stops_everything_too(start: Start) -> None:
    demo = start()
    demo.wait_until_up()
    demo.process.send_signal(signal.SIGTERM)
    assert demo.wait() == 0
    assert demo.nothing_left()


def test_after_kill_9_the_next_start_is_quick_and_a_dead_part_ends_it(start: Start) -> None:
    killed = start()
    killed.wait_until_up()
    killed.process.kill()
    killed.process.wait()
    again = start()
    took = again.wait_until_up()
    assert again.answers("/readyz") == 200
    assert took < 90
    assert len([name for name in again.parts() if name == "serve"]) == 1
    _ends_when_a_part_dies(again)


def _ends_when_a_part_dies(demo: Demo) -> None:
    """It says which, and stops the rest."""
    os.kill(demo.parts()["worker"], signal.SIGKILL)
    assert demo.wait() == 1
    assert "worker ended by itself" in demo.log.read_text()
    assert demo.nothing_left()


def test_settings_that_are_wrong_for_a_demo_are_one_sentence(tmp_path: Path) -> None:
    wrong = (
        {"GAPURA_ENVIRONMENT": "production"},
        {"GAPURA_LOG_KEY_FILE": "/etc/gapura/log_key"},
        {"GAPURA_PORT": "99999"},
        {"GAPURA_TYPO": "1"},
        {"GAPURA_DATA_DIR": "/proc/nowhere"},
    )
    for settings in wrong:
        given = {"GAPURA_DATA_DIR": str(tmp_path), "GAPURA_PORT": str(free_port()), **settings}
        answer = gapura("demo", **given)
        assert answer.returncode == 1
        assert len(answer.stderr.splitlines()) == 1


def test_an_existing_database_that_is_too_old_or_away_is_one_sentence(tmp_path: Path) -> None:
    away = "postgresql://nobody:x@127.0.0.1:1/none"
    answer = gapura(
        "demo",
        GAPURA_DATA_DIR=str(tmp_path),
        GAPURA_PORT=str(free_port()),
        GAPURA_DATABASE_URL=away,
    )
    assert answer.returncode == 1
    assert "The database does not answer" in answer.stderr
