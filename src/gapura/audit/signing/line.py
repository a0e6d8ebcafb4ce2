"""Asking the signer: over its socket, or in this process where tests hold the key themselves."""

import base64
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.signing.core import STALE, Question, Refused, Signer, State

SECONDS = 1.0
_LARGEST_REPLY = 64 * 1024


class SignerAway(Exception):
    """Nobody answers, or what answers is no signer; checkpoints wait."""


class SignerRefused(Exception):
    """The signer says no; `code` and `why` are its words, `size` what it signed last."""

    def __init__(self, code: str, why: str, size: int) -> None:
        super().__init__(why)
        self.code, self.why, self.size = code, why, size


class Asks(Protocol):
    """Somebody who signs."""

    def sign(self, asked: Question) -> str:
        """The signed checkpoint.

        :raises SignerAway, SignerRefused: see above.
        """


@dataclass(frozen=True, slots=True)
class SocketSigner:
    """The signer behind a Unix socket."""

    path: str

    def sign(self, asked: Question) -> str:
        """See `Asks`."""
        reply = self._ask(written(asked))
        if reply.get("ok") is True and isinstance(reply.get("note"), str):
            return str(reply["note"])
        size = reply.get("size")
        if reply.get("ok") is not False or type(size) is not int:
            raise SignerAway("what answers is no signer")
        raise SignerRefused(str(reply.get("error"))[:20], str(reply.get("why"))[:300], size)

    def _ask(self, line: bytes) -> dict[str, Any]:
        if not self.path:
            raise SignerAway("no signer is named: set GAPURA_SIGNER_SOCKET for the worker")
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.settimeout(SECONDS)
                caller.connect(self.path)
                caller.sendall(line)
                reply = json.loads(_read_line(caller))
        except (OSError, ValueError, RecursionError) as error:
            raise SignerAway(f"{self.path}: {error}") from error
        if type(reply) is not dict:
            raise SignerAway("what answers is no signer")
        return reply


@dataclass(frozen=True, slots=True)
class OwnSigner:
    """The same rules in this process; `last` tells what was signed last. For tests only."""

    key: Ed25519PrivateKey
    origin: str
    last: Callable[[], State]

    def sign(self, asked: Question) -> str:
        """See `Asks`."""
        state = self.last()
        try:
            return Signer(self.key, self.origin, state).sign(asked)
        except Refused as refusal:
            raise SignerRefused(refusal.code, str(refusal), state.size) from refusal


def is_stale(refusal: SignerRefused, size: int) -> bool:
    """Whether it has only signed more than we know, within the `size` leaves there are."""
    return refusal.code == STALE and refusal.size <= size


def written(asked: Question) -> bytes:
    """The question as a line of the contract (docs/contracts/own/signer.json)."""
    values = {
        "origin": asked.origin,
        "old": asked.old,
        "size": asked.size,
        "root": _text(asked.root),
        "proof": [_text(step) for step in asked.proof],
    }
    return json.dumps(values).encode() + b"\n"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _read_line(caller: socket.socket) -> bytes:
    found = b""
    while not found.endswith(b"\n"):
        part = caller.recv(8192)
        if not part or len(found) > _LARGEST_REPLY:
            raise ValueError("the answer is broken off or too long")
        found += part
    return found
