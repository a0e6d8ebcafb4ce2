"""`gapura witness`: an HTTP server that cosigns checkpoints; no database, its own key and state."""

import argparse
import logging
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from gapura.audit.signing.bounded import Bounded
from gapura.audit.signing.safekeeping import Unusable, alone_in, keep, kept, new_key, read_seed
from gapura.audit.tree.cosignatures import (
    LOG_KEY,
    BadKey,
    VerifierKey,
    is_key_name,
    read_key,
    signed_by,
)
from gapura.audit.witness.core import LARGEST_BODY, Reply, Witness
from gapura.audit.witness.shelf import Folder

_PATH = "/add-checkpoint"


def run(options: argparse.Namespace) -> int:
    """Cosign until SIGTERM, or make or show the key.

    :raises Unusable: when key, state, logs or port cannot be used.
    """
    folder = Path(options.state)
    if options.new_key:
        _begin(folder, options.name)
    name = (kept(folder / "name") or b"").decode().strip()
    key = read_seed(folder / "key")
    if options.new_key or options.show_key:
        print(f"witness {name} {signed_by(key, name)}")
        return 0
    logs = _logs(options.log)
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
    with alone_in(folder):
        shelf = Folder(folder, [log.name for log in logs] if options.first else [])
        _known(shelf, logs)
        witness = Witness(name, key, logs, shelf, time.time)
        return _serve(witness, options.host, options.port)


def _begin(folder: Path, name: str) -> None:
    if not is_key_name(name):
        raise Unusable(
            "A witness has a name without spaces and plus signs.",
            "Give one with --name, best its address without https://, such as audit.example/w1.",
        )
    new_key(folder / "key")
    keep(folder / "name", f"{name}\n".encode())


def _logs(given: list[str]) -> list[VerifierKey]:
    try:
        found = [read_key(text, LOG_KEY) for text in given]
    except BadKey as error:
        raise Unusable(
            f"A log's key cannot be read ({error}).", "`gapura signer --show-key` prints it."
        ) from None
    if not found:
        raise Unusable("No log is named.", "Give the log's key with --log KEY.")
    return found


def _known(shelf: Folder, logs: list[VerifierKey]) -> None:
    for log in logs:
        if not shelf.knows(log.name):
            raise Unusable(
                f"There is no state of the log {log.name}.",
                "Restore it. Only for a log that it never witnessed, start once with --first.",
            )


def _serve(witness: Witness, host: str, port: int) -> int:
    try:
        server = Server((host, port), witness)
    except OSError as error:
        raise Unusable(
            f"The witness can't listen there ({error.strerror}).", "Choose another --port."
        ) from error
    with server:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        print(f"gapura: {witness.name} cosigns on port {server.server_port}", flush=True)
        server.serve_forever(poll_interval=0.1)
    return 0


class Server(Bounded, HTTPServer):
    """At most 32 connections, 8 from one address; more are closed at once and may come again."""

    # Those who are not accepted at once must not make others wait for a second try.
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        self.witness = witness
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away is no trouble."""


class _Handler(BaseHTTPRequestHandler):
    timeout = Bounded.seconds
    protocol_version = "HTTP/1.1"
    server_version = "gapura-witness"
    sys_version = ""
    server: Server

    def handle_one_request(self) -> None:
        """Each request of a connection has a deadline of its own."""
        self.server.begins(self.connection)
        super().handle_one_request()

    def do_POST(self) -> None:
        """The one deed of a witness."""
        if self.path != _PATH:
            self._close(Reply(404, "not found\n"))
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 10):
            self._close(Reply(411, "a length is needed\n"))
        elif int(length) > LARGEST_BODY:
            self._close(Reply(413, "too large\n"))
        else:
            body = self.rfile.read(int(length))
            whole = len(body) == int(length)
            self._answer(
                self.server.witness.add_checkpoint(body) if whole else Reply(400, "cut off\n")
            )

    def do_GET(self) -> None:
        """Whether it is there."""
        known = {"/healthz": Reply(200, "ok\n")}
        self._answer(known.get(self.path, Reply(404, "not found\n")))

    def _close(self, reply: Reply) -> None:
        # The body was not read, so nothing more can be read from this line.
        self.close_connection = True
        self._answer(reply, Connection="close")

    def _answer(self, reply: Reply, **headers: str) -> None:
        body = reply.body.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing; what matters is logged where it is known."""
