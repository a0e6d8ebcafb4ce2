"""A software authenticator and the browser in front of it: makes passkeys and answers with them."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from gapura.authentication.methods.relying_party import site_id, site_origin

UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40
ES256, EDDSA, RS256, ES384 = -7, -8, -257, -35


def b64(value: bytes) -> str:
    """Base64url without padding, as the browser writes it."""
    return urlsafe_b64encode(value).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """Back from `b64`."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _number(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


@dataclass
class Authenticator:
    """One key. Flags, origin, site and counter can be set to what an attacker would send."""

    alg: int = ES256
    flags: int = UP | UV
    counter: int = 0
    step: int = 1
    origin: str = field(default_factory=site_origin)
    site: str = field(default_factory=site_id)
    client: dict[str, Any] = field(default_factory=dict)
    handle: bytes | None = None
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        make: dict[int, Any] = {
            ES256: lambda: ec.generate_private_key(ec.SECP256R1()),
            ES384: lambda: ec.generate_private_key(ec.SECP384R1()),
            EDDSA: ed25519.Ed25519PrivateKey.generate,
            RS256: lambda: rsa.generate_private_key(65537, 2048),
        }
        self.key = make[self.alg]()

    @property
    def cose(self) -> dict[int, Any]:
        """The public key as COSE has it."""
        public = self.key.public_key()
        if self.alg == EDDSA:
            return {1: 1, 3: self.alg, -1: 6, -2: public.public_bytes_raw()}
        numbers = public.public_numbers()
        if self.alg == RS256:
            return {1: 3, 3: self.alg, -1: _number(numbers.n), -2: _number(numbers.e)}
        size = 32 if self.alg == ES256 else 48
        x, y = numbers.x.to_bytes(size, "big"), numbers.y.to_bytes(size, "big")
        return {1: 2, 3: self.alg, -1: 1 if self.alg == ES256 else 2, -2: x, -3: y}

    def make(self, options: dict[str, Any]) -> str:
        """`navigator.credentials.create`: the answer as the page's script sends it."""
        self.handle = unb64(options["user"]["id"])
        client = self._client("webauthn.create", options["challenge"])
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(self.cose)
        data = self._data(AT) + attested
        whole = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(client, attestationObject=b64(whole), transports=["internal"])

    def use(self, options: dict[str, Any]) -> str:
        """`navigator.credentials.get`."""
        self.counter += self.step
        client, data = self._client("webauthn.get", options["challenge"]), self._data()
        signature = self._sign(data + sha256(client).digest())
        handle = {"userHandle": b64(self.handle)} if self.handle else {}
        return self._answer(client, authenticatorData=b64(data), signature=b64(signature), **handle)

    def _client(self, kind: str, challenge: str) -> bytes:
        data = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(data | self.client).encode()

    def _data(self, more: int = 0) -> bytes:
        flags = (self.flags | more).to_bytes(1, "big")
        return sha256(self.site.encode()).digest() + flags + self.counter.to_bytes(4, "big")

    def _sign(self, data: bytes) -> bytes:
        if self.alg == EDDSA:
            return bytes(self.key.sign(data))
        if self.alg == RS256:
            return bytes(self.key.sign(data, padding.PKCS1v15(), hashes.SHA256()))
        return bytes(self.key.sign(data, ec.ECDSA(hashes.SHA256())))

    def _answer(self, client: bytes, **response: Any) -> str:
        return json.dumps(
            {
                "id": b64(self.id),
                "rawId": b64(self.id),
                "type": "public-key",
                "response": {"clientDataJSON": b64(client), **response},
            }
        )
