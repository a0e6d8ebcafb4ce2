"""The demo's signer and witness: where they listen, and when they may begin from nothing."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from gapura.audit.signing.safekeeping import new_key
from gapura.audit.witness.shelf import Folder
from gapura.ops.demo_log import DemoLog
from gapura.ops.trouble import Trouble


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DemoLog:
    """One whose own folder is too deep, with a shared folder for temporary files beside it."""
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(shared))
    return DemoLog(tmp_path / ("deep" * 30), tmp_path / "key", "localhost:1", 1)


def test_the_folder_of_the_socket_is_made_for_us_alone(log: DemoLog) -> None:
    log.shelter()
    log.shelter()
    assert log.socket.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_another_user_made_is_refused(
    log: DemoLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: make the folder first, and answer in the signer's place."""
    log.socket.parent.mkdir(mode=0o700)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    with pytest.raises(Trouble, match="another user"):
        log.shelter()


def test_a_link_and_a_folder_open_to_others_are_refused(log: DemoLog, tmp_path: Path) -> None:
    """Attack: a link to a folder of ours, or rights for everybody."""
    log.socket.parent.symlink_to(tmp_path)
    with pytest.raises(Trouble):
        log.shelter()
    log.socket.parent.unlink()
    log.socket.parent.mkdir()
    log.socket.parent.chmod(0o777)
    with pytest.raises(Trouble):
        log.shelter()


class Told:
    """Notes what would be started, and with which words."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, ...]] = {}

    def start(self, name: str, *words: str) -> None:
        self.words[name] = words

    def begins(self, log: DemoLog) -> dict[str, bool]:
        """Which of both may begin from nothing."""
        started: Any = self
        log.prepare()
        log.start(started)
        return {name: "--first" in words for name, words in self.words.items()}


def test_a_witness_begins_once_for_each_name_of_the_log(tmp_path: Path) -> None:
    """A lost state is no beginning; another port is another log, which is one."""
    new_key(tmp_path / "key")
    here, elsewhere = (DemoLog(tmp_path, tmp_path / "key", f"localhost:{n}", n) for n in (1, 2))
    told = Told()
    assert told.begins(here) == {"signer": True, "witness": True}
    Folder(tmp_path / "witness", [here.origin])
    assert told.begins(here)["witness"] is False
    assert told.begins(elsewhere)["witness"] is True
    for state in (tmp_path / "witness" / "seen").iterdir():
        state.unlink()
    assert told.begins(here)["witness"] is False
