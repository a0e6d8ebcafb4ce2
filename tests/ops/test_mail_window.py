"""The demo's mail window: catches over SMTP, shows over HTTP, keeps the newest, can misbehave."""

import json
import smtplib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from gapura.ops import cli
from gapura.ops.mail_store import MailStore
from gapura.ops.postgres import free_port
from tests.ops.test_cli import COMMAND, gapura

Start = Callable[..., "Running"]


class Running:
    """One mail window in a process of its own."""

    def __init__(self, folder: Path, mode: str = "ok") -> None:
        self.smtp, self.port = free_port(), free_port()
        ports = ["--smtp-port", str(self.smtp), "--port", str(self.port), "--mode", mode]
        env = {"GAPURA_ENVIRONMENT": "test", "GAPURA_DATA_DIR": str(folder), "PATH": "/usr/bin"}
        env["PYTHONPATH"] = str(Path(cli.__file__).parents[2])
        self.process = subprocess.Popen(
            [*COMMAND, "mail-window", *ports], env=env, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert "shown on" in self.process.stdout.readline()

    def send(self, to: str, subject: str = "Kode", number: str = "", text: str = "Isi") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "gapura@localhost", to, subject
        message["Message-ID"] = f"<{number or time.monotonic_ns()}@test>"
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=2) as line:
            line.send_message(message)

    def get(self, path: str, **headers: str) -> Any:
        url = f"http://127.0.0.1:{self.port}{path}"
        return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5)

    def mails(self, to: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get(f"/messages?to={to}").read())
        return found

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(10)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts windows on one folder; stops them at the end."""
    started: list[Running] = []

    def run(mode: str = "ok") -> Running:
        started.append(Running(tmp_path, mode))
        return started[-1]

    yield run
    for window in started:
        window.stop()


def test_a_mail_is_caught_and_found_by_its_recipient(start: Start) -> None:
    window = start()
    window.send("budi@mail.go.id", "Kode Anda: 123456")
    window.send("sari@mail.go.id")
    found = window.mails("BUDI")
    assert [(m["to"], m["subject"]) for m in found] == [(["budi@mail.go.id"], "Kode Anda: 123456")]
    assert [m["to"][0] for m in window.mails()] == ["sari@mail.go.id", "budi@mail.go.id"]


def test_a_mail_sent_twice_is_kept_once(start: Start) -> None:
    window = start()
    window.send("budi@mail.go.id", number="1")
    window.send("budi@mail.go.id", number="1")
    assert len(window.mails()) == 1


def test_a_restart_keeps_the_mails(start: Start) -> None:
    first = start()
    first.send("budi@mail.go.id")
    assert first.stop() == 0
    assert len(start().mails()) == 1


def test_the_page_shows_plain_text_escaped_under_a_strict_policy(start: Start) -> None:
    window = start()
    window.send("budi@mail.go.id", "<script>1</script>", text="<img src=x onerror=1>")
    reply = window.get(f"/message/{window.mails()[0]['id']}")
    html = reply.read().decode()
    assert "<script" not in html
    assert "<img" not in html
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")


def test_language_follows_the_cookie(start: Start) -> None:
    window = start()
    assert '<html lang="id"' in window.get("/").read().decode()
    assert '<html lang="en"' in window.get("/", Cookie="lang=en").read().decode()


def test_dns_rebinding_another_host_is_refused(start: Start) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        start().get("/messages", Host="evil.example")
    assert refused.value.code == 400


@pytest.mark.parametrize("path", ["/message/99", "/message/x", "/nothing", "/message/-1"])
def test_what_is_not_there_is_404(start: Start, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        start().get(path)
    assert missing.value.code == 404


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("451", smtplib.SMTPDataError),
        ("drop", smtplib.SMTPServerDisconnected),
        ("hang", smtplib.SMTPServerDisconnected),
    ],
)
def test_it_misbehaves_when_told_to(start: Start, mode: str, error: type[Exception]) -> None:
    window = start(mode)
    with pytest.raises(error):
        window.send("budi@mail.go.id")
    assert window.mails() == []


def test_it_never_starts_in_production(tmp_path: Path) -> None:
    answer = gapura("mail-window", GAPURA_ENVIRONMENT="production", GAPURA_DATA_DIR=str(tmp_path))
    assert answer.returncode == 1
    assert "GAPURA_ENVIRONMENT=demo or test" in answer.stderr


def test_the_oldest_make_room(tmp_path: Path) -> None:
    path = tmp_path / "mails.jsonl"
    store = MailStore(path, most=8)
    for number in range(20):
        store.add(f"Message-ID: <{number}>\n\nx".encode(), "a@b", [f"p{number}@b"])
    assert len(store.newest()) <= 8
    assert store.newest()[0].to == ("p19@b",)
    assert len(path.read_text().splitlines()) <= 8
    assert MailStore(path, most=8).newest() == store.newest()


def test_half_a_line_of_a_killed_process_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mails.jsonl"
    MailStore(path).add(b"Subject: a\n\nx", "a@b", ["p@b"])
    path.write_text(path.read_text() + '{"id": 2, "at"')
    assert [mail.subject for mail in MailStore(path).newest()] == ["a"]


def test_mail_that_is_no_mail_is_kept_as_it_is(tmp_path: Path) -> None:
    store = MailStore(tmp_path / "mails.jsonl")
    store.add(b"\xff\x00 no header at all", "a@b", ["p@b"])
    assert store.newest()[0].subject == ""
    assert sys.getsizeof(store.newest()[0].text) < 1000
