"""`gapura signer`: the process that holds the log's key, behind a Unix socket."""

import argparse
import base64
import json
import logging
import os
import signal
import socket
import socketserver
import stat
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gapura.audit.signing.bounded import Bounded
from gapura.audit.signing.core import (
    LARGEST_MESSAGE,
    MALFORMED,
    STALE,
    Refused,
    Signer,
    State,
    read_question,
)
from gapura.audit.signing.safekeeping import Unusable, alone_in, new_key, read_seed
from gapura.audit.signing.state import StateFile
from gapura.audit.tree.cosignatures import LOG_KEY, VerifierKey

SECONDS = 2.0
# The longest path of a Unix socket that all systems take.
LONGEST_PATH = 100
STATE = b"state"
# Process, user, group.
_PEER = struct.Struct("3i")

log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Sign until SIGTERM, or make or show the key.

    :raises Unusable: when key, state or socket cannot be used.
    """
    folder = Path(options.state)
    key_file = Path(options.key) if options.key else folder / "key"
    if options.new_key:
        new_key(key_file)
    key = read_seed(key_file)
    if options.new_key or options.show_key:
        public = key.public_key().public_bytes_raw()
        print(f"log {VerifierKey(options.origin, LOG_KEY, public)}")
        return 0
    with alone_in(folder):
        file = StateFile(folder)
        if options.after:
            file.begin_after(Path(options.after), key.public_key())
        elif options.first and not file.is_there:
            file.save(State())
        signer = Signer(key, options.origin, file.load(key.public_key()), file.save)
        path = Path(options.socket) if options.socket else folder / "socket"
        return _serve(signer, path, _mode(options.mode))


def _mode(text: str) -> int:
    if not 0 < len(text) <= 5 or set(text) - set("01234567"):
        raise Unusable(f"{text!r} are no rights.", "Give them in octal digits, such as 0660.")
    return int(text, 8)


def _serve(signer: Signer, path: Path, mode: int) -> int:
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
    with _bound(Server, path, signer) as server:
        path.chmod(mode)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        print(f"gapura: signing on {path}, {signer.state.size} leaves so far", flush=True)
        server.serve_forever(poll_interval=0.1)
    return 0


@contextmanager
def _bound(make: "type[Server]", path: Path, signer: Signer) -> "Iterator[Server]":
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise Unusable(f"The path {path} is too long for a socket.", "Give a shorter one.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        # We hold the state, so a socket that is still there belongs to nobody.
        if path.exists() and stat.S_ISSOCK(path.stat().st_mode):
            path.unlink()
        server = make(str(path), signer)
    except OSError as error:
        raise Unusable(f"The signer can't listen on {path} ({error.strerror}).",
                       "Give a path in a folder that is its own.") from error  # fmt: skip
    try:
        yield server
    finally:
        server.server_close()
        path.unlink(missing_ok=True)


class Server(Bounded, socketserver.UnixStreamServer):
    """Signing takes a tenth of a millisecond, one after the other; who is slow waits alone.

    Callers are told apart by the user they run as, which the kernel says (SO_PEERCRED).
    """

    request_queue_size = 16
    seconds = SECONDS

    def __init__(self, path: str, signer: Signer) -> None:
        self.signer, self.signing = signer, threading.Lock()
        super().__init__(path, _Answer)

    def caller(self, request: Any, client_address: Any) -> int:
        """The user's number."""
        raw = request.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        return int(_PEER.unpack(raw)[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away or stays silent is no trouble of ours."""
        log.warning("a question was broken off")


class _Answer(socketserver.StreamRequestHandler):
    """One line in, one line out, and the line is closed."""

    timeout = SECONDS
    server: Server

    def handle(self) -> None:
        """Answer the one question of this connection."""
        line = self.rfile.readline(LARGEST_MESSAGE + 1)
        reply = self._reply(line)
        self.wfile.write(json.dumps(reply).encode() + b"\n")

    def _reply(self, line: bytes) -> dict[str, Any]:
        signer = self.server.signer
        try:
            if not line.endswith(b"\n") or len(line) > LARGEST_MESSAGE:
                raise Refused(MALFORMED)
            if line.strip() == STATE:
                return {"ok": True, **_told(signer.state)}
            asked = read_question(line)
            with self.server.signing:
                return {"ok": True, "note": signer.sign(asked)}
        except Refused as refusal:
            level = logging.INFO if refusal.code == STALE else logging.CRITICAL
            log.log(level, "no checkpoint was signed: %s (%s)", refusal, refusal.code)
            told = {"ok": False, "error": refusal.code, "why": str(refusal)}
            return {**told, **_told(signer.state)}


def _told(state: State) -> dict[str, Any]:
    return {
        "size": state.size,
        "root": base64.b64encode(state.root).decode(),
        "note": state.note,
    }
