"""Cosignatures of witnesses as C2SP tlog-cosignature has them: cosignature/v1 with Ed25519."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG_KEY, WITNESS_KEY = 0x01, 0x04
LATEST = 2**63 - 1
DASH = "\u2014 "
_LENGTH = 4 + 8 + 64


class BadKey(ValueError):
    """A text that is no verifier key."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; `kind` is LOG_KEY or WITNESS_KEY (signed-note's type byte)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand in each of its signatures."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def key(self) -> Ed25519PublicKey:
        """The key itself."""
        return Ed25519PublicKey.from_public_bytes(self.public)

    def __str__(self) -> str:
        """The form in which it is handed around: name+id+base64."""
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"


def read_key(text: str, kind: int) -> VerifierKey:
    """The verifier key written as `name+id+base64`.

    :raises BadKey: for another form, another kind of key, or an id that does not fit.
    """
    name, plus, rest = text.partition("+")
    stated, second, encoded = rest.partition("+")
    material = decoded(encoded)
    if not (plus and second and is_key_name(name)) or len(material) != 33:
        raise BadKey("a verifier key is written name+id+base64")
    found = VerifierKey(name, material[0], material[1:])
    if found.kind != kind:
        raise BadKey(f"a key of kind {kind} is needed, this one is of kind {found.kind}")
    if found.id.hex() != stated:
        raise BadKey("the id of the key does not fit its name and bytes")
    return found


def is_key_name(name: str) -> bool:
    """Whether signed notes can carry this name: not empty, no space, no plus, printable."""
    return bool(name) and name.isprintable() and not set(name) & set("+ \u2014")


def signed_by(key: Ed25519PrivateKey, name: str) -> VerifierKey:
    """What others check a witness with this key and name by."""
    return VerifierKey(name, WITNESS_KEY, key.public_key().public_bytes_raw())


def cosign(text: str, name: str, key: Ed25519PrivateKey, seconds: int) -> str:
    """The signature line over a checkpoint's text (it ends with a newline), at a POSIX time."""
    made = key.sign(_message(text, seconds))
    raw = signed_by(key, name).id + seconds.to_bytes(8, "big") + made
    return f"{DASH}{name} {base64.b64encode(raw).decode()}\n"


def cosigned_at(text: str, lines: str, key: VerifierKey) -> int | None:
    """The POSIX time of the first good cosignature of `key` among signature lines, if any."""
    for line in lines.split("\n"):
        seconds = _one(text, line, key)
        if seconds is not None:
            return seconds
    return None


def line_of(text: str, lines: str, key: VerifierKey) -> str:
    """The first line that is a good cosignature of `key`, with its newline; empty for none."""
    good = (line for line in lines.split("\n") if _one(text, line, key) is not None)
    found = next(good, "")
    return f"{found}\n" if found else ""


def _one(text: str, line: str, key: VerifierKey) -> int | None:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    raw = decoded(encoded)
    if not line.startswith(DASH) or name != key.name or len(raw) != _LENGTH or raw[:4] != key.id:
        return None
    seconds = int.from_bytes(raw[4:12], "big")
    if seconds > LATEST:
        return None
    try:
        key.key.verify(raw[12:], _message(text, seconds))
    except InvalidSignature:
        return None
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def decoded(text: str) -> bytes:
    """Standard base64 as it must be written; empty for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""
