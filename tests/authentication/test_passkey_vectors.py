"""The test vectors of W3C Web Authentication Level 3, section 16: what fits passes, the rest not.

Supported: attestation `none` and packed self-attestation, with keys for ES256, EdDSA (Ed25519) and
RS256. Attestation with certificates is refused whatever it says, for none is asked for.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from webauthn.helpers import parse_attestation_object

from gapura.authentication.methods import ceremony
from gapura.authentication.methods.ceremony import NotAccepted
from tests.authentication.authenticator import b64

KEPT = Path(__file__).parent / "vectors" / "webauthn3.json"
VECTORS: dict[str, dict[str, dict[str, str]]] = json.loads(KEPT.read_text())["vectors"]
REGISTERS = {"none-es256", "packed-self-es256", "none-es256-long-credential-id"}
FRAMED = {"none-es256-crossOrigin", "none-es256-topOrigin"}
ATTESTED = {
    "packed-es256",
    "packed-es384",
    "packed-es512",
    "packed-rs256",
    "packed-eddsa",
    "packed-ed448",
    "tpm-es256",
    "android-key-es256",
    "apple-es256",
    "fido-u2f-es256",
}
FOREIGN_KEYS = {"packed-es384", "packed-es512", "packed-ed448"}
HERE = override_settings(PUBLIC_URL="https://example.org")


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text)


def _answer(vector: str, ceremony_name: str) -> str:
    """The vector as the page's script would send it."""
    parts = VECTORS[vector][ceremony_name]
    id_ = b64(_bytes(VECTORS[vector]["registration"]["credential_id"]))
    inside = {
        k: b64(_bytes(v)) for k, v in parts.items() if k not in {"challenge", "credential_id"}
    }
    return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": inside})


def _registration(name: str) -> ceremony.Answer:
    with HERE:
        return ceremony.read(_answer(name, "registration"), "webauthn.create")


def _flags(name: str) -> tuple[int, int]:
    made = parse_attestation_object(_bytes(VECTORS[name]["registration"]["attestationObject"]))
    return made.auth_data.flags.uv, _bytes(VECTORS[name]["authentication"]["authenticatorData"])[32]


def _key(name: str) -> bytes:
    made: Any = parse_attestation_object(_bytes(VECTORS[name]["registration"]["attestationObject"]))
    return bytes(made.auth_data.attested_credential_data.credential_public_key)


def test_every_vector_of_the_specification_is_judged() -> None:
    assert set(VECTORS) == REGISTERS | FRAMED | ATTESTED


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_a_registration_with_a_supported_format_passes(name: str) -> None:
    answer = _registration(name)
    assert answer.challenge.hex() == VECTORS[name]["registration"]["challenge"]
    with HERE:
        made = ceremony.made(answer, verified=False)
    assert made.credential_id.hex() == VECTORS[name]["registration"]["credential_id"]
    assert made.public_key == _key(name)


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_the_device_has_to_have_verified_its_person(name: str) -> None:
    answer = _registration(name)
    with HERE:
        if _flags(name)[0]:
            assert ceremony.made(answer).sign_count == 0
        else:
            with pytest.raises(NotAccepted, match="verification is required"):
                ceremony.made(answer)


@pytest.mark.parametrize("name", sorted(ATTESTED))
def test_certificates_of_authenticators_are_refused_cleanly(name: str) -> None:
    answer = _registration(name)
    with HERE, pytest.raises(NotAccepted, match="attestation"):
        ceremony.made(answer, verified=False)


@pytest.mark.parametrize("part", ["registration", "authentication"])
@pytest.mark.parametrize("name", sorted(FRAMED))
def test_answers_from_inside_another_site_are_refused(name: str, part: str) -> None:
    kind = "webauthn.create" if part == "registration" else "webauthn.get"
    with HERE, pytest.raises(NotAccepted, match="crossOrigin"):
        ceremony.read(_answer(name, part), kind)


@pytest.mark.parametrize("name", sorted(set(VECTORS) - FRAMED - FOREIGN_KEYS))
def test_an_authentication_with_a_supported_key_passes(name: str) -> None:
    with HERE:
        answer = ceremony.read(_answer(name, "authentication"), "webauthn.get")
        assert answer.challenge.hex() == VECTORS[name]["authentication"]["challenge"]
        use = ceremony.used(answer, _key(name), verified=False)
        flags = _flags(name)[1]
        assert (use.backup_eligible, use.backed_up) == (bool(flags & 8), bool(flags & 16))
        if not flags & 4:
            with pytest.raises(NotAccepted, match="verification is required"):
                ceremony.used(answer, _key(name))


@pytest.mark.parametrize("name", sorted(set(VECTORS) - FRAMED - FOREIGN_KEYS))
def test_an_authentication_fits_no_other_key(name: str) -> None:
    other = "none-es256" if name != "none-es256" else "packed-self-es256"
    with HERE:
        answer = ceremony.read(_answer(name, "authentication"), "webauthn.get")
        with pytest.raises(NotAccepted):
            ceremony.used(answer, _key(other), verified=False)
