"""Checkpoints as C2SP signed notes (signed-note, tlog-checkpoint) with Ed25519."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\u2014 "


class BadNote(Exception):
    """Not a checkpoint, or not signed by this log."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a checkpoint states: whose log, how many leaves, their root (32 bytes)."""

    origin: str
    size: int
    root: bytes


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that say which key signed (signed-note, "Signatures")."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """The public key as auditors and witnesses are given it: name+id+base64."""
    material = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{material}"


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: `text` (ends with a newline), an empty line, the signature line."""
    public = key.public_key().public_bytes_raw()
    signature = base64.b64encode(key_id(name, public) + key.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{name} {signature}\n"


def open_note(note: str, key: Ed25519PublicKey) -> str:
    """The signed text.

    :raises BadNote: when no signature line of this key holds.
    """
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    public = key.public_bytes_raw()
    for line in signatures.splitlines():
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        raw = _decode(encoded)
        if not line.startswith(_DASH) or raw[:4] != key_id(name, public):
            continue
        try:
            key.verify(raw[4:], text.encode())
        except InvalidSignature as error:
            raise BadNote("the signature does not fit the text") from error
        return text
    raise BadNote("no signature by this log's key")


def write_checkpoint(tree: Tree, key: Ed25519PrivateKey) -> str:
    """The signed checkpoint of a tree; the key has the name of the origin."""
    text = f"{tree.origin}\n{tree.size}\n{base64.b64encode(tree.root).decode()}\n"
    return sign(text, tree.origin, key)


def read_checkpoint(note: str, key: Ed25519PublicKey) -> Tree:
    """What a signed checkpoint states.

    :raises BadNote: for a bad signature or a body that is no checkpoint.
    """
    lines = open_note(note, key).splitlines()
    if len(lines) < 3 or not lines[0] or not (lines[1].isascii() and lines[1].isdigit()):
        raise BadNote("not a checkpoint")
    top = _decode(lines[2])
    if len(top) != 32 or str(int(lines[1])) != lines[1]:
        raise BadNote("not a checkpoint")
    return Tree(lines[0], int(lines[1]), top)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
