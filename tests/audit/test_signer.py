"""The signer: signs only what continues what it signed, whatever the database says."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jsonschema import Draft202012Validator

from gapura.audit.signing import line as signer_line
from gapura.audit.signing.core import Question, Refused, Signer, State, read_question
from gapura.audit.signing.line import SignerAway, SignerRefused, SocketSigner, is_stale
from gapura.audit.signing.process import Server
from gapura.audit.signing.safekeeping import Unusable, alone_in
from gapura.audit.signing.state import StateFile, after
from gapura.audit.tree.merkle import (
    Node,
    consistency_proof,
    cover,
    fold,
    leaf_hash,
    node_hash,
    root,
)
from gapura.audit.tree.notes import read_checkpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "log.example"
COMMAND = "import sys; from gapura.ops.cli import main; sys.exit(main())"


class Tree:
    """A tree over made-up leaves, from their bytes alone."""

    def __init__(self, *leaves: str) -> None:
        self.leaves = [leaf_hash(leaf.encode()) for leaf in leaves]

    def get(self, node: Node) -> bytes:
        if node.level == 0:
            return self.leaves[node.position]
        below, left = node.level - 1, node.position * 2
        return node_hash(self.get(Node(below, left)), self.get(Node(below, left + 1)))

    def asked(self, old: int, size: int = 0, origin: str = ORIGIN) -> Question:
        size = size or len(self.leaves)
        steps = consistency_proof(old, size, self.get) if 0 < old < size else []
        return Question(origin, old, size, root(size, self.get), tuple(steps))


HONEST = Tree(*(f"entry {n}" for n in range(20)))
FORKED = Tree(*(f"entry {n}" for n in range(5)), *(f"other {n}" for n in range(15)))


def signer(state: State = State()) -> Signer:  # noqa: B008 - a frozen one
    return Signer(KEY, ORIGIN, state)


def test_the_tree_of_the_tests_is_one() -> None:
    assert fold([HONEST.get(node) for node in cover(0, 20)]) == root(20, HONEST.get)


def test_it_signs_one_continuation_after_the_other() -> None:
    one = signer()
    for old, size in ((0, 3), (3, 8), (8, 8), (8, 20)):
        note = one.sign(HONEST.asked(old, size))
        assert read_checkpoint(note, KEY.public_key()).size == size
    assert one.state.size == 20


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (HONEST.asked(4, 7), "shrunk"),
        (HONEST.asked(0, 7), "shrunk"),
        (FORKED.asked(8, 8), "fork"),
        (FORKED.asked(8, 20), "proof"),
        (HONEST.asked(3, 20), "stale"),
        (HONEST.asked(0, 20), "stale"),
        (HONEST.asked(9, 20), "stale"),
        (HONEST.asked(8, 20, "other.example"), "origin"),
        (Question(ORIGIN, 8, 20, root(20, HONEST.get), ()), "proof"),
    ],
)
def test_it_refuses_a_rollback_and_a_fork_and_stays_as_it_was(asked: Question, code: str) -> None:
    one = signer()
    one.sign(HONEST.asked(0, 8))
    before = one.state
    with pytest.raises(Refused) as refused:
        one.sign(asked)
    assert refused.value.code == code
    assert one.state == before
    assert one.sign(HONEST.asked(8, 20))


def test_a_disk_that_is_full_signs_nothing() -> None:
    def full(state: State) -> None:
        raise OSError(28, "No space left on device")

    one = Signer(KEY, ORIGIN, State(), full)
    with pytest.raises(Refused) as refused:
        one.sign(HONEST.asked(0, 8))
    assert (refused.value.code, one.state.size) == ("disk", 0)


GOOD = {
    "origin": ORIGIN,
    "old": 0,
    "size": 1,
    "root": base64.b64encode(bytes(32)).decode(),
    "proof": [],
}


@pytest.mark.parametrize(
    "change",
    [
        {"old": -1}, {"size": 2**63}, {"size": True}, {"size": "1"}, {"root": "AAAA"},
        {"root": 1}, {"proof": ["x"]}, {"proof": "x"}, {"proof": [GOOD["root"]] * 65},
        {"origin": None}, {"more": 1},
    ],
)  # fmt: skip
def test_what_the_contract_does_not_know_is_malformed(change: dict[str, object]) -> None:
    with pytest.raises(Refused, match="contract"):
        read_question(json.dumps({**GOOD, **change}).encode())


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"[" * 5000, b"\xff", b'{"old": 1}'])
def test_what_is_no_question_is_malformed(line: bytes) -> None:
    with pytest.raises(Refused, match="contract"):
        read_question(line)


def test_the_state_comes_back_and_a_damaged_one_does_not(tmp_path: Path) -> None:
    file = StateFile(tmp_path)
    one = Signer(KEY, ORIGIN, State(), file.save)
    one.sign(HONEST.asked(0, 8))
    assert file.load(KEY.public_key()) == one.state
    path = tmp_path / "state.json"
    path.write_text(path.read_text().replace('"size": 8', '"size": 3'))
    with pytest.raises(Unusable, match="cannot be used"):
        file.load(KEY.public_key())


def test_a_lost_state_is_told_and_begun_again_from_a_kept_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="--after"):
        StateFile(tmp_path).load(KEY.public_key())
    kept = tmp_path / "kept"
    kept.write_text(signer().sign(HONEST.asked(0, 8)))
    state = after(kept, KEY.public_key())
    with pytest.raises(Refused):
        Signer(KEY, ORIGIN, state).sign(FORKED.asked(8, 20))
    assert Signer(KEY, ORIGIN, state).sign(HONEST.asked(8, 20))
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(Unusable):
        after(kept, other)


def test_two_signers_do_not_share_a_state(tmp_path: Path) -> None:
    with alone_in(tmp_path), pytest.raises(Unusable, match="Another process"), alone_in(tmp_path):
        pass


class Running:
    """The signer's process, its folder and socket."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "socket"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *more: str, env: dict[str, str] | None = None) -> "subprocess.Popen[bytes]":
        line = ["signer", "--state", str(self.folder), "--origin", ORIGIN, *more]
        clean = {n: v for n, v in os.environ.items() if not n.startswith(("GAPURA_", "DJANGO_"))}
        clean["PYTHONPATH"] = str(Path(__file__).parents[2] / "src")
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *line],
            env={**clean, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def start(self, *more: str, **options: dict[str, str]) -> SocketSigner:
        self.process = self.run(*more, **options)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return SocketSigner(str(self.socket))

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as caller:
            return caller.connect_ex(str(self.socket)) == 0

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.communicate(timeout=20)
        code, self.process = self.process.returncode, None
        return code


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    one = Running(tmp_path / "s")
    told = one.run("--new-key").communicate()[0].decode()
    assert told.startswith(f"log {ORIGIN}+")
    yield one
    if one.process is not None:
        one.stop(signal.SIGKILL)


def test_the_process_signs_refuses_and_remembers(running: Running) -> None:
    line = running.start("--first")
    note = line.sign(HONEST.asked(0, 8))
    assert line.sign(HONEST.asked(8, 8)) == note
    with pytest.raises(SignerRefused) as refused:
        line.sign(FORKED.asked(8, 20))
    assert (refused.value.code, refused.value.size) == ("proof", 8)
    assert running.stop() == 0
    assert not running.socket.exists()
    again = running.start()
    with pytest.raises(SignerRefused):
        again.sign(FORKED.asked(8, 20))
    assert again.sign(HONEST.asked(8, 20))
    assert os.stat(running.folder / "key").st_mode & 0o077 == 0


def test_killed_between_disk_and_reply_it_goes_on_from_what_it_kept(running: Running) -> None:
    """The reply is lost, the database knows 8 leaves, the signer 13: it says so and goes on."""
    line = running.start("--first")
    line.sign(HONEST.asked(0, 8))
    running.stop(signal.SIGKILL)
    file = StateFile(running.folder)
    key = Ed25519PrivateKey.from_private_bytes(
        base64.b64decode((running.folder / "key").read_bytes())
    )
    # What the killed process had written before it could answer.
    Signer(key, ORIGIN, file.load(key.public_key()), file.save).sign(HONEST.asked(8, 13))
    again = running.start()
    with pytest.raises(SignerRefused) as refused:
        again.sign(HONEST.asked(8, 20))
    assert is_stale(refused.value, 20)
    assert again.sign(HONEST.asked(13, 20))


def test_killed_while_it_keeps_the_state_it_has_the_old_or_the_new_one(running: Running) -> None:
    line, size = running.start("--first"), 0
    for _ in range(3):
        line.sign(HONEST.asked(size, size + 5))
        size += 5
        running.stop(signal.SIGKILL)
        (running.folder / "state.json.new").write_bytes(b'{"size"')
        line = running.start()
    assert line.sign(HONEST.asked(size, 20))


def test_without_a_state_it_does_not_begin_by_itself(running: Running) -> None:
    process = running.run()
    told = process.communicate(timeout=30)[0].decode()
    assert process.returncode == 1
    assert "must not guess" in told
    assert "Traceback" not in told


def test_an_older_checkpoint_does_not_take_back_what_was_signed(running: Running) -> None:
    """Attack: start with --after and an old checkpoint, to sign another history from there."""
    line = running.start("--first")
    kept = running.folder / "kept"
    kept.write_text(line.sign(HONEST.asked(0, 8)))
    newer = running.folder / "newer"
    newer.write_text(line.sign(HONEST.asked(8, 20)))
    running.stop()
    running.process = running.run("--after", str(kept))
    told = running.process.communicate(timeout=30)[0].decode()
    assert (running.process.returncode, "20 leaves" in told) == (1, True)
    assert running.start("--after", str(newer)).sign(HONEST.asked(20, 20))


def test_another_root_does_not_take_the_place_of_what_was_signed(tmp_path: Path) -> None:
    """Attack: --after with a checkpoint of the same size and another root."""
    file = StateFile(tmp_path)
    Signer(KEY, ORIGIN, State(), file.save).sign(HONEST.asked(0, 8))
    forked = tmp_path / "forked"
    forked.write_text(signer().sign(FORKED.asked(0, 8)))
    with pytest.raises(Unusable, match="8 leaves"):
        file.begin_after(forked, KEY.public_key())
    (tmp_path / "state.json").write_text("{}")
    file.begin_after(forked, KEY.public_key())
    assert file.load(KEY.public_key()).size == 8


def test_a_dripping_caller_holds_nobody_up(running: Running) -> None:
    """Attack: a byte before each time limit, while the sealer waits a second for its answer."""
    line = running.start("--first")
    callers = [socket.socket(socket.AF_UNIX) for _ in range(4)]
    try:
        for caller in callers:
            caller.connect(str(running.socket))
            caller.sendall(b"{")
        assert line.sign(HONEST.asked(0, 8))
        began = time.monotonic()
        while time.monotonic() - began < 8:
            try:
                callers[0].sendall(b" ")
            except OSError:
                break
            time.sleep(0.1)
        assert time.monotonic() - began < 6, "all of a question has one deadline"
    finally:
        for caller in callers:
            caller.close()


def test_callers_are_told_apart_by_the_user_that_the_kernel_names(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with Server(str(tmp_path / "socket"), signer()) as server, ours, theirs:
        assert server.caller(theirs, "") == os.geteuid()


def test_a_second_process_on_the_same_state_says_so(running: Running) -> None:
    running.start("--first")
    second = running.run()
    assert "Another process" in second.communicate(timeout=30)[0].decode()
    assert second.returncode == 1


@pytest.mark.parametrize("sent", [b"\n", b"x" * 20_000, b"state", b'{"origin"}\n'])
def test_odd_callers_are_answered_or_dropped_and_the_next_is_served(
    running: Running, sent: bytes
) -> None:
    line = running.start("--first")
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(running.socket))
        try:
            caller.sendall(sent)
            caller.shutdown(socket.SHUT_WR)
            assert json.loads(caller.recv(4096))["error"] == "malformed"
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert line.sign(HONEST.asked(0, 8))


def test_nobody_there_is_told_as_away(tmp_path: Path) -> None:
    with pytest.raises(SignerAway):
        SocketSigner(str(tmp_path / "none")).sign(HONEST.asked(0, 8))


def test_questions_and_answers_are_as_the_contract_says(running: Running) -> None:
    path = Path(__file__).parents[2] / "docs/contracts/own/signer.json"
    contract = json.loads(path.read_text(encoding="utf-8"))
    running.start("--first")
    replies = []
    for asked in (HONEST.asked(0, 8), HONEST.asked(8, 20), FORKED.asked(20, 20)):
        line = signer_line.written(asked)
        Draft202012Validator(contract["question"]).validate(json.loads(line))
        replies.append(_ask(running.socket, line))
    assert [reply["ok"] for reply in replies] == [True, True, False]
    for reply in replies:
        Draft202012Validator(contract["answer"]).validate(reply)
    state = _ask(running.socket, b"state\n")
    Draft202012Validator(contract["state"]).validate(state)
    assert state["size"] == 20


def _ask(path: Path, line: bytes) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(path))
        caller.sendall(line)
        found: dict[str, Any] = json.loads(caller.makefile("rb").readline())
        return found
