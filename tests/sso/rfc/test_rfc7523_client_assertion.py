"""RFC 7523 3 and OpenID Connect Core 9: a client proves itself with a key of its own."""

from datetime import timedelta
from typing import Any

import pytest

from gapura.sso.protocol import jose
from gapura.sso.protocol.client_auth import (
    ASSERTION_TYPE,
    LONGEST_ASSERTION,
    Credentials,
    Proof,
    authenticate,
    presented,
)
from gapura.sso.protocol.jose import SigningKey
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import ASSERTION_LIFE, CLOCK_SKEW, AuthMethod, Client, Profile
from tests.sso.rfc.making import AT, ISSUER, NOW, TOKEN_URL, client, ec_key, forged, rsa_key, why

PAR_URL = f"{ISSUER}/oauth2/par"
SKEW = int(CLOCK_SKEW.total_seconds())


def keyed(profile: Profile = Profile.STANDARD, *keys: SigningKey) -> Client:
    jwks = {"keys": [key.public.published() for key in keys or (ec_key("mine"),)]}
    return client(auth_method=AuthMethod.PRIVATE_KEY_JWT, jwks=jwks, profile=profile)


def claims(**changes: Any) -> dict[str, Any]:
    whole = {
        "iss": "spse-42",
        "sub": "spse-42",
        "aud": ISSUER,
        "jti": "one",
        "iat": AT,
        "exp": AT + 60,
    }
    return {name: value for name, value in (whole | changes).items() if value is not ...}


def assertion(key: SigningKey | None = None, /, typ: str = "JWT", **changes: Any) -> str:
    return jose.sign(claims(**changes), key or ec_key("mine"), typ=typ)


def proven(token: str, one: Client | None = None) -> Proof:
    credentials = presented(
        "", Parameters.of({"client_assertion": token, "client_assertion_type": ASSERTION_TYPE})
    )
    urls = (TOKEN_URL, PAR_URL)
    return authenticate(one or keyed(), credentials, issuer=ISSUER, endpoint_urls=urls, now=NOW)


@pytest.mark.parametrize("aud", [ISSUER, TOKEN_URL, PAR_URL, [ISSUER], [ISSUER, TOKEN_URL]])
def test_section_3_an_assertion_for_us_proves_the_client(aud: object) -> None:
    proof = proven(assertion(aud=aud))
    assert proof.method is AuthMethod.PRIVATE_KEY_JWT
    assert proof.once is not None


def test_section_3_7_an_assertion_is_good_once() -> None:
    """Replay: the digest is unique in the database until the assertion is over by itself."""
    first, again = proven(assertion()).once, proven(assertion()).once
    assert first == again
    assert first is not None
    assert first.kind == "assertion"
    assert len(first.digest) == 32
    assert first.expires_at >= NOW + timedelta(seconds=60)
    other = proven(assertion(jti="two")).once
    assert other is not None
    assert other.digest != first.digest


def test_section_3_7_what_is_remembered_outlives_what_is_accepted() -> None:
    """An assertion is accepted for a skew past its end; its jti must not be forgotten before."""
    once = proven(assertion(exp=AT - SKEW + 1)).once
    assert once is not None
    assert once.expires_at > NOW


def test_section_3_7_the_jti_of_one_client_is_not_anothers() -> None:
    def once(client_id: str, jti: str) -> bytes:
        one = client(
            client_id=client_id,
            auth_method=AuthMethod.PRIVATE_KEY_JWT,
            jwks={"keys": [ec_key("mine").public.published()]},
        )
        found = proven(assertion(iss=client_id, sub=client_id, jti=jti), one).once
        assert found is not None
        return found.digest

    assert len({once("a", "bc"), once("ab", "c"), once("a", "c"), once("b", "bc")}) == 4


@pytest.mark.parametrize(
    "aud",
    [
        "https://other.example",
        "https://other.example/oauth2/token",
        [ISSUER, "https://other.example"],
        ISSUER + "/",
        ISSUER.upper(),
        "gapura.example",
        f"{TOKEN_URL}?x=1",
        f"{ISSUER}/oauth2/userinfo",
        "",
    ],
)
def test_section_3_3_an_assertion_for_another_server_is_refused(aud: object) -> None:
    """Audience confusion: another server that got it must not be able to use it here."""
    assert why(proven, assertion(aud=aud)) == "aud"


@pytest.mark.parametrize("aud", [..., None, 1, [], [1], {"a": ISSUER}, [[ISSUER]]])
def test_section_3_3_an_audience_of_another_type_is_refused(aud: object) -> None:
    assert why(proven, assertion(aud=aud)) == "aud_type"


@pytest.mark.parametrize("member", ["iss", "sub"])
@pytest.mark.parametrize("value", ["other", None, ..., "", ["spse-42"], 1])
def test_sections_3_1_and_3_2_issuer_and_subject_are_the_client(member: str, value: object) -> None:
    changed: dict[str, Any] = {member: value}
    credentials = Credentials(AuthMethod.PRIVATE_KEY_JWT, "spse-42", assertion=assertion(**changed))
    said = why(authenticate, keyed(), credentials, issuer=ISSUER, endpoint_urls=(), now=NOW)
    assert said == "iss"


def test_section_3_2_the_client_that_is_looked_up_is_the_one_that_is_named() -> None:
    token = assertion(iss="other", sub="other")
    assert why(proven, token) == "unknown_client"


def test_rfc7521_4_2_client_id_may_be_left_out_but_not_be_another() -> None:
    def named(client_id: str) -> Credentials:
        return presented(
            "",
            Parameters.of(
                {
                    "client_id": client_id,
                    "client_assertion": assertion(),
                    "client_assertion_type": ASSERTION_TYPE,
                }
            ),
        )

    assert named("").client_id == named("spse-42").client_id == "spse-42"
    assert why(named, "other") == "two_clients"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exp": ...}, "exp_missing"),
        ({"exp": str(AT + 60)}, "exp_type"),
        ({"exp": AT - SKEW}, "expired"),
        ({"exp": AT + 3601 + SKEW}, "too_far"),
        ({"exp": 99999999999}, "too_far"),
        ({"nbf": AT + SKEW + 1}, "not_yet"),
        ({"nbf": "now"}, "nbf_type"),
        ({"iat": AT + SKEW + 1}, "from_the_future"),
        ({"iat": True}, "iat_type"),
    ],
)
def test_sections_3_4_to_3_6_times_are_held_against_the_clock(
    changes: dict[str, Any], said: str
) -> None:
    assert why(proven, assertion(**changes)) == said


def test_sections_3_5_and_3_6_nbf_and_iat_may_be_left_out() -> None:
    assert proven(assertion(iat=...)).once
    assert timedelta(hours=1) == LONGEST_ASSERTION


@pytest.mark.parametrize("jti", [..., None, "", 1, ["a"], "x" * 257])
def test_section_3_7_without_a_jti_a_replay_could_not_be_seen(jti: object) -> None:
    assert why(proven, assertion(jti=jti)) == "jti_type"


def test_section_3_9_an_assertion_of_anothers_key_is_refused() -> None:
    stranger = SigningKey.of(ec_key("stranger").private, kid="mine", algorithm="ES256")
    assert why(proven, assertion(stranger)) == "signature"
    assert why(proven, assertion(ec_key("stranger"))) == "unknown_kid"


@pytest.mark.parametrize("typ", ["at+jwt", "dpop+jwt", "logout+jwt", "id+jwt", "secevent+jwt"])
def test_rfc8725_3_11_another_kind_of_token_is_no_assertion(typ: str) -> None:
    assert why(proven, assertion(typ=typ)) == "typ"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"alg": "none"}, "algorithm"),
        ({"alg": "HS256"}, "algorithm"),
        ({"alg": "ES256", "kid": "mine", "jku": "https://evil.example"}, "header_jku"),
        ({"alg": "ES256", "kid": "mine", "x5u": "https://evil.example"}, "header_x5u"),
        ({"alg": "ES256", "kid": "mine", "jwk": dict(ec_key("mine").public.jwk)}, "header_jwk"),
        ({"alg": "ES256", "kid": "mine", "crit": ["exp"]}, "header_crit"),
    ],
)
def test_rfc8725_3_a_header_with_a_way_of_its_own_is_refused(
    header: dict[str, Any], said: str
) -> None:
    assert why(proven, forged(header, claims(), ec_key("mine").signature)) == said


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.e30.c", "a." + "A" * 20_000 + ".c"])
def test_what_is_no_assertion_is_refused_before_any_client_is_looked_up(token: str) -> None:
    parameters = Parameters.of({"client_assertion": token, "client_assertion_type": ASSERTION_TYPE})
    with pytest.raises(OAuthProblem) as caught:
        presented("", parameters)
    assert (caught.value.error, caught.value.status) == ("invalid_client", 401)


@pytest.mark.parametrize(
    "kind", ["", "jwt", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"]
)
def test_section_2_2_the_type_of_the_assertion_is_named(kind: str) -> None:
    parameters = Parameters.of({"client_assertion": assertion(), "client_assertion_type": kind})
    assert why(presented, "", parameters) == "assertion_type"


def test_a_client_without_keys_is_refused() -> None:
    bare = client(auth_method=AuthMethod.PRIVATE_KEY_JWT)
    assert why(proven, assertion(), bare) == "client_keys"


def test_keys_of_two_algorithms_stand_side_by_side() -> None:
    one = keyed(Profile.STANDARD, ec_key("mine"), rsa_key("theirs", "PS256"))
    assert proven(assertion(), one).once
    assert proven(assertion(rsa_key("theirs", "PS256")), one).once


def test_fapi_2_0_5_3_2_1_a_strict_client_names_the_issuer_alone_as_a_text() -> None:
    strict = keyed(Profile.FAPI2)
    assert proven(assertion(), strict).once
    for aud in (TOKEN_URL, [ISSUER], [ISSUER, TOKEN_URL]):
        assert why(proven, assertion(aud=aud), strict) == "aud"


def test_fapi_2_0_5_4_1_a_strict_client_does_not_sign_with_rs256() -> None:
    old = rsa_key("old", "RS256")
    assert proven(assertion(old), keyed(Profile.STANDARD, old)).once
    assert why(proven, assertion(old), keyed(Profile.FAPI2, old)) == "algorithm"


def test_a_strict_clients_assertion_lives_minutes() -> None:
    ends = AT + int(ASSERTION_LIFE.total_seconds())
    assert proven(assertion(exp=ends), keyed(Profile.FAPI2)).once
    assert why(proven, assertion(exp=ends + SKEW + 1), keyed(Profile.FAPI2)) == "too_far"
