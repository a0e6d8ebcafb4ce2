"""Keys of clients: assertions and DPoP proofs as their libraries make them, without our code."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from time import time
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ISSUER = "http://localhost:8000"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def _coded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Holder:
    """An ES256 key and what its holder makes with it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def jwk(self) -> dict[str, str]:
        """The public half."""
        numbers = self._key.public_key().public_numbers()
        x, y = (_coded(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    @property
    def jwks(self) -> dict[str, Any]:
        """A key set as clients register it."""
        return {"keys": [{**self.jwk, "kid": "one", "alg": "ES256", "use": "sig"}]}

    def sign(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
        """A compact JWS."""
        parts = [_coded(json.dumps(one).encode()) for one in ({"alg": "ES256", **header}, claims)]
        r, s = decode_dss_signature(self._key.sign(".".join(parts).encode(), ec.ECDSA(SHA256())))
        return ".".join([*parts, _coded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))])

    def assertion(self, client_id: str, **claims: Any) -> dict[str, str]:
        """The form's part that proves a client (RFC 7523)."""
        now = int(time())
        told = {"iss": client_id, "sub": client_id, "aud": ISSUER, "iat": now, "exp": now + 60}
        told |= {"jti": uuid4().hex, **claims}
        return {
            "client_assertion_type": ASSERTION,
            "client_assertion": self.sign({"kid": "one", "typ": "JWT"}, told),
        }

    def proof(
        self, path: str, method: str = "POST", token: str = "", **claims: Any
    ) -> tuple[str, str]:
        """The header of a request (RFC 9449)."""
        told = {"htm": method, "htu": f"{ISSUER}{path}", "iat": int(time()), "jti": uuid4().hex}
        told |= {"ath": _coded(sha256(token.encode()).digest())} if token else {}
        return "dpop", self.sign({"typ": "dpop+jwt", "jwk": self.jwk}, told | claims)
