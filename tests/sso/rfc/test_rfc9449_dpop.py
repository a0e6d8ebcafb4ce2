"""RFC 9449: with every request a proof of the key that a token is bound to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gapura.sso.protocol import jose
from gapura.sso.protocol.dpop import DpopProof, place, read_proof
from gapura.sso.protocol.encoding import hash_of
from gapura.sso.protocol.jose import SigningKey
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import CLOCK_SKEW, PROOF_LIFE
from tests.sso.rfc.making import AT, ISSUER, NOW, TOKEN_URL, ec_key, forged, rsa_key, why

SKEW = int(CLOCK_SKEW.total_seconds())
LIFE = int(PROOF_LIFE.total_seconds())
USERINFO = f"{ISSUER}/oauth2/userinfo"
TOKEN = "an.access.token"

# Sections 4.1 and 7.1
JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
HEADER = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNo"
    "UklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERW"
    "clUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
)
AT_TOKEN = (
    HEADER + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4"
    "YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg"
    "4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
)
AT_RESOURCE = (
    HEADER + ".eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5l"
    "eGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNF"
    "c05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF"
    "8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA"
)
BOUND = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"


def header(key: SigningKey, **changes: Any) -> dict[str, Any]:
    whole = {"typ": "dpop+jwt", "alg": "ES256", "jwk": dict(key.public.jwk)} | changes
    return {name: value for name, value in whole.items() if value is not ...}


def proof(key: SigningKey | None = None, head: Any = None, **changes: Any) -> str:
    used = key or ec_key()
    whole = {"jti": "one", "htm": "POST", "htu": TOKEN_URL, "iat": AT} | changes
    claims = {name: value for name, value in whole.items() if value is not ...}
    return forged(head or header(used, alg=used.algorithm), claims, used.signature)


def read(shown: str, **named: Any) -> DpopProof:
    given: dict[str, Any] = {"method": "POST", "url": TOKEN_URL, "now": NOW} | named
    return read_proof(shown, **given)


def test_section_4_1_the_example_at_the_token_endpoint() -> None:
    found = read_proof(
        AT_TOKEN,
        method="POST",
        url="https://server.example.com/token",
        now=datetime.fromtimestamp(1562262616, UTC),
    )
    assert found.jkt == JKT


def test_section_7_1_the_example_at_a_resource() -> None:
    found = read_proof(
        AT_RESOURCE,
        method="GET",
        url="https://resource.example.org/protectedresource",
        now=datetime.fromtimestamp(1562262618, UTC),
        access_token=BOUND,
        expected_jkt=JKT,
    )
    assert found.jkt == JKT


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS256"])
def test_section_4_3_a_proof_tells_its_key(algorithm: str) -> None:
    key = ec_key() if algorithm == "ES256" else rsa_key(algorithm, algorithm)
    assert read(proof(key)).jkt == key.public.thumbprint


@pytest.mark.parametrize(
    "shown", ["", "x", "a.b", AT_TOKEN + ", " + AT_TOKEN, AT_TOKEN + "," + AT_TOKEN]
)
def test_section_4_3_1_there_is_one_proof_and_it_is_one_jwt(shown: str) -> None:
    assert why(read, shown).startswith("malformed")


@pytest.mark.parametrize("typ", [..., "JWT", "at+jwt", "logout+jwt", "dpop", ""])
def test_section_4_3_4_another_kind_of_token_is_no_proof(typ: object) -> None:
    assert why(read, proof(head=header(ec_key(), typ=typ))) == "typ"


def test_section_4_3_4_our_own_access_token_is_no_proof() -> None:
    assert why(read, jose.sign({"sub": "x"}, ec_key(), typ="at+jwt")) == "typ"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES384", "RS1", "", ...])
def test_section_4_3_5_the_algorithm_is_asymmetric_and_of_the_list(algorithm: object) -> None:
    assert why(read, proof(head=header(ec_key(), alg=algorithm))) == "algorithm"


def test_section_4_3_6_the_signature_is_of_the_key_in_the_header() -> None:
    other = header(ec_key("other"))
    assert why(read, proof(head=other)) == "signature"


def test_section_4_3_7_a_private_part_in_the_header_is_refused() -> None:
    leaked = dict(ec_key().public.jwk) | {"d": "AQAB"}
    assert why(read, proof(head=header(ec_key(), jwk=leaked))) == "jwk"


@pytest.mark.parametrize(
    ("jwk", "said"),
    [
        (..., "jwk_missing"),
        (None, "jwk_missing"),
        ("key", "header_type"),
        ([], "header_type"),
        ({}, "jwk"),
        ({"kty": "oct", "k": "c2VjcmV0"}, "jwk"),
        ({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "jwk"),
        (dict(rsa_key().public.jwk), "signature"),
    ],
)
def test_section_4_2_the_key_is_public_and_sound(jwk: object, said: str) -> None:
    found = why(read, proof(head=header(ec_key(), jwk=jwk)))
    assert found == said


@pytest.mark.parametrize("member", ["jku", "x5u", "x5c", "crit"])
def test_rfc8725_3_10_the_header_brings_no_other_key(member: str) -> None:
    head = header(ec_key(), **{member: "https://evil.example"})
    assert why(read, proof(head=head)) == f"header_{member}"


@pytest.mark.parametrize("htm", [..., "GET", "post", "", None, ["POST"], 1])
def test_section_4_3_8_htm_is_the_method(htm: object) -> None:
    assert why(read, proof(htm=htm)) == "htm"


@pytest.mark.parametrize(
    "htu",
    [
        USERINFO,
        TOKEN_URL + "?x=1",
        TOKEN_URL + "?",
        TOKEN_URL + "#x",
        TOKEN_URL + "#",
        TOKEN_URL + "/",
        TOKEN_URL.replace("token", "Token"),
        TOKEN_URL.replace("token", "%74oken"),
        TOKEN_URL.replace("oauth2", "x/../oauth2"),
        TOKEN_URL.replace(".example", ".example:8443"),
        TOKEN_URL.replace(".example", ".example:0"),
        TOKEN_URL.replace(".example", ".example:443x"),
        TOKEN_URL.replace(".example", ".example."),
        TOKEN_URL.replace("https", "http"),
        TOKEN_URL.replace("gapura", "evil@gapura"),
        TOKEN_URL.replace("gapura", "evil"),
        TOKEN_URL.replace("gapura", "g\u0430pura"),
        TOKEN_URL.replace("//", "//\t"),
        TOKEN_URL + "\n",
        " " + TOKEN_URL,
        "/oauth2/token",
        "//gapura.example/oauth2/token",
        "https:gapura.example/oauth2/token",
        "https://[::1/oauth2/token",
    ],
)
def test_section_4_3_9_htu_is_the_address_without_query(htu: str) -> None:
    assert why(read, proof(htu=htu)) == "htu"


@pytest.mark.parametrize("htu", [..., None, "", 1, [TOKEN_URL]])
def test_section_4_2_htu_is_a_text(htu: object) -> None:
    assert why(read, proof(htu=htu)) == "htu_type"


def test_section_4_3_9_scheme_host_and_usual_port_may_be_spelled_otherwise() -> None:
    """RFC 3986 6.2.2 and 6.2.3, which the section names."""
    for htu in ("HTTPS://GAPURA.example/oauth2/token", "https://gapura.example:443/oauth2/token"):
        assert read(proof(htu=htu)).jkt == ec_key().public.thumbprint
    assert place("https://gapura.example") == place("https://gapura.example/")
    assert place("http://localhost:8000/a") != place("http://localhost/a")


@pytest.mark.parametrize(
    ("iat", "said"),
    [
        (..., "iat_missing"),
        (None, "iat_type"),
        (str(AT), "iat_type"),
        (True, "iat_type"),
        (AT + SKEW + 1, "from_the_future"),
        (AT + 3600, "from_the_future"),
        (AT - LIFE - SKEW - 1, "too_old"),
        (0, "too_old"),
    ],
)
def test_section_4_3_11_iat_is_now(iat: object, said: str) -> None:
    assert why(read, proof(iat=iat)) == said


@pytest.mark.parametrize("iat", [AT - LIFE, AT, AT + SKEW])
def test_fapi_2_0_5_3_2_1_clocks_may_differ_a_little(iat: int) -> None:
    assert read(proof(iat=iat)).jkt == ec_key().public.thumbprint


def test_section_4_2_a_proof_with_an_end_is_held_to_it() -> None:
    assert why(read, proof(exp=AT - 60)) == "expired"
    assert why(read, proof(nbf=AT + 60)) == "not_yet"


@pytest.mark.parametrize("jti", [..., None, "", 1, ["a"], "x" * 257])
def test_section_4_2_jti_is_a_text(jti: object) -> None:
    assert why(read, proof(jti=jti)) == "jti_type"


def test_section_11_1_a_proof_is_good_once() -> None:
    first, again = read(proof()).once, read(proof()).once
    assert first == again
    assert first.kind == "dpop"
    assert read(proof(jti="two")).once.digest != first.digest
    assert read(proof(ec_key("other"))).once.digest != first.digest


def test_section_11_1_what_is_remembered_outlives_what_is_accepted() -> None:
    last = NOW + PROOF_LIFE + CLOCK_SKEW
    assert read(proof(), now=last).once.expires_at > last
    assert why(read, proof(), now=last + timedelta(seconds=1)) == "too_old"


@pytest.mark.parametrize(
    "ath", [..., None, "", hash_of("other"), hash_of(TOKEN) + "=", hash_of(TOKEN)[:-1], 1]
)
def test_section_4_3_12_at_a_resource_the_proof_names_the_token(ath: object) -> None:
    """A stolen token with a proof that was made for another one."""
    shown = proof(ath=ath, htu=USERINFO, htm="GET")
    said = why(read, shown, url=USERINFO, method="GET", access_token=TOKEN)
    assert said in ("ath", "ath_type")


def test_section_4_3_12_at_a_resource_the_key_is_the_tokens() -> None:
    shown = proof(ath=hash_of(TOKEN), htu=USERINFO, htm="GET")
    named: dict[str, Any] = {"url": USERINFO, "method": "GET", "access_token": TOKEN}
    mine = ec_key().public.thumbprint
    assert read(shown, **named, expected_jkt=mine).jkt == mine
    other = ec_key("other").public.thumbprint
    assert why(read, shown, **named, expected_jkt=other) == "other_key"
    assert why(read, proof(), expected_jkt=other) == "other_key"


def test_section_5_at_the_token_endpoint_a_refusal_is_400() -> None:
    with pytest.raises(OAuthProblem) as caught:
        read("x")
    problem = caught.value
    assert (problem.error, problem.status) == ("invalid_dpop_proof", 400)
    assert problem.headers == ()


def test_section_7_1_at_a_resource_a_refusal_is_401_and_names_the_algorithms() -> None:
    with pytest.raises(OAuthProblem) as caught:
        read("x", access_token=TOKEN)
    assert caught.value.status == 401
    challenge = dict(caught.value.headers)["WWW-Authenticate"]
    assert challenge.startswith('DPoP error="invalid_dpop_proof"')
    assert 'algs="ES256 PS256 RS256 EdDSA"' in challenge


def test_a_huge_header_is_refused_before_its_key_is_read() -> None:
    head = header(ec_key(), custom="x" * 3000)
    assert why(read, proof(head=head)) == "too_long"
