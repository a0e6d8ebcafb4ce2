"""The whole product running for the browser: server, worker, mail, authorities; own database."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from gapura.ops.postgres import free_port
from tools.house.inventory import PACKAGE

COMMAND = [sys.executable, "-c", "import sys; from gapura.ops.cli import main; sys.exit(main())"]
READY_SECONDS, MAIL_SECONDS, STOP_SECONDS = 180, 30, 30
CODE = re.compile(r"^ {4}(\d{6})\s*$", re.MULTILINE)
MESSAGE = re.compile(r"\b\d{6}\b")
WORTHLESS = ("GAPURA_", "DJANGO_", "PYTEST_")


@dataclass(frozen=True)
class Stage:
    """Where the running product answers, and how its people sign in.

    `judged` are the pages that were looked at closely, so that none is twice.
    """

    url: str
    window: str
    simulator: str
    env: dict[str, str]
    personas: dict[str, dict[str, Any]]
    judged: set[str] = field(default_factory=set)

    def mails(self, to: str) -> list[dict[str, Any]]:
        """What the mail catcher holds for an address, newest first."""
        return _json(f"{self.window}/messages?to={quote(to)}")  # type: ignore[no-any-return]

    def mail(self, to: str, subject: str) -> dict[str, Any]:
        """The newest mail with this subject; waits until the worker has sent it."""
        return self._wait(to, lambda mail: subject in mail["subject"], subject)

    def mail_with(self, to: str, words: str) -> dict[str, Any]:
        """The newest mail with these words in it; waits likewise."""
        return self._wait(to, lambda mail: words in mail["text"], words)

    def _wait(self, to: str, fits: Callable[[dict[str, Any]], bool], wanted: str) -> dict[str, Any]:
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            for mail in self.mails(to):
                if fits(mail):
                    return mail
            time.sleep(0.1)
        seen = [mail["subject"] for mail in self.mails(to)]
        raise AssertionError(f"no mail {wanted!r} for {to}; there are {seen}")

    def code(self, to: str, subject: str) -> str:
        """The six digits in that mail."""
        found = CODE.search(self.mail(to, subject)["text"])
        assert found
        return found[1]

    def message(self, phone: str) -> str:
        """The six digits in the newest message to a phone."""
        sent = _json(f"{self.simulator}/sent?to={quote(phone)}")
        found = MESSAGE.search(sent[0]["text"]) if sent else None
        assert found, f"no message to {phone}: {sent}"
        return found[0]

    def play(self, mode: str, authority: str = "all") -> None:
        """How an authority, or all of them, behaves from now on."""
        form = urlencode({"authority": authority, "mode": mode}).encode()
        request = urllib.request.Request(f"{self.simulator}/behave", form)  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - our own
            pass

    def forget_codes(self) -> None:
        """The codes of authenticator apps that were used are as good as new."""
        with psycopg.connect(self.env["GAPURA_DATABASE_URL"], autocommit=True) as line:
            line.execute("UPDATE authentication_totp SET last_step = 0")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A `gapura` command beside the running product."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self.env, text=True, capture_output=True, timeout=120
        )


@contextmanager
def on_stage(folder: Path, database_url: str, template: str) -> Iterator[Stage]:
    """Start everything as ./run does, without bulk data; stop it as Ctrl-C does.

    `template` is a database with this version's empty tables, to which nobody may be connected:
    that ./run makes them itself is for tests/ops/test_demo.py.
    """
    port = free_port()
    with _database(database_url, f"walk_{port}", template) as address:
        env = {name: v for name, v in os.environ.items() if not name.startswith(WORTHLESS)}
        env |= {
            "GAPURA_DATA_DIR": str(folder),
            "GAPURA_DATABASE_URL": address,
            "GAPURA_PORT": str(port),
            "PYTHONPATH": str(PACKAGE.parent),
        }
        log = folder.parent / f"{folder.name}.out"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*COMMAND, "demo", "--no-seed"], env=env, stdout=output, stderr=output
            )
            try:
                yield _ready(process, folder, env, f"http://localhost:{port}", log)
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(STOP_SECONDS)


def _ready(
    process: "subprocess.Popen[bytes]", folder: Path, env: dict[str, str], url: str, log: Path
) -> Stage:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(f"{url}/readyz"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the product did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)
    settings = json.loads((folder / "environment.json").read_text())
    told = subprocess.run(
        [*COMMAND, "personas", "--json"], env=env, text=True, capture_output=True, check=True
    )
    people = {person["username"]: person for person in json.loads(told.stdout)}
    windows = (settings["GAPURA_MAIL_WINDOW_URL"], settings["GAPURA_SIMULATOR_URL"])
    return Stage(url, *windows, env, people)


@contextmanager
def _database(server_url: str, name: str, template: str) -> Iterator[str]:
    base = server_url.rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        line.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield f"{base}/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            line.execute(drop.format(sql.Identifier(name)))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _json(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own
        return json.load(answer)
