"""The witness: the cases of C2SP tlog-witness, over HTTP and in its core."""

import base64
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.signing.safekeeping import keep
from gapura.audit.tree.cosignatures import (
    LOG_KEY,
    WITNESS_KEY,
    BadKey,
    VerifierKey,
    cosigned_at,
    read_key,
    signed_by,
)
from gapura.audit.tree.merkle import consistency_proof, root
from gapura.audit.tree.notes import Tree as Statement
from gapura.audit.tree.notes import write_checkpoint
from gapura.audit.witness.core import Reply, Witness
from gapura.audit.witness.server import Server
from gapura.audit.witness.shelf import Folder
from tests.audit.test_signer import COMMAND, FORKED, HONEST, Tree

LOG = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME, ORIGIN = "witness.example/w1", "log.example"
LOGS = [VerifierKey(ORIGIN, LOG_KEY, LOG.public_key().public_bytes_raw())]
AT = 1_795_000_000


def note(tree: Tree, size: int, key: Ed25519PrivateKey = LOG, origin: str = ORIGIN) -> str:
    return write_checkpoint(Statement(origin, size, root(size, tree.get)), key)


def request(tree: Tree, old: int, size: int, signed: str = "") -> bytes:
    import base64

    steps = consistency_proof(old, size, tree.get) if 0 < old < size else []
    lines = [f"old {old}", *(base64.b64encode(step).decode() for step in steps)]
    return ("\n".join(lines) + "\n\n" + (signed or note(tree, size))).encode()


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(NAME, KEY, LOGS, Folder(tmp_path, [ORIGIN]), lambda: AT)


def answer(witness: Witness, *asked: bytes) -> Reply:
    return [witness.add_checkpoint(body) for body in asked][-1]


def evidence(folder: Path) -> list[str]:
    return sorted(path.name.split("-")[0] for path in (folder / "evidence").iterdir())


def test_it_cosigns_the_first_and_each_continuation(witness: Witness) -> None:
    for old, size in ((0, 3), (3, 8), (8, 20)):
        reply = answer(witness, request(HONEST, old, size))
        text = note(HONEST, size).rpartition("\n\n")[0] + "\n"
        assert reply.status == 200
        assert cosigned_at(text, reply.body, signed_by(KEY, NAME)) == AT


def test_a_replay_of_the_newest_is_cosigned_again_and_of_an_older_one_not(
    witness: Witness,
) -> None:
    first = request(HONEST, 0, 8)
    assert answer(witness, first, request(HONEST, 8, 8)).status == 200
    assert answer(witness, first) == Reply(409, "8\n", "text/x.tlog.size")
    assert answer(witness, request(HONEST, 3, 20)).body == "8\n"


def test_of_a_split_view_the_second_is_refused_and_both_are_kept(
    witness: Witness, tmp_path: Path
) -> None:
    reply = answer(witness, request(HONEST, 0, 8), request(FORKED, 8, 8))
    assert (reply.status, reply.body) == (409, "8\n")
    (path,) = (tmp_path / "evidence").iterdir()
    both = path.read_text()
    assert note(HONEST, 8) in both
    assert note(FORKED, 8) in both
    assert answer(witness, request(FORKED, 8, 20)).status == 422
    assert evidence(tmp_path) == ["fork", "unproven"]
    assert answer(witness, request(HONEST, 8, 20)).status == 200


def test_the_same_evidence_is_kept_once(witness: Witness, tmp_path: Path) -> None:
    answer(witness, request(HONEST, 0, 8), *[request(FORKED, 8, 8)] * 3)
    assert evidence(tmp_path) == ["fork"]


def _junk(number: int) -> str:
    return base64.b64encode(sha256(str(number).encode()).digest()).decode()


def test_strangers_cannot_fill_the_evidence_with_public_notes(
    witness: Witness, tmp_path: Path
) -> None:
    """Attack: the public note with a junk signature line and a junk proof, again and again."""
    answer(witness, request(HONEST, 0, 8))
    for number in range(5):
        junk = f"{note(HONEST, 20)}\u2014 junk {_junk(number)}\n"
        body = f"old 8\n{_junk(number)}\n\n{junk}".encode()
        assert answer(witness, body).status == 422
    assert evidence(tmp_path) == ["unproven"]
    same = f"old 8\n{_junk(1)}\n\n{note(HONEST, 8)}".encode()
    assert answer(witness, same).status == 422
    assert evidence(tmp_path) == ["unproven"], "a bad proof from a tree to itself says nothing"
    answer(witness, request(HONEST, 8, 15))
    assert evidence(tmp_path) == ["unproven"]
    answer(witness, request(HONEST, 15, 20))
    assert evidence(tmp_path) == [], "the log has proven it: it never was evidence"


def test_a_fork_is_kept_however_much_lies_there(
    witness: Witness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: fill the evidence up to its limit before the log shows a second history."""
    monkeypatch.setattr("gapura.audit.witness.shelf.MOST", {"fork": 2, "unproven": 2})
    answer(witness, request(HONEST, 0, 8))
    for size in range(9, 14):
        answer(witness, f"old 8\n{_junk(size)}\n\n{note(HONEST, size)}".encode())
    answer(witness, request(FORKED, 8, 8))
    assert evidence(tmp_path) == ["fork", "unproven", "unproven"]


def test_a_state_that_is_gone_is_no_new_beginning(witness: Witness, tmp_path: Path) -> None:
    """Attack: delete what the witness saw, so that it cosigns another history from the start."""
    answer(witness, request(HONEST, 0, 8))
    (path,) = (tmp_path / "seen").iterdir()
    path.unlink()
    assert answer(witness, request(FORKED, 0, 8)).status == 503
    again = Witness(NAME, KEY, LOGS, Folder(tmp_path), lambda: AT)
    assert answer(again, request(FORKED, 0, 8)).status == 503


PROOF = request(HONEST, 8, 20).split(b"\n\n")[0].split(b"\n")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (request(HONEST, 8, 20, note(HONEST, 20, KEY)), 403),
        (request(HONEST, 8, 20, note(HONEST, 20, LOG, "other.example")), 404),
        (request(HONEST, 8, 20, note(HONEST, 20).replace("\n20\n", "\n21\n")), 403),
        (request(HONEST, 8, 20).replace(b"old 8", b"old 21"), 400),
        (request(HONEST, 8, 20).replace(b"old 8", b"old 08"), 400),
        (request(HONEST, 8, 20).replace(b"old 8", b"old -8"), 400),
        (request(HONEST, 8, 20).replace(b"old 8", b"new 8"), 400),
        (request(HONEST, 8, 20).replace(b"old 8", b"old " + b"9" * 30), 400),
        (request(HONEST, 8, 20).replace(PROOF[1], b"AAAA"), 400),
        (request(HONEST, 8, 20).replace(PROOF[1] + b"\n", b""), 422),
        (request(HONEST, 8, 20).replace(PROOF[1], PROOF[2]), 422),
        (request(HONEST, 8, 20).replace(PROOF[1], b"\n".join([PROOF[1]] * 64)), 400),
        (b"old 8\n\n" + note(HONEST, 20).encode(), 422),
        (b"old 8\n\n", 400),
        (b"old 8\n\nx", 400),
        (b"", 400),
        (b"\xff\xfe", 400),
    ],
)
def test_what_is_wrong_is_refused_as_the_protocol_says(
    witness: Witness, body: bytes, status: int
) -> None:
    assert answer(witness, request(HONEST, 0, 8), body).status == status
    assert answer(witness, request(HONEST, 8, 20)).status == 200


def test_a_first_request_must_not_bring_a_proof(witness: Witness) -> None:
    body = request(HONEST, 8, 20).replace(b"old 8", b"old 0")
    assert answer(witness, body).status == 422


def test_its_state_is_on_disk_before_it_answers(witness: Witness, tmp_path: Path) -> None:
    answer(witness, request(HONEST, 0, 8))
    after_a_crash = Witness(NAME, KEY, LOGS, Folder(tmp_path), lambda: AT)
    assert answer(after_a_crash, request(HONEST, 0, 3)).body == "8\n"


def test_a_damaged_state_is_no_new_beginning(witness: Witness, tmp_path: Path) -> None:
    answer(witness, request(HONEST, 0, 8))
    (path,) = (tmp_path / "seen").iterdir()
    path.write_text("{}")
    assert answer(witness, request(HONEST, 0, 3)).status == 503


def test_of_many_at_once_none_rolls_the_state_back(witness: Witness) -> None:
    answer(witness, request(HONEST, 0, 5))
    bodies = [request(HONEST, 5, size) for size in range(6, 20)]
    replies: list[Reply] = []

    def ask(body: bytes) -> None:
        replies.append(witness.add_checkpoint(body))

    threads = [threading.Thread(target=ask, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reply.status for reply in replies) == [200] + [409] * 13


def test_the_clock_of_the_witness_counts_even_when_it_is_set_back(tmp_path: Path) -> None:
    times = iter([AT, AT - 86_400])
    one = Witness(NAME, KEY, LOGS, Folder(tmp_path, [ORIGIN]), lambda: next(times))
    replies = [one.add_checkpoint(request(HONEST, *sizes)) for sizes in ((0, 8), (8, 20))]
    text = note(HONEST, 20).rpartition("\n\n")[0] + "\n"
    assert cosigned_at(text, replies[1].body, signed_by(KEY, NAME)) == AT - 86_400


def test_the_published_cosignature_has_the_form_we_write() -> None:
    """The example of C2SP tlog-cosignature: name, 4 bytes of id, 8 of time, 64 of signature."""
    import base64

    line = (
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
        "qhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )
    raw = base64.b64decode(line)
    assert len(raw) == 76
    assert int.from_bytes(raw[4:12], "big") == 1_679_315_147


@pytest.mark.parametrize(
    "text",
    ["", "a+b", "a+00000000+AAAA", "a b+00000000+AAAA", f"{LOGS[0]}x", str(LOGS[0])[1:]],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        read_key(text, LOG_KEY)
    assert read_key(str(LOGS[0]), LOG_KEY) == LOGS[0]
    with pytest.raises(BadKey):
        read_key(str(LOGS[0]), WITNESS_KEY)


@pytest.fixture
def server(witness: Witness) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), witness) as one:
        thread = threading.Thread(target=one.serve_forever, args=(0.02,))
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def post(server: Server, path: str, body: bytes, **headers: str) -> tuple[int, str, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        line.request("POST", path, body, headers)
        reply = line.getresponse()
        return reply.status, reply.headers["Content-Type"], reply.read()
    finally:
        line.close()


def test_over_http_it_speaks_the_protocol(server: Server) -> None:
    status, _, body = post(server, "/add-checkpoint", request(HONEST, 0, 8))
    assert (status, body.decode()[:2]) == (200, "\u2014 ")
    stale = post(server, "/add-checkpoint", request(HONEST, 3, 20))
    assert stale == (409, "text/x.tlog.size", b"8\n")
    assert post(server, "/other", b"x")[0] == 404


def test_what_is_too_large_or_without_a_length_is_not_read(server: Server) -> None:
    assert post(server, "/add-checkpoint", b"x", **{"Content-Length": "70000"})[0] == 413
    assert post(server, "/add-checkpoint", b"", **{"Content-Length": "x"})[0] == 411


def _drip(server: Server, source: str, count: int) -> list[socket.socket]:
    found = []
    for _ in range(count):
        line = socket.create_connection(
            ("127.0.0.1", server.server_port), timeout=10, source_address=(source, 0)
        )
        line.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 900\r\n\r\nold")
        found.append(line)
    return found


def test_dripping_callers_of_one_address_leave_places_for_others(server: Server) -> None:
    """Attack: as many dripping connections as there are places."""
    lines = _drip(server, "127.0.0.2", 32)
    try:
        assert post(server, "/add-checkpoint", request(HONEST, 0, 8))[0] == 200
    finally:
        for line in lines:
            line.close()


def test_a_request_has_a_deadline_for_all_of_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: a byte before each time limit of a single read holds a place for hours."""
    monkeypatch.setattr(server, "seconds", 0.4)
    (line,) = _drip(server, "127.0.0.1", 1)
    began = time.monotonic()
    with line, contextlib.suppress(OSError):
        while time.monotonic() - began < 5:
            line.sendall(b"x")
            line.settimeout(0.1)
            with contextlib.suppress(TimeoutError):
                if not line.recv(1000):
                    break
    assert time.monotonic() - began < 4


def test_the_command_makes_a_key_and_serves(tmp_path: Path) -> None:
    env = {n: v for n, v in os.environ.items() if not n.startswith(("GAPURA_", "DJANGO_"))}
    env["PYTHONPATH"] = str(Path(__file__).parents[2] / "src")
    line = [sys.executable, "-c", COMMAND, "witness", "--state", str(tmp_path / "w")]
    made = subprocess.run(
        [*line, "--new-key", "--name", NAME], env=env, capture_output=True, text=True, check=True
    )
    assert made.stdout.startswith(f"witness {NAME} {NAME}+")
    assert read_key(made.stdout.split()[2], WITNESS_KEY).name == NAME
    keep(tmp_path / "unused", b"")
    log = ["--log", str(LOGS[0]), "--port", "0"]
    refused = subprocess.run([*line, *log], env=env, capture_output=True, text=True, timeout=30)
    assert (refused.returncode, "--first" in refused.stdout + refused.stderr) == (1, True)
    process = subprocess.Popen([*line, *log, "--first"], env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "cosigns on port" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
