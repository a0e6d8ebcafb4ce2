"""RFC 9068: access tokens as JWT."""

import json
from typing import Any

import pytest

from gapura.sso.protocol.encoding import from_base64url
from gapura.sso.protocol.issuing import read_access_token
from gapura.sso.protocol.jose import BadToken
from tests.sso.rfc.provider import (
    API,
    ISSUER,
    JKT,
    OTHER_API,
    START,
    Provider,
    a_client,
    access_claims,
    old_ring,
    ring,
)


def header(token: str) -> dict[str, Any]:
    return dict(json.loads(from_base64url(token.split(".")[0])))


def refusal(token: str) -> str:
    with pytest.raises(BadToken) as bad:
        read_access_token(token, ring=ring(), issuer=ISSUER, now=START)
    return bad.value.why


def test_2_1_the_header_says_at_jwt_and_an_asymmetric_algorithm() -> None:
    assert header(Provider.of().tokens()["access_token"]) == {
        "alg": "ES256",
        "typ": "at+jwt",
        "kid": "es",
    }


def test_2_2_all_required_claims_stand_in_it() -> None:
    claims = access_claims(Provider.of().tokens())
    assert claims["iss"] == ISSUER
    assert claims["sub"] == "subject-of-sri"
    assert claims["client_id"] == "spse"
    assert {"exp", "aud", "iat", "jti"} <= claims.keys()


def test_2_2_it_lives_for_five_minutes_and_no_longer() -> None:
    house = Provider.of()
    for tokens in (house.tokens(), house.tokens(resource=API), house.tokens(jkt=JKT)):
        claims = access_claims(tokens)
        assert claims["exp"] - claims["iat"] == 300 == tokens["expires_in"]


def test_2_2_1_it_tells_how_and_when_the_person_signed_in() -> None:
    claims = access_claims(Provider.of().tokens())
    assert claims["auth_time"] == int(START.timestamp()) - 3600
    assert claims["acr"] == "urn:gapura:acr:2"
    assert claims["amr"] == ["mfa", "otp", "pwd"]


def test_2_2_1_a_refresh_does_not_make_the_sign_in_younger() -> None:
    house = Provider.of()
    tokens = house.tokens(scope="openid offline_access")
    again = house.later(hours=5).refresh(tokens["refresh_token"]).body
    assert not isinstance(again, bytes)
    assert access_claims(again)["auth_time"] == access_claims(tokens)["auth_time"]


def test_2_2_2_no_claim_of_the_person_stands_in_it() -> None:
    claims = access_claims(Provider.of().tokens(scope="openid profile email phone grants identity"))
    told = json.dumps(claims)
    for personal in ("Sri", "sri@", "+628", "ppk", "SK-2026"):
        assert personal not in told


def test_2_2_3_it_tells_its_scopes() -> None:
    assert access_claims(Provider.of().tokens(scope="email openid"))["scope"] == "openid email"


def test_3_resources_are_its_audience() -> None:
    assert access_claims(Provider.of().tokens(resource=[API, OTHER_API]))["aud"] == [API, OTHER_API]


def test_2_2_each_token_has_a_number_of_its_own() -> None:
    house = Provider.of()
    assert access_claims(house.tokens())["jti"] != access_claims(house.tokens())["jti"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": int(START.timestamp())}, "expired"),
        ({"exp": int(START.timestamp()) + 3600}, "too_far"),
        ({"exp": None}, "exp_type"),
        ({"exp": True}, "exp_type"),
        ({"iat": int(START.timestamp()) + 60}, "from_the_future"),
        ({"nbf": int(START.timestamp()) + 60}, "not_yet"),
    ],
)
def test_4_a_token_that_breaks_one_of_its_times_or_names_is_refused(
    change: dict[str, Any], reason: str
) -> None:
    claims = access_claims(Provider.of().tokens())
    assert refusal(ring().sign(claims | change, typ="at+jwt")) == reason


@pytest.mark.parametrize("typ", ["JWT", "logout+jwt", "dpop+jwt", "secevent+jwt"])
def test_4_a_signed_token_of_another_kind_is_refused(typ: str) -> None:
    claims = access_claims(Provider.of().tokens())
    assert refusal(ring().sign(claims, typ=typ)) == "typ"


def test_4_a_token_signed_by_another_is_refused() -> None:
    claims = access_claims(Provider.of().tokens())
    assert refusal(old_ring().sign(claims, typ="at+jwt")) == "unknown_kid"


def test_5_a_client_cannot_pass_for_a_person() -> None:
    house = Provider.of(a_client("subject-of-sri"))
    reply = house.token({"grant_type": "client_credentials"}, "subject-of-sri").body
    assert not isinstance(reply, bytes)
    claims = access_claims(reply)
    assert "aid" not in claims
    assert "sid" not in claims
