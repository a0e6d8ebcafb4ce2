"""Signer and witnesses from the log's side: what is asked, stored, tried again, and alarmed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection

from gapura.audit import checkpoints as signing
from gapura.audit import keys
from gapura.audit.errors import LogBroken
from gapura.audit.proof.signals import SIGNALS, Signals
from gapura.audit.services import checkpoint, collect, seal_all
from gapura.audit.signing.core import Question, Refused, Signer, State
from gapura.audit.signing.line import SignerAway, SignerRefused
from gapura.audit.tree.cosignatures import LOG_KEY, VerifierKey, signed_by
from gapura.audit.tree.notes import read_checkpoint
from gapura.audit.tree.stored import latest_checkpoint
from gapura.audit.witness.asking import cosignatures, run_forever
from gapura.audit.witness.core import Witness
from gapura.audit.witness.parties import parties
from gapura.audit.witness.server import Server
from gapura.audit.witness.shelf import Folder
from gapura.kernel import clock
from tests.audit.conftest import Attack, Note

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = "witness.example/w1"
AT = 1_795_000_000


@dataclass
class Other:
    """A witness that listens, and the folder of what it saw."""

    server: Server
    folder: Path

    def evidence(self) -> list[str]:
        return [path.name.split("-")[0] for path in (self.folder / "evidence").iterdir()]


def _log() -> VerifierKey:
    return VerifierKey(keys.origin(), LOG_KEY, keys.public_key().public_bytes_raw())


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Other]:
    witness = Witness(NAME, KEY, [_log()], Folder(tmp_path, [keys.origin()]), lambda: AT)
    with Server(("127.0.0.1", 0), witness) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield Other(server, tmp_path)
        server.shutdown()
        thread.join()


@pytest.fixture
def watched(other: Other, settings: Any, tmp_path: Path) -> Other:
    """The log of the tests with this one witness."""
    url = f"http://127.0.0.1:{other.server.server_port}"
    file = tmp_path / "policy"
    file.write_text(f"log {_log()}\nwitness one {signed_by(KEY, NAME)} {url}\nquorum one\n")
    settings.LOG_POLICY = str(file)
    return other


def signals() -> Signals:
    with connection.cursor() as cursor:
        cursor.execute(SIGNALS)
        return Signals(*(cursor.fetchone() or ()))


def test_each_checkpoint_is_cosigned_once_and_stored_beside_it(watched: Other, note: Note) -> None:
    for number in (1, 2):
        note(3)
        seal_all()
        checkpoint(now=True)
        assert (collect(), collect()) == (1, 0)
        (one,) = cosignatures(number)
        assert (one.witness, one.at.timestamp()) == (NAME, AT)
    assert signals() == (0.0, "", 0, 0, 1)
    assert parties()[NAME].size == 6


def test_a_witness_that_saw_more_checkpoints_than_it_answered_is_caught_up(
    watched: Other, note: Note
) -> None:
    note(3)
    seal_all()
    checkpoint(now=True)
    collect()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_party")
    note(4)
    seal_all()
    checkpoint(now=True)
    assert collect() == 1, "it says at which size it is, and gets the proof from there"


def test_a_witness_that_is_away_is_left_alone_for_a_while_and_asked_again(
    other: Other, settings: Any, tmp_path: Path, note: Note
) -> None:
    file = tmp_path / "policy"
    file.write_text(
        f"log {_log()}\nwitness one {signed_by(KEY, NAME)} http://127.0.0.1:1\nquorum one\n"
    )
    settings.LOG_POLICY = str(file)
    note()
    seal_all()
    checkpoint(now=True)
    assert (collect(), collect()) == (0, 0)
    assert (parties()[NAME].tries, parties()[NAME].trouble) == (1, "away")
    assert signals().failing == 1
    with clock.frozen(clock.now() + timedelta(seconds=6)):
        collect()
    assert parties()[NAME].tries == 2
    with clock.frozen(clock.now() - timedelta(days=400)):
        collect()
    assert parties()[NAME].tries == 3, "a clock that was set back silences nobody"


def _rebuild(attack: Attack, note: Note, events: list[UUID]) -> None:
    """An insider with the log's key builds another history that is whole in itself."""
    for table in ("leaf", "node", "checkpoint", "cosignature"):
        attack(f"DELETE FROM audit_{table}")
    attack("DELETE FROM audit_event WHERE id = %s", events[1])
    note(4)
    seal_all()
    checkpoint(now=True)


def test_a_rewritten_history_is_not_cosigned_and_the_proof_of_guilt_stays(
    watched: Other, note: Note, attack: Attack
) -> None:
    made = note(4)
    seal_all()
    checkpoint(now=True)
    collect()
    _rebuild(attack, note, made)
    assert collect() == 0
    assert parties()[NAME].trouble == "split"
    assert signals().word == "refused"
    assert watched.evidence() == ["unproven"]


def test_an_old_backup_is_shorter_than_what_the_witness_saw(
    watched: Other, note: Note, attack: Attack
) -> None:
    note(6)
    seal_all()
    checkpoint(now=True)
    collect()
    for table in ("leaf", "node", "checkpoint", "cosignature", "event"):
        attack(f"DELETE FROM audit_{table}")
    note(2)
    seal_all()
    checkpoint(now=True)
    assert collect() == 0
    assert "fewer" in parties()[NAME].why


class Remembers:
    """The signer's core with a state of its own, outside of the database."""

    def __init__(self) -> None:
        key = keys._key(settings.LOG_KEY)
        self.core = Signer(key, keys.origin(), State())
        self.lose_reply = self.away = False

    def sign(self, asked: Question) -> str:
        if self.away:
            raise SignerAway("nobody there")
        try:
            note = self.core.sign(asked)
        except Refused as refusal:
            raise SignerRefused(refusal.code, str(refusal), self.core.state.size) from refusal
        if self.lose_reply:
            self.lose_reply = False
            raise SignerAway("killed between disk and reply")
        return note


@pytest.fixture
def signer(monkeypatch: pytest.MonkeyPatch) -> Remembers:
    one = Remembers()
    monkeypatch.setattr(keys, "signer", lambda: one)
    return one


def test_while_the_signer_is_away_leaves_are_sealed_and_checkpoints_wait(
    signer: Remembers, note: Note
) -> None:
    signer.away = True
    note(3)
    assert seal_all() == 3
    with pytest.raises(SignerAway):
        checkpoint(now=True)
    assert signals().signer == "away"
    note(2)
    assert seal_all() == 2
    signer.away = False
    assert checkpoint(now=True) == 1
    assert signals().signer == ""


def test_a_reply_that_was_lost_costs_nothing(signer: Remembers, note: Note) -> None:
    note(3)
    seal_all()
    signer.lose_reply = True
    with pytest.raises(SignerAway):
        checkpoint(now=True)
    assert (signer.core.state.size, latest_checkpoint()) == (3, None)
    note(4)
    seal_all()
    assert checkpoint(now=True) == 1
    last = latest_checkpoint()
    assert last is not None
    assert read_checkpoint(last.note, keys.public_key()).size == 7


def test_a_restored_backup_is_not_signed_on(signer: Remembers, note: Note, attack: Attack) -> None:
    note(6)
    seal_all()
    checkpoint(now=True)
    for table in ("leaf", "node", "checkpoint", "event"):
        attack(f"DELETE FROM audit_{table}")
    note(2)
    seal_all()
    with pytest.raises(LogBroken, match="shrunk"):
        checkpoint(now=True)
    assert parties()["signer"].trouble == "refused"
    note(8)
    seal_all()
    with pytest.raises(LogBroken, match="proof"):
        checkpoint(now=True)
    assert signals().word == "refused"


def test_the_loop_goes_on_sealing_when_the_signer_refuses(
    signer: Remembers, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer.core.state = State(99, bytes(32), "elsewhere")
    note(3)
    stop = threading.Event()
    rounds: list[float] = []

    def wait(seconds: float) -> None:
        rounds.append(seconds)
        note()
        if len(rounds) == 3:
            stop.set()

    monkeypatch.setattr(stop, "wait", wait)
    signing.run_forever(stop)
    assert set(rounds) == {signing.PAUSE}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_leaf")
        assert cursor.fetchone() == (5,)


def test_a_clock_that_was_set_back_does_not_hold_up_checkpoints(note: Note) -> None:
    note()
    seal_all()
    checkpoint()
    note()
    seal_all()
    with clock.frozen(clock.now() - timedelta(days=2)):
        assert checkpoint() == 2


def test_the_collecting_loop_survives_trouble_and_stops(
    watched: Other, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    note()
    seal_all()
    checkpoint(now=True)
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set())
    run_forever(stop)
    assert len(cosignatures(1)) == 1
