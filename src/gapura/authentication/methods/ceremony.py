"""Answers of WebAuthn Level 3 checked, without the database."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import (
    base64url_to_bytes,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    parse_attestation_object,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Cose
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AttestationFormat

from gapura.authentication.methods.relying_party import ALGORITHMS, site_id, site_origin

# WebAuthn Level 3, 4: a credential id has at most 1023 bytes. The rest are bounds of our own: the
# largest honest answer, a packed one with an RSA key of 4096 bits, has about 3 KB.
LONGEST_ANSWER = 16_384
LONGEST_ID = 1023
LONGEST_CHALLENGE = 256
LONGEST_KEY = 2048
LONGEST_SIGNATURE = 1024
LONGEST_CLIENT_DATA = 4096
_RSA_BITS = range(2048, 4097)
_MOST_TRANSPORTS = 8
_TRANSPORT = re.compile(r"[a-z-]{1,20}")

# What parsers raise at bytes that nobody's authenticator made.
_MALFORMED = (
    WebAuthnException,
    InvalidSignature,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


class NotAccepted(Exception):
    """An answer that is not right; the text says why, for tests and for nobody else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the browser whose frame is right: made here, by our page, for `challenge`."""

    credential_id: bytes
    challenge: bytes
    user_handle: bytes | None
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A credential that was just made, as it is kept."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    aaguid: str
    transports: tuple[str, ...]
    backup_eligible: bool
    backed_up: bool


@dataclass(frozen=True, slots=True)
class Use:
    """What a right answer told of its credential; whether the counter may be so is asked later."""

    sign_count: int
    backup_eligible: bool
    backed_up: bool


def read(text: str, kind: str) -> Answer:
    """The frame of an answer: its shape, and where and for what it was made.

    `kind` is `webauthn.create` or `webauthn.get`. A page in a frame of another site is refused:
    `crossOrigin` must not be true, and no `topOrigin` may be there.

    :raises NotAccepted: with the reason.
    """
    if len(text) > LONGEST_ANSWER:
        raise NotAccepted("too long")
    try:
        raw = json.loads(text, object_pairs_hook=_once)
        response = raw["response"]
        client = _client_data(response["clientDataJSON"])
        _check_frame(client, kind)
        handle = response.get("userHandle")
        return Answer(
            credential_id=_bounded(base64url_to_bytes(raw["rawId"]), LONGEST_ID),
            challenge=_bounded(base64url_to_bytes(client["challenge"]), LONGEST_CHALLENGE),
            user_handle=_bounded(base64url_to_bytes(handle), 64) if handle else None,
            raw=raw,
        )
    except _MALFORMED as error:
        raise NotAccepted(f"malformed: {error!r}") from error


def made(answer: Answer, *, verified: bool = True) -> NewKey:
    """The credential of an answer to `creation_options`; its challenge was checked before.

    Every ceremony here demands that the device verified its person; the vectors of the
    specification are partly without (`verified` false).

    Attestation is not asked for, so none may come but `none` and a packed self-attestation, which
    browsers pass on (WebAuthn Level 3, 5.1.3); certificates are refused, not judged.

    :raises NotAccepted: with the reason.
    """
    try:
        _check_attestation(answer)
        done = verify_registration_response(
            credential=answer.raw,
            expected_challenge=answer.challenge,
            expected_rp_id=site_id(),
            expected_origin=site_origin(),
            require_user_verification=verified,
            supported_pub_key_algs=list(ALGORITHMS),
        )
        _check_key(done.credential_public_key)
    except _MALFORMED as error:
        raise NotAccepted(f"refused: {error!r}") from error
    if done.credential_id != answer.credential_id:
        raise NotAccepted("two credentials")
    return NewKey(
        credential_id=_bounded(done.credential_id, LONGEST_ID),
        public_key=_bounded(done.credential_public_key, LONGEST_KEY),
        sign_count=done.sign_count,
        aaguid=done.aaguid,
        transports=_transports(answer.raw["response"].get("transports")),
        backup_eligible=done.credential_device_type.value == "multi_device",
        backed_up=done.credential_backed_up,
    )


def used(answer: Answer, public_key: bytes, *, verified: bool = True) -> Use:
    """What an answer to `request_options` proves; its challenge was checked before.

    `verified` as in `made`.

    :raises NotAccepted: with the reason.
    """
    try:
        _bounded(base64url_to_bytes(answer.raw["response"]["signature"]), LONGEST_SIGNATURE)
        done = verify_authentication_response(
            credential=answer.raw,
            expected_challenge=answer.challenge,
            expected_rp_id=site_id(),
            expected_origin=site_origin(),
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=verified,
        )
    except _MALFORMED as error:
        raise NotAccepted(f"refused: {error!r}") from error
    return Use(
        sign_count=done.new_sign_count,
        backup_eligible=done.credential_device_type.value == "multi_device",
        backed_up=done.credential_backed_up,
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names come once each: two readers must not see two values."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _client_data(text: str) -> Mapping[str, Any]:
    data = json.loads(
        _bounded(base64url_to_bytes(text), LONGEST_CLIENT_DATA), object_pairs_hook=_once
    )
    if not isinstance(data, dict):
        raise TypeError("client data is no object")
    return data


def _check_frame(client: Mapping[str, Any], kind: str) -> None:
    if client["type"] != kind:
        raise NotAccepted("type")
    if client["origin"] != site_origin():
        raise NotAccepted("origin")
    if client.get("crossOrigin", False) is not False:
        raise NotAccepted("crossOrigin")
    if "topOrigin" in client:
        raise NotAccepted("topOrigin")


def _check_attestation(answer: Answer) -> None:
    found = parse_attestation_object(
        _bounded(base64url_to_bytes(answer.raw["response"]["attestationObject"]), LONGEST_ANSWER)
    )
    own = found.fmt == AttestationFormat.PACKED and found.att_stmt.x5c is None
    if found.fmt != AttestationFormat.NONE and not own:
        raise NotAccepted("attestation")


def _check_key(public_key: bytes) -> None:
    """The key is one of its algorithm: the library does not look before the first signature."""
    decoded = decode_credential_public_key(public_key)
    key = decoded_public_key_to_cryptography(decoded)
    fits = {
        Cose.ECDSA_SHA_256: isinstance(key, EllipticCurvePublicKey)
        and isinstance(key.curve, SECP256R1),
        Cose.EDDSA: isinstance(key, Ed25519PublicKey),
        Cose.RSASSA_PKCS1_v1_5_SHA_256: isinstance(key, RSAPublicKey)
        and key.key_size in _RSA_BITS
        and key.public_numbers().e < 2**32,
    }
    if not fits.get(Cose(decoded.alg), False):
        raise NotAccepted("key")


def _transports(given: Any) -> tuple[str, ...]:
    """How the authenticator can be reached; only a hint, so what is odd is left out."""
    if not isinstance(given, list):
        return ()
    texts = (each for each in given[:_MOST_TRANSPORTS] if isinstance(each, str))
    return tuple(text for text in texts if _TRANSPORT.fullmatch(text))


def _bounded(value: bytes, most: int) -> bytes:
    if not 0 < len(value) <= most:
        raise NotAccepted("size")
    return value
