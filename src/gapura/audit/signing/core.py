"""What the signer signs and what it refuses, without any input or output of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.tree.cosignatures import decoded
from gapura.audit.tree.merkle import verify_consistency
from gapura.audit.tree.notes import Tree, write_checkpoint

LARGEST_PROOF = 64
LARGEST_SIZE = 2**62
# A proof of 64 hashes, twice over.
LARGEST_MESSAGE = 8 * 1024

# Why nothing was signed. Only `stale` is mended by asking again; the others are alarms.
STALE, SHRUNK, FORK, PROOF, MALFORMED, ORIGIN, DISK = (
    "stale", "shrunk", "fork", "proof", "malformed", "origin", "disk",
)  # fmt: skip
WHY = {
    STALE: "the proof begins at {old} leaves, but {size} leaves were signed last",
    SHRUNK: "{asked} leaves are fewer than the {size} that were signed already",
    FORK: "over {size} leaves another root was signed already",
    PROOF: "the tree of {asked} leaves is no continuation of the {size} leaves signed last",
    MALFORMED: "the question is not written as the contract says",
    ORIGIN: "this signer signs for another log",
    DISK: "the state could not be kept, so nothing was signed",
}


class Refused(Exception):
    """Nothing was signed; `code` is a key of WHY."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(WHY[code].format(**values))
        self.code = code


@dataclass(frozen=True, slots=True)
class State:
    """What was signed last: leaves, root, the note itself."""

    size: int = 0
    root: bytes = b""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Please sign `size` leaves with this `root`; `proof` leads there from `old` leaves."""

    origin: str
    old: int
    size: int
    root: bytes
    proof: tuple[bytes, ...] = ()


def decide(state: State, asked: Question) -> None:
    """Whether the tree asked for continues the one signed last (RFC 9162 section 2.1.4.2).

    :raises Refused: when it does not.
    """
    told = {"old": asked.old, "size": state.size, "asked": asked.size}
    if asked.size < max(state.size, 1):
        raise Refused(SHRUNK, **told)
    if asked.old != state.size:
        raise Refused(STALE, **told)
    if asked.size == state.size:
        if asked.root != state.root:
            raise Refused(FORK, **told)
        return
    if state.size == 0:
        if asked.proof:
            raise Refused(PROOF, **told)
        return
    if not verify_consistency(state.size, asked.size, state.root, asked.root, asked.proof):
        raise Refused(PROOF, **told)


class Signer:
    """Signs one log. `keep` puts the new state on disk before the signature is given away."""

    def __init__(
        self,
        key: Ed25519PrivateKey,
        origin: str,
        state: State,
        keep: Callable[[State], None] = lambda state: None,
    ) -> None:
        self._key, self._origin, self._keep = key, origin, keep
        self.state = state

    def sign(self, asked: Question) -> str:
        """The signed checkpoint; asked twice for the same tree, it answers the same.

        :raises Refused: with the reason; nothing has changed then.
        """
        if asked.origin != self._origin:
            raise Refused(ORIGIN)
        decide(self.state, asked)
        note = write_checkpoint(Tree(asked.origin, asked.size, asked.root), self._key)
        new = State(asked.size, asked.root, note)
        if new != self.state:
            try:
                self._keep(new)
            except OSError as error:
                raise Refused(DISK) from error
            self.state = new
        return note


def read_question(line: bytes) -> Question:
    """A question as it stands in the contract.

    :raises Refused: as malformed.
    """
    try:
        values = json.loads(line)
        proof = values["proof"]
        if set(values) != {"origin", "old", "size", "root", "proof"} or type(proof) is not list:
            raise ValueError("fields")
        return _question(values, [_hash(step) for step in proof])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(MALFORMED) from None


def _question(values: dict[str, Any], proof: list[bytes]) -> Question:
    old, size, origin = values["old"], values["size"], values["origin"]
    if len(proof) > LARGEST_PROOF or type(origin) is not str:
        raise ValueError("proof")
    for number in (old, size):
        if type(number) is not int or not 0 <= number <= LARGEST_SIZE:
            raise ValueError("size")
    return Question(origin, old, size, _hash(values["root"]), tuple(proof))


def _hash(text: Any) -> bytes:
    raw = decoded(text) if type(text) is str else b""
    if len(raw) != 32:
        raise ValueError("hash")
    return raw
