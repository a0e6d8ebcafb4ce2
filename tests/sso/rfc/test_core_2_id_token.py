"""OpenID Connect Core section 2: the ID Token; 3.1.3: where it comes from."""

import json
from typing import Any

import pytest

from gapura.sso.protocol import issuing
from gapura.sso.protocol.encoding import from_base64url, half_hash_of
from tests.sso.rfc.provider import (
    ISSUER,
    START,
    Provider,
    a_client,
    a_fapi2_client,
    id_claims,
)


def test_2_the_required_claims_stand_in_it() -> None:
    claims = id_claims(Provider.of().tokens())
    assert claims["iss"] == ISSUER
    assert claims["sub"] == "subject-of-sri"
    assert claims["aud"] == claims["azp"] == "spse"
    assert claims["exp"] > claims["iat"] == int(START.timestamp())


def test_2_it_tells_when_how_and_how_strongly_the_person_signed_in() -> None:
    claims = id_claims(Provider.of().tokens())
    assert claims["auth_time"] == int(START.timestamp()) - 3600
    assert claims["acr"] == "urn:gapura:acr:2"
    assert claims["amr"] == ["mfa", "otp", "pwd"]
    assert claims["sid"] == "sid-1"


@pytest.mark.parametrize("nonce", ["n-0S6_WzA2Mj", 'ü & "x"', "0" * 512])
def test_2_the_nonce_is_returned_unmodified(nonce: str) -> None:
    assert id_claims(Provider.of().tokens(nonce=nonce))["nonce"] == nonce


def test_2_without_a_nonce_there_is_none() -> None:
    assert "nonce" not in id_claims(Provider.of().tokens(nonce=""))


def test_3_1_3_6_at_hash_is_the_left_half_of_the_hash_of_the_access_token() -> None:
    tokens = Provider.of().tokens()
    assert id_claims(tokens)["at_hash"] == half_hash_of(tokens["access_token"])
    assert len(from_base64url(id_claims(tokens)["at_hash"])) == 16


def test_3_1_3_3_it_comes_beside_the_access_token() -> None:
    tokens = Provider.of().tokens()
    assert {"access_token", "token_type", "expires_in", "id_token"} <= tokens.keys()


def test_3_1_2_1_without_the_scope_openid_there_is_none() -> None:
    assert "id_token" not in Provider.of().tokens(scope="email")


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", "RS256"])
def test_2_it_is_signed_with_the_algorithm_that_was_registered(algorithm: str) -> None:
    house = Provider.of(a_client(id_token_alg=algorithm))
    head = json.loads(from_base64url(house.tokens()["id_token"].split(".")[0]))
    assert (head["alg"], head["typ"]) == (algorithm, "JWT")


def test_fapi_5_4_1_rs256_is_never_used_for_a_strict_client() -> None:
    client = a_fapi2_client(id_token_alg="RS256")
    assert issuing.algorithm_of(client) == "PS256"
    assert issuing.algorithm_of(a_client(id_token_alg="RS256")) == "RS256"


@pytest.mark.parametrize(
    ("methods", "level", "amr"),
    [
        (("password",), 1, ["pwd"]),
        (("password", "email_code"), 1, ["otp", "pwd"]),
        (("password", "recovery_code"), 1, ["otp", "pwd"]),
        (("password", "totp"), 2, ["mfa", "otp", "pwd"]),
        (("passkey",), 3, ["mfa", "swk", "user"]),
        (("password", "totp", "passkey"), 3, ["mfa", "otp", "pwd", "swk", "user"]),
        (("unheard_of",), 2, []),
    ],
)
def test_8176_2_amr_has_registered_values_alone(
    methods: tuple[str, ...], level: int, amr: list[str]
) -> None:
    registered = {"pwd", "otp", "sms", "swk", "user", "mfa", "hwk", "pin"}
    assert issuing.amr(methods, level) == amr
    assert set(amr) <= registered


@pytest.mark.parametrize(("level", "name"), [(0, 1), (1, 1), (2, 2), (3, 3), (9, 3)])
def test_2_acr_is_one_of_the_published_names(level: int, name: int) -> None:
    assert issuing.acr(level) == f"urn:gapura:acr:{name}"


def test_2_no_claim_of_the_person_stands_in_it_unless_asked_by_name() -> None:
    claims = id_claims(Provider.of().tokens(scope="openid profile email phone grants identity"))
    assert claims.keys() == {
        "iss", "sub", "aud", "azp", "iat", "exp", "auth_time", "acr", "amr", "sid", "at_hash",
        "nonce",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": None}, {"name": "Sri Wahyuni"}),
        ({"email": {"essential": True}}, {"email": "sri@dinas.example"}),
        ({"name": None, "unheard_of": None}, {"name": "Sri Wahyuni"}),
        ({"unheard_of": {"essential": True}}, {}),
        ({"gapura_identity_level": None}, {"gapura_identity_level": "verified_by_agency"}),
    ],
)
def test_5_5_claims_asked_by_name_stand_in_it(asked: Any, told: dict[str, str]) -> None:
    wish = json.dumps({"id_token": asked})
    claims = id_claims(Provider.of().tokens(claims=wish))
    usual = id_claims(Provider.of().tokens())
    assert {name: value for name, value in claims.items() if name not in usual} == told


def test_5_5_a_claim_by_name_never_changes_who_how_or_when() -> None:
    wish = json.dumps({"id_token": {"iss": {"value": "x"}, "acr": {"value": "x"}, "exp": None}})
    claims = id_claims(Provider.of().tokens(claims=wish))
    assert claims["iss"] == ISSUER
    assert claims["acr"] == "urn:gapura:acr:2"
