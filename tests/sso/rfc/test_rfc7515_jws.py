"""RFC 7515, RFC 7518 and RFC 8725: signed tokens, and everything that is not one."""

import hmac
import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gapura.sso.protocol import jose
from gapura.sso.protocol.encoding import from_base64url, to_base64url
from gapura.sso.protocol.jose import CLIENT_ALGORITHMS, OUR_ALGORITHMS, parse_jwk
from tests.sso.rfc.making import coded, ec_key, forged, rsa_key, why

CLAIMS = {"sub": "somebody"}
HEADER = {"alg": "ES256", "typ": "at+jwt", "kid": "ec-1"}

# The payload and keys of RFC 7515 appendix A.
PAYLOAD = (
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
)
JOE = {"iss": "joe", "exp": 1300819380, "http://example.com/is_root": True}
A2_KEY = {
    "kty": "RSA",
    "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt"
    "0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5"
    "z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aG"
    "hyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    "e": "AQAB",
}
A2_TOKEN = (
    "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOi"
    "Zj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrn"
    "byTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqt"
    "FZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypG"
    "lUPQGe77Rw"
)
A3_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}
A3_TOKEN = (
    "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djx"
    "La8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
)


def read(token: str, *, typ: tuple[str, ...] = ("at+jwt",)) -> dict[str, object]:
    keys = [ec_key().public, rsa_key().public]
    return jose.read(token, keys=keys, algorithms=OUR_ALGORITHMS, typ=typ)


def es256(signed: bytes) -> bytes:
    return ec_key().signature(signed)


@pytest.mark.parametrize(
    ("token", "jwk"), [(A2_TOKEN, A2_KEY), (A3_TOKEN, A3_KEY)], ids=["A.2 RS256", "A.3 ES256"]
)
def test_appendix_a_the_examples_are_verified(token: str, jwk: dict[str, str]) -> None:
    keys = [parse_jwk(jwk)]
    assert jose.read(token, keys=keys, algorithms=OUR_ALGORITHMS, typ=("",)) == JOE


def test_rfc8037_a_4_the_example_of_ed25519_is_verified() -> None:
    key = parse_jwk(
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    )
    signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    signature = from_base64url(
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    assert key.verifies("EdDSA", signed, signature)
    assert not key.verifies("EdDSA", signed + b"x", signature)
    assert "EdDSA" in CLIENT_ALGORITHMS


@pytest.mark.parametrize("algorithm", OUR_ALGORITHMS)
def test_section_5_what_is_signed_is_read_again(algorithm: str) -> None:
    key = ec_key() if algorithm == "ES256" else rsa_key(f"key-{algorithm}", algorithm)
    token = jose.sign(CLAIMS, key, typ="at+jwt")
    found = jose.read(token, keys=[key.public], algorithms=[algorithm], typ=("at+jwt",))
    assert found == CLAIMS
    assert json.loads(from_base64url(token.split(".")[0])) == {
        "alg": algorithm,
        "typ": "at+jwt",
        "kid": key.kid,
    }


@pytest.mark.parametrize("none", ["none", "None", "NONE", "nOnE", ""])
@pytest.mark.parametrize("signature", [b"", b"x"])
def test_rfc8725_3_1_alg_none_is_refused(none: str, signature: bytes) -> None:
    token = forged({"alg": none, "typ": "at+jwt"}, CLAIMS, signature)
    assert why(read, token) == "algorithm"


@pytest.mark.parametrize("form", ["pem", "der", "jwk", "thumbprint", "empty"])
def test_rfc8725_2_1_hs256_with_our_public_key_as_its_secret_is_refused(form: str) -> None:
    public = rsa_key().public
    assert isinstance(public.key, rsa.RSAPublicKey)
    spki = PublicFormat.SubjectPublicKeyInfo
    secret = {
        "pem": public.key.public_bytes(Encoding.PEM, spki),
        "der": public.key.public_bytes(Encoding.DER, spki),
        "jwk": json.dumps(public.jwk).encode(),
        "thumbprint": public.thumbprint.encode(),
        "empty": b"",
    }[form]
    header = {"alg": "HS256", "typ": "at+jwt", "kid": "rsa-1"}
    token = forged(header, CLAIMS, lambda signed: hmac.digest(secret, signed, "sha256"))
    assert why(read, token) == "algorithm"


@pytest.mark.parametrize(
    "algorithm", ["RS1", "RS512", "ES384", "ES256K", "HS512", "EdDSA", "A128KW"]
)
def test_rfc8725_3_1_algorithms_outside_the_list_are_refused(algorithm: str) -> None:
    assert why(read, forged(HEADER | {"alg": algorithm}, CLAIMS, es256)) == "algorithm"


def test_rfc8725_3_1_a_key_works_for_its_own_algorithm_only() -> None:
    """A key of RS256 must not verify PS256, nor one of EC what names RSA."""
    raw = rsa_key().private
    assert isinstance(raw, rsa.RSAPrivateKey)
    pss = padding.PSS(padding.MGF1(SHA256()), 32)
    header = {"alg": "PS256", "typ": "at+jwt", "kid": "rsa-1"}
    token = forged(header, CLAIMS, lambda signed: raw.sign(signed, pss, SHA256()))
    assert why(read, token) == "unknown_kid"
    assert why(read, forged(HEADER | {"alg": "RS256"}, CLAIMS, es256)) == "unknown_kid"


@pytest.mark.parametrize("member", ["jku", "x5u", "x5c", "crit", "b64", "zip", "enc"])
def test_sections_4_1_2_to_4_1_11_a_header_that_brings_keys_or_rules_is_refused(
    member: str,
) -> None:
    """`jku`, `x5u`: fetched, they give the attacker's key and reach into our network."""
    token = forged(HEADER | {member: "https://evil.example/keys"}, CLAIMS, es256)
    assert why(read, token) == f"header_{member}"


def test_section_4_1_3_a_key_inside_the_header_is_refused() -> None:
    """CVE-2018-0114: a token that brings the key it was signed with."""
    intruder = ec_key("intruder")
    token = forged(HEADER | {"jwk": dict(intruder.public.jwk)}, CLAIMS, intruder.signature)
    assert why(read, token) == "header_jwk"


@pytest.mark.parametrize("crit", [[], ["exp"], "exp", None])
def test_section_4_1_11_crit_is_refused_whatever_it_holds(crit: object) -> None:
    assert why(read, forged(HEADER | {"crit": crit}, CLAIMS, es256)) == "header_crit"


@pytest.mark.parametrize("kid", ["other", "../../etc/passwd", "ec-1' or '1'='1", "EC-1", "ec-1\0"])
def test_section_4_1_4_an_unknown_kid_finds_no_key(kid: str) -> None:
    token = forged(json.dumps(HEADER | {"kid": kid}).encode(), CLAIMS, es256)
    assert why(read, token) in ("unknown_kid", "malformed_header")


def test_section_4_1_4_another_keys_kid_does_not_help() -> None:
    token = jose.sign(CLAIMS, ec_key("other"), typ="at+jwt")
    keys = [ec_key("ec-1").public, ec_key("other").public]
    renamed = forged(HEADER, CLAIMS, ec_key("other").signature)
    assert jose.read(token, keys=keys, algorithms=OUR_ALGORITHMS, typ=("at+jwt",)) == CLAIMS
    assert why(read, renamed) == "signature"


def test_section_4_1_4_without_kid_there_must_be_no_choice() -> None:
    token = forged({"alg": "ES256", "typ": "at+jwt"}, CLAIMS, es256)
    assert read(token) == CLAIMS
    two = [ec_key().public, ec_key("other").public]
    assert (
        why(lambda: jose.read(token, keys=two, algorithms=OUR_ALGORITHMS, typ=("at+jwt",)))
        == "kid_needed"
    )


@pytest.mark.parametrize("typ", ["logout+jwt", "dpop+jwt", "JWT", "", "at+jwt ", "x/at+jwt"])
def test_rfc8725_3_11_a_token_of_one_kind_is_no_token_of_another(typ: str) -> None:
    token = forged(HEADER | {"typ": typ}, CLAIMS, es256)
    assert why(read, token) == "typ"


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt"])
def test_section_4_1_9_typ_is_a_media_type(typ: str) -> None:
    assert read(forged(HEADER | {"typ": typ}, CLAIMS, es256)) == CLAIMS


@pytest.mark.parametrize("member", ["alg", "kid", "typ"])
@pytest.mark.parametrize("value", [1, None, True, ["ES256"], {"a": 1}])
def test_section_4_1_header_members_of_another_type_are_refused(member: str, value: object) -> None:
    assert why(read, forged(HEADER | {member: value}, CLAIMS, es256)) == "header_type"


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"ES256","alg":"none","typ":"at+jwt","kid":"ec-1"}',
        b'{"alg":"none","typ":"at+jwt","kid":"ec-1","alg":"ES256"}',
        b'{"\\u0061lg":"none","typ":"at+jwt","kid":"ec-1","alg":"ES256"}',
        b'["ES256"]',
        b'"ES256"',
        b"null",
        b"",
        b'{"alg":"ES256","typ":"at+jwt","kid":"ec-1"} ,',
        b'\xef\xbb\xbf{"alg":"ES256","typ":"at+jwt","kid":"ec-1"}',
        b'{"alg":"ES256","typ":"at+jwt","kid":"\xff"}',
    ],
)
def test_section_4_a_header_with_duplicate_names_or_that_is_no_object_is_refused(
    header: bytes,
) -> None:
    assert why(read, forged(header, CLAIMS, es256)) == "malformed_header"


def _other_last_bits(part: str) -> str:
    """The same octets, another text: the unused bits of the last sign."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return part[:-1] + signs[signs.index(part[-1]) ^ 1]


MALLEATE: dict[str, Callable[[str], str]] = {
    "trailing bits": _other_last_bits,
    "padding": lambda part: part + "==",
    "one pad": lambda part: part + "=",
    "whitespace": lambda part: part + " ",
    "line break": lambda part: part[:4] + "\n" + part[4:],
    "leading space": lambda part: " " + part,
    "NUL": lambda part: part + "\0",
    "comma": lambda part: part + ",",
    "other alphabet": lambda part: part.replace("-", "+").replace("_", "/") + "+",
}


@pytest.mark.parametrize("how", MALLEATE)
def test_section_2_a_second_spelling_of_a_token_is_refused(how: str) -> None:
    """A revoked or replayed token must not come back with another text."""
    token = jose.sign(CLAIMS, ec_key(), typ="at+jwt")
    head, body, signature = token.split(".")
    assert len(from_base64url(signature)) == 64
    assert why(read, f"{head}.{body}.{MALLEATE[how](signature)}") == "malformed"
    assert why(read, f"{MALLEATE[how](head)}.{body}.{signature}") == "malformed_header"


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b", "a.b.c.d", "a.b.c.d.e", "...", "\u00e9.b.c", "{}", "Bearer a.b.c"],
)
def test_section_7_1_what_is_not_three_parts_is_refused(token: str) -> None:
    assert why(read, token).startswith("malformed")


def test_section_7_2_the_json_serialization_is_refused() -> None:
    head, body, signature = jose.sign(CLAIMS, ec_key(), typ="at+jwt").split(".")
    whole = {"protected": head, "payload": body, "signature": signature}
    assert why(read, json.dumps(whole)).startswith("malformed")


def test_a_huge_token_is_refused_before_it_is_read() -> None:
    assert why(read, "a" * 20_000 + ".b.c") == "too_long"
    long = jose.sign({"sub": "x" * 20_000}, ec_key(), typ="at+jwt")
    assert why(read, long) == "too_long"


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_deeply_nested_json_is_refused(opened: str, closed: str) -> None:
    nested = '{"a":' + opened * 1_200 + "1" + closed * 1_200 + "}"
    assert json.loads(nested.replace(opened * 1_100, "").replace(closed * 1_100, ""))
    assert why(read, forged(HEADER, nested.encode(), es256)) == "malformed_claims"
    assert why(read, forged(nested.encode(), CLAIMS, es256)) == "malformed_header"


def test_rfc7518_3_4_an_ecdsa_signature_is_64_octets_and_never_der() -> None:
    raw = ec_key().private
    assert isinstance(raw, ec.EllipticCurvePrivateKey)

    def der(signed: bytes) -> bytes:
        return raw.sign(signed, ec.ECDSA(SHA256()))

    def short(signed: bytes) -> bytes:
        return es256(signed)[:-1]

    def long(signed: bytes) -> bytes:
        return es256(signed) + b"\0"

    def wide(signed: bytes) -> bytes:
        r, s = decode_dss_signature(der(signed))
        return r.to_bytes(48, "big") + s.to_bytes(48, "big")

    for wrong in (der, short, long, wide, lambda signed: b""):
        assert why(read, forged(HEADER, CLAIMS, wrong)) == "signature"


def test_rfc8725_3_2_a_signature_of_zeros_is_refused() -> None:
    """CVE-2022-21449: r = s = 0 fits every message in a careless verifier."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    n = order.to_bytes(32, "big")
    one = (1).to_bytes(32, "big")
    for signature in (bytes(64), n + n, one + bytes(32), bytes(32) + one, n + one):
        assert why(read, forged(HEADER, CLAIMS, signature)) == "signature"


@pytest.mark.parametrize("part", [0, 1, 2])
def test_section_5_2_every_bit_counts(part: int) -> None:
    parts = jose.sign(CLAIMS, ec_key(), typ="at+jwt").split(".")
    data = bytearray(from_base64url(parts[part]))
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1
        forged_parts = [*parts[:part], to_base64url(bytes(changed)), *parts[part + 1 :]]
        assert why(read, ".".join(forged_parts))


def test_section_5_2_the_claims_of_another_token_do_not_fit() -> None:
    one = jose.sign({"sub": "one"}, ec_key(), typ="at+jwt").split(".")
    two = jose.sign({"sub": "two"}, ec_key(), typ="at+jwt").split(".")
    assert why(read, ".".join([one[0], two[1], one[2]])) == "signature"


def test_a_header_is_made_once_for_each_kind() -> None:
    assert ec_key().head("at+jwt") is ec_key().head("at+jwt")
    assert ec_key().head("at+jwt") != ec_key().head("JWT")
    assert coded(b'{"alg":"ES256","typ":"JWT","kid":"ec-1"}').encode() + b"." == ec_key().head(
        "JWT"
    )
