"""RFC 7517 and RFC 7518 6: keys of clients, and what is published of ours."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from gapura.sso.protocol import jose
from gapura.sso.protocol.encoding import to_base64url
from gapura.sso.protocol.jose import BadKey, KeyState, SigningKey, parse_jwk, parse_jwks
from gapura.sso.protocol.ring import NoSigner, Ring
from tests.sso.rfc.making import ec_key, rsa_key, why

PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
WEAK = 1024


def ec_jwk(**changes: Any) -> dict[str, Any]:
    return dict(ec_key().public.jwk) | changes


def rsa_jwk(**changes: Any) -> dict[str, Any]:
    return dict(rsa_key().public.jwk) | changes


def uint(number: int) -> str:
    return to_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def refusal(jwk: dict[str, Any]) -> str:
    with pytest.raises(BadKey) as caught:
        parse_jwk(jwk)
    return str(caught.value)


def test_section_4_a_key_is_read_with_its_public_members_alone() -> None:
    key = parse_jwk(ec_jwk(kid="a", use="sig", x5c=["MII"], custom="x"))
    assert key.jwk == ec_jwk()
    assert key.kid == "a"
    assert key.published() == ec_jwk(use="sig", alg="ES256", kid="a")


@pytest.mark.parametrize("member", PRIVATE)
@pytest.mark.parametrize("make", [ec_jwk, rsa_jwk])
def test_section_9_2_a_private_part_is_refused(make: Any, member: str) -> None:
    """A client that publishes its private key must learn it before anybody else does."""
    assert "private" in refusal(make(**{member: "AQAB"}))


def test_rfc7518_6_4_a_symmetric_key_is_refused() -> None:
    assert "symmetric" in refusal({"kty": "oct", "k": "AQAB"})
    assert "symmetric" in refusal({"kty": "oct"})
    with pytest.raises(BadKey, match="symmetric"):
        parse_jwks({"keys": [ec_jwk(), {"kty": "oct", "k": "AQAB"}]})


@pytest.mark.parametrize("kty", ["", "ec", "RSA ", "EC2", None, 1, [], {}])
def test_section_4_1_an_unknown_type_is_refused(kty: object) -> None:
    assert refusal(ec_jwk(kty=kty))


def test_section_4_1_one_type_does_not_pass_as_another() -> None:
    assert refusal(ec_jwk(kty="RSA"))
    assert refusal(rsa_jwk(kty="EC"))
    assert refusal(ec_jwk(kty="OKP"))


@pytest.mark.parametrize(
    "members",
    [
        {"use": "enc"},
        {"use": 1},
        {"key_ops": ["encrypt"]},
        {"key_ops": "verify"},
        {"alg": "ES384"},
        {"alg": "RS256"},
        {"alg": "ECDH-ES"},
        {"alg": None},
        {"alg": ["ES256"]},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"crv": None},
    ],
)
def test_sections_4_2_to_4_4_a_key_for_something_else_is_refused(members: dict[str, Any]) -> None:
    assert refusal(ec_jwk(**members))


@pytest.mark.parametrize("kid", [1, None, "x" * 201, "a\nb", "a\0"])
def test_section_4_5_kid_is_a_short_text(kid: object) -> None:
    assert "kid" in refusal(ec_jwk(kid=kid))


@pytest.mark.parametrize("bits", [1024, 2040])
def test_rfc7518_3_3_an_rsa_key_below_2048_bits_is_refused(bits: int) -> None:
    n = rsa.generate_private_key(65537, bits).public_key().public_numbers().n
    assert "2048" in refusal(rsa_jwk(n=uint(n)))


def test_an_rsa_key_that_costs_too_much_to_verify_is_refused() -> None:
    assert "4096" in refusal(rsa_jwk(n=uint((1 << 4096) + 1)))
    assert refusal(rsa_jwk(n="A" * 1_000_000))
    assert "exponent" in refusal(rsa_jwk(e=uint((1 << 2000) + 1)))


@pytest.mark.parametrize("e", [1, 2, 3, 65536, 65538])
def test_a_small_or_even_exponent_is_refused(e: int) -> None:
    assert "exponent" in refusal(rsa_jwk(e=uint(e)))


def test_an_even_modulus_is_refused() -> None:
    assert "modulus" in refusal(rsa_jwk(n=uint((1 << 2047) + 2)))


@pytest.mark.parametrize("e", ["AAEAAQ", "AQAB=", "AQAB\n", "", None, 65537, "AQ AB"])
def test_rfc7518_2_an_integer_has_one_spelling(e: object) -> None:
    """Leading zeros and padding would give one key many thumbprints."""
    assert refusal(rsa_jwk(e=e))


def test_rfc7518_6_2_1_a_point_off_the_curve_is_refused() -> None:
    """The invalid curve attack."""
    assert "curve" in refusal(ec_jwk(y=to_base64url(bytes(31) + b"\1")))
    assert "curve" in refusal(ec_jwk(x=to_base64url(bytes(32)), y=to_base64url(bytes(32))))
    swapped = ec_jwk()
    assert "curve" in refusal(ec_jwk(x=swapped["y"], y=swapped["x"]))


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_rfc7518_6_2_1_2_a_coordinate_has_its_full_size(size: int) -> None:
    assert "32 octets" in refusal(ec_jwk(x=to_base64url(b"\1" * size)))


@pytest.mark.parametrize("member", ["x", "y"])
def test_rfc7518_6_2_1_2_missing_coordinates_are_refused(member: str) -> None:
    assert refusal({name: value for name, value in ec_jwk().items() if name != member})


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": {}},
        {"keys": None},
        {"keys": []},
        {"keys": ["x"]},
        {"keys": [None]},
        {"keys": [[]]},
    ],
)
def test_section_5_what_is_no_key_set_is_refused(jwks: dict[str, Any]) -> None:
    with pytest.raises(BadKey):
        parse_jwks(jwks)


def test_section_5_keys_for_something_else_are_passed_over() -> None:
    foreign = [
        ec_jwk(use="enc", kid="enc"),
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "x"},
        {"kty": "EC", "crv": "P-384", "x": "A", "y": "A"},
        rsa_jwk(alg="RSA-OAEP"),
    ]
    assert [key.kid for key in parse_jwks({"keys": [*foreign, ec_jwk(kid="mine")]})] == ["mine"]
    with pytest.raises(BadKey, match="no key for signatures"):
        parse_jwks({"keys": foreign})


def test_section_5_one_weak_key_spoils_the_set() -> None:
    n = rsa.generate_private_key(65537, WEAK).public_key().public_numbers().n
    with pytest.raises(BadKey):
        parse_jwks({"keys": [ec_jwk(kid="a"), rsa_jwk(kid="b", n=uint(n))]})


def test_section_4_5_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(BadKey, match="kid"):
        parse_jwks({"keys": [ec_jwk(kid="a"), rsa_jwk(kid="a")]})
    with pytest.raises(BadKey, match="kid"):
        parse_jwks({"keys": [ec_jwk(), rsa_jwk()]})


def test_a_set_of_very_many_keys_is_refused() -> None:
    with pytest.raises(BadKey, match="at most"):
        parse_jwks({"keys": [ec_jwk(kid=str(number)) for number in range(21)]})


@pytest.fixture(scope="module")
def ring() -> Ring:
    def made(kid: str, state: KeyState) -> SigningKey:
        private = ec.generate_private_key(ec.SECP256R1())
        return SigningKey.of(private, kid=kid, algorithm="ES256", state=state)

    keys = [made("old", KeyState.PAST), made("now", KeyState.CURRENT), made("soon", KeyState.NEXT)]
    return Ring((*keys, rsa_key("rsa", "RS256")))


def test_section_5_our_set_is_published_without_anything_private(ring: Ring) -> None:
    published = json.loads(ring.jwks())["keys"]
    assert [key["kid"] for key in published] == ["old", "now", "soon", "rsa"]
    assert all(key["use"] == "sig" for key in published)
    assert [key["alg"] for key in published] == ["ES256", "ES256", "ES256", "RS256"]
    assert not any(set(PRIVATE) & key.keys() for key in published)
    assert len(parse_jwks(json.loads(ring.jwks()))) == 4


def test_the_ring_signs_with_the_current_key_and_verifies_with_all(ring: Ring) -> None:
    assert ring.signer("ES256").kid == "now"
    for key in ring.keys:
        token = jose.sign({"sub": "x"}, key, typ="at+jwt")
        assert ring.verify(token, typ=("at+jwt",)) == {"sub": "x"}
        assert why(ring.verify, token, typ=("logout+jwt",)) == "typ"


def test_the_ring_refuses_a_key_that_was_retired(ring: Ring) -> None:
    token = jose.sign({"sub": "x"}, ring.keys[0], typ="at+jwt")
    assert ring.verify(token, typ=("at+jwt",))
    later = Ring(ring.keys[1:])
    assert why(later.verify, token, typ=("at+jwt",)) == "unknown_kid"
    assert not later.knows("old")


def test_what_the_ring_remembers_cannot_be_changed_by_a_reader(ring: Ring) -> None:
    token = ring.sign({"sub": "x"}, typ="at+jwt")
    ring.verify(token, typ=("at+jwt",))["sub"] = "y"
    assert ring.verify(token, typ=("at+jwt",)) == {"sub": "x"}


def test_a_ring_has_one_current_key_an_algorithm_and_each_kid_once(ring: Ring) -> None:
    with pytest.raises(ValueError, match="two current"):
        Ring((ec_key("a"), ec_key("b")))
    with pytest.raises(ValueError, match="one kid"):
        Ring((ec_key("a"), ec_key("a")))
    with pytest.raises(NoSigner):
        ring.signer("PS256")


def test_our_own_keys_are_held_to_the_same_rules() -> None:
    weak = rsa.generate_private_key(65537, WEAK)
    with pytest.raises(BadKey, match="2048"):
        SigningKey.of(weak, kid="a", algorithm="RS256")
    with pytest.raises(BadKey):
        SigningKey.of(ec.generate_private_key(ec.SECP384R1()), kid="a", algorithm="ES256")
    with pytest.raises(BadKey):
        SigningKey.of(ec.generate_private_key(ec.SECP256R1()), kid="a", algorithm="RS256")
    with pytest.raises(BadKey):
        SigningKey.of(ec.generate_private_key(ec.SECP256R1()), kid="a", algorithm="HS256")


def test_a_kept_key_is_read_again_and_never_shown() -> None:
    raw = ec_key().private
    der = raw.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = SigningKey.from_der(der, kid="ec-1", algorithm="ES256")
    assert key.public.thumbprint == ec_key().public.thumbprint
    assert "private" not in repr(key)
