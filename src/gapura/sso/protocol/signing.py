"""Our own keys: they sign, so they have a private part, and a time in which they do."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_private_key

from gapura.sso.protocol.encoding import to_base64url, to_json
from gapura.sso.protocol.jwk import (
    DIGEST,
    ES256,
    OUR_ALGORITHMS,
    PKCS1,
    PSS,
    SIDE,
    BadKey,
    PublicKey,
    parse_jwk,
)


class KeyState(StrEnum):
    """Where a signing key stands: published before it signs, and until all it signed is over."""

    NEXT = "next"
    CURRENT = "current"
    PAST = "past"


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """One of our keys for one algorithm; read once, with the headers of its tokens made before."""

    kid: str
    algorithm: str
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)
    public: PublicKey
    state: KeyState = KeyState.CURRENT
    _heads: dict[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def from_der(
        cls, der: bytes, *, kid: str, algorithm: str, state: KeyState = KeyState.CURRENT
    ) -> "SigningKey":
        """From an unencrypted PKCS #8 key.

        :raises BadKey: it does not fit the algorithm, or is weak.
        """
        private = load_der_private_key(der, password=None)
        if not isinstance(private, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
            raise BadKey("only EC and RSA keys sign here")
        return cls.of(private, kid=kid, algorithm=algorithm, state=state)

    @classmethod
    def of(
        cls,
        private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        *,
        kid: str,
        algorithm: str,
        state: KeyState = KeyState.CURRENT,
    ) -> "SigningKey":
        """From a key in memory.

        :raises BadKey: it does not fit the algorithm, or is weak.
        """
        if algorithm not in OUR_ALGORITHMS:
            raise BadKey("no algorithm of ours")
        public = parse_jwk(_public_members(private) | {"kid": kid, "alg": algorithm})
        return cls(kid, algorithm, private, public, state)

    def head(self, typ: str) -> bytes:
        """The protected header, encoded, with its dot."""
        found = self._heads.get(typ)
        if found is None:
            members = {"alg": self.algorithm, "typ": typ, "kid": self.kid}
            found = self._heads[typ] = to_base64url(to_json(members)).encode() + b"."
        return found

    def signature(self, signed: bytes) -> bytes:
        """As RFC 7518 3.3 to 3.5 write it."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(self.private.sign(signed, ES256))
            return r.to_bytes(SIDE, "big") + s.to_bytes(SIDE, "big")
        if self.algorithm == "PS256":
            return self.private.sign(signed, PSS, DIGEST)
        return self.private.sign(signed, PKCS1, DIGEST)


def _public_members(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> dict[str, Any]:
    if isinstance(private, rsa.RSAPrivateKey):
        rsa_numbers = private.public_key().public_numbers()
        return {"kty": "RSA", "n": _uint(rsa_numbers.n), "e": _uint(rsa_numbers.e)}
    numbers = private.public_key().public_numbers()
    if numbers.curve.name != "secp256r1":
        raise BadKey("only the curve P-256 is accepted")
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": to_base64url(numbers.x.to_bytes(SIDE, "big")),
        "y": to_base64url(numbers.y.to_bytes(SIDE, "big")),
    }


def _uint(number: int) -> str:
    return to_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))
