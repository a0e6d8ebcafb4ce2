"""Public keys as clients register them and as we publish ours (RFC 7517, RFC 7518 6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from gapura.sso.protocol.encoding import (
    digest_of,
    from_base64url,
    from_json,
    to_base64url,
    to_json,
)

# What we sign with, and what a client may sign with: asymmetric all, the public key is no secret.
OUR_ALGORITHMS = ("ES256", "PS256", "RS256")
CLIENT_ALGORITHMS = (*OUR_ALGORITHMS, "EdDSA")
FAPI2_ALGORITHMS = ("ES256", "PS256", "EdDSA")  # FAPI 2.0 Security Profile 5.4.1

SMALLEST_RSA, LARGEST_RSA = 2048, 4096  # RFC 7518 3.3; the upper bound is ours: time to verify
MOST_KEYS = 20
LONGEST_KID = 200
SIDE = 32  # octets of a coordinate or scalar on P-256

# RFC 7518 6.2.2, 6.3.2 and 6.4.1: what must never be in a public key.
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
# For jose.py as well.
ES256, DIGEST = ec.ECDSA(SHA256()), SHA256()
PSS = padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size)  # RFC 7518 3.5
PKCS1 = padding.PKCS1v15()

_ALGORITHMS_OF = {"EC": ("ES256",), "RSA": ("PS256", "RS256"), "OKP": ("EdDSA",)}

AnyPublic = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey


class BadKey(ValueError):
    """A key that is not accepted; the text says why, in US-ASCII."""


class NotForUs(BadKey):
    """A sound key for something else: for encryption, of another curve or algorithm."""


@dataclass(frozen=True, slots=True, eq=False)
class PublicKey:
    """A key to verify with. `jwk` holds its public members and nothing else.

    `thumbprint` is RFC 7638's, base64url of SHA-256.
    """

    kid: str
    algorithms: tuple[str, ...]
    key: AnyPublic
    jwk: Mapping[str, str]
    thumbprint: str

    def verifies(self, algorithm: str, signed: bytes, signature: bytes) -> bool:
        """Whether the signature is of this key, made with this algorithm."""
        if algorithm not in self.algorithms:
            return False
        try:
            _VERIFY[algorithm](self.key, signature, signed)
        except InvalidSignature:
            return False
        return True

    def published(self) -> dict[str, str]:
        """The key as a member of a key set."""
        shown = {**self.jwk, "use": "sig"}
        if len(self.algorithms) == 1:
            shown["alg"] = self.algorithms[0]
        return shown | ({"kid": self.kid} if self.kid else {})


def _verify_es256(key: Any, signature: bytes, signed: bytes) -> None:
    # RFC 7518 3.4: exactly R and S, 32 octets each; DER or another length is another spelling.
    if len(signature) != 2 * SIDE:
        raise InvalidSignature
    r, s = int.from_bytes(signature[:SIDE], "big"), int.from_bytes(signature[SIDE:], "big")
    key.verify(encode_dss_signature(r, s), signed, ES256)


def _verify_ps256(key: Any, signature: bytes, signed: bytes) -> None:
    key.verify(signature, signed, PSS, DIGEST)


def _verify_rs256(key: Any, signature: bytes, signed: bytes) -> None:
    key.verify(signature, signed, PKCS1, DIGEST)


def _verify_eddsa(key: Any, signature: bytes, signed: bytes) -> None:
    key.verify(signature, signed)


_VERIFY: dict[str, Callable[[Any, bytes, bytes], None]] = {
    "ES256": _verify_es256,
    "PS256": _verify_ps256,
    "RS256": _verify_rs256,
    "EdDSA": _verify_eddsa,
}


def parse_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Read one public key.

    :raises BadKey: symmetric, private, weak, malformed, or not for signatures.
    """
    kty = jwk.get("kty")
    if _PRIVATE & jwk.keys() or kty == "oct":
        raise BadKey("the key is private or symmetric; only public keys belong here")
    if not isinstance(kty, str) or kty not in _READERS:
        raise NotForUs("only keys of type EC, RSA and OKP are accepted")
    kid = jwk.get("kid", "")
    if not isinstance(kid, str) or len(kid) > LONGEST_KID or not kid.isprintable():
        raise BadKey("kid must be a short text")
    algorithms = _algorithms(jwk, kty)
    key, members = _READERS[kty](jwk)
    public = {"kty": kty, **members}
    return PublicKey(kid, algorithms, key, public, _thumbprint(public))


def _algorithms(jwk: Mapping[str, Any], kty: str) -> tuple[str, ...]:
    """What the key is for: RFC 7517 4.2 to 4.4 bind it, each if present."""
    if jwk.get("use", "sig") != "sig":
        raise NotForUs("the key is not for signatures")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise NotForUs("the key is not for verifying")
    if "alg" not in jwk:
        return _ALGORITHMS_OF[kty]
    if jwk["alg"] not in _ALGORITHMS_OF[kty]:
        raise NotForUs("the key is for an algorithm that is not accepted")
    return (jwk["alg"],)


def _octets(jwk: Mapping[str, Any], name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or len(value) > LARGEST_RSA // 4:
        raise BadKey(f"{name} must be base64url")
    try:
        return from_base64url(value)
    except ValueError as error:
        raise BadKey(f"{name} must be base64url") from error


def _side(jwk: Mapping[str, Any], name: str) -> bytes:
    octets = _octets(jwk, name)
    if len(octets) != SIDE:  # RFC 7518 6.2.1.2: the full size, leading zeros too
        raise BadKey(f"{name} must have {SIDE} octets")
    return octets


def _ec(jwk: Mapping[str, Any]) -> tuple[AnyPublic, dict[str, str]]:
    if jwk.get("crv") != "P-256":
        raise NotForUs("only the curve P-256 is accepted")
    x, y = (int.from_bytes(_side(jwk, name), "big") for name in ("x", "y"))
    try:
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except ValueError as error:
        raise BadKey("the point is not on the curve") from error
    return key, {"crv": "P-256", "x": jwk["x"], "y": jwk["y"]}


def _rsa(jwk: Mapping[str, Any]) -> tuple[AnyPublic, dict[str, str]]:
    octets = [_octets(jwk, name) for name in ("n", "e")]
    if any(part[:1] in (b"", b"\0") for part in octets):  # RFC 7518 2: Base64urlUInt
        raise BadKey("n and e must be without leading zeros")
    n, e = (int.from_bytes(part, "big") for part in octets)
    if not SMALLEST_RSA <= n.bit_length() <= LARGEST_RSA:
        raise BadKey(f"an RSA key must have {SMALLEST_RSA} to {LARGEST_RSA} bits")
    if e < 65537 or e.bit_length() > 64 or not e & n & 1:  # NIST SP 800-56B 6.2
        raise BadKey("the exponent or the modulus of the RSA key is not acceptable")
    return rsa.RSAPublicNumbers(e, n).public_key(), {"n": jwk["n"], "e": jwk["e"]}


def _okp(jwk: Mapping[str, Any]) -> tuple[AnyPublic, dict[str, str]]:
    if jwk.get("crv") != "Ed25519":
        raise NotForUs("only the curve Ed25519 is accepted")
    key = ed25519.Ed25519PublicKey.from_public_bytes(_side(jwk, "x"))
    return key, {"crv": "Ed25519", "x": jwk["x"]}


_READERS = {"EC": _ec, "RSA": _rsa, "OKP": _okp}


def parse_jwks(jwks: Mapping[str, Any]) -> tuple[PublicKey, ...]:
    """Read the keys of a set that can verify signatures.

    Sound keys for something else are passed over (RFC 7517 5). A private, weak or malformed one
    makes the whole set suspect.

    :raises BadKey: such a key, a kid twice, or nothing that is of use.
    """
    keys = jwks.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise BadKey("a key set is an object with a list of keys")
    if len(keys) > MOST_KEYS:
        raise BadKey(f"a key set may hold at most {MOST_KEYS} keys")
    read = [key for key in map(_parse_ours, keys) if key]
    if not read:
        raise BadKey("the key set holds no key for signatures")
    if len({key.kid for key in read}) != len(read):  # RFC 7517 4.5
        raise BadKey("every key needs a kid of its own")
    return tuple(read)


def _parse_ours(jwk: Mapping[str, Any]) -> PublicKey | None:
    try:
        return parse_jwk(jwk)
    except NotForUs:
        return None


@lru_cache(1024)
def kept_jwks(text: bytes) -> tuple[PublicKey, ...]:
    """The same from JSON that was checked when it was registered; read once, then remembered."""
    return parse_jwks(from_json(text))


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """RFC 7638 of a public key.

    :raises BadKey: it is not an acceptable public key.
    """
    return parse_jwk(jwk).thumbprint


def _thumbprint(public: Mapping[str, str]) -> str:
    """RFC 7638 3: the required members alone, sorted, without spaces. All values are ASCII."""
    return to_base64url(digest_of(to_json(dict(sorted(public.items()))).decode()))
