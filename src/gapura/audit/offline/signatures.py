"""Checkpoints as C2SP signed notes: keys, the log's signature, the witnesses' cosignatures."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
LONGEST_NOTE = 64 * 1024
_DASH = "\u2014 "


class BadNote(Exception):
    """Not a checkpoint, or not signed as it must be."""


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key (`name+id+base64`): whose, its four bytes, its kind, the public key."""

    name: str
    id: bytes
    kind: int
    public: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note: its text, and name and raw bytes of each signature line."""

    text: str
    signatures: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What a checkpoint states: whose log, how many leaves, their root."""

    origin: str
    size: int
    root: bytes


def read_key(text: str) -> Key:
    """The key that a verifier key names.

    :raises BadNote: for anything else, also for an id that is not the key's.
    """
    name, _, rest = text.strip().partition("+")
    identity, _, encoded = rest.partition("+")
    raw = from_base64(encoded)
    if len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE) or not name:
        raise BadNote(f"{text!r} is no verifier key")
    if sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != identity:
        raise BadNote(f"the id of verifier key {name!r} is not its own")
    return Key(name, bytes.fromhex(identity), raw[0], Ed25519PublicKey.from_public_bytes(raw[1:]))


def read_note(note: str) -> Note:
    """The parts of a signed note.

    :raises BadNote: when it has none.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or len(note) > LONGEST_NOTE or not lines.endswith("\n"):
        raise BadNote("not a signed note")
    signatures = []
    for line in lines[:-1].split("\n"):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        raw = from_base64(encoded)
        if not line.startswith(_DASH) or len(raw) < 5:
            raise BadNote("not a signature line")
        signatures.append((name, raw))
    return Note(text + "\n", tuple(signatures))


def read_tree(note: Note) -> Tree:
    """What the text of a checkpoint states.

    :raises BadNote: when it is none.
    """
    lines = note.text.split("\n")
    if len(lines) < 4 or not lines[0] or not (lines[1].isascii() and lines[1].isdigit()):
        raise BadNote("not a checkpoint")
    top = from_base64(lines[2])
    if len(top) != 32 or str(int(lines[1][:20])) != lines[1]:
        raise BadNote("not a checkpoint")
    return Tree(lines[0], int(lines[1]), top)


def is_signed(note: Note, key: Key) -> bool:
    """Whether the log's key signed the text."""
    found = [raw[4:] for name, raw in note.signatures if (name, raw[:4]) == (key.name, key.id)]
    return bool(found) and all(_holds(key, signed, note.text.encode()) for signed in found)


def cosigned_at(note: Note, key: Key) -> int | None:
    """When the witness signed the text, in seconds since 1970; None when it did not, 0 falsely."""
    for name, raw in note.signatures:
        if (name, raw[:4]) != (key.name, key.id):
            continue
        seconds = int.from_bytes(raw[4:12], "big")
        said = f"cosignature/v1\ntime {seconds}\n{note.text}"
        return seconds if _holds(key, raw[12:], said.encode()) else 0
    return None


def _holds(key: Key, signature: bytes, data: bytes) -> bool:
    try:
        key.public.verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def from_base64(text: str) -> bytes:
    """The bytes, or none when it is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
