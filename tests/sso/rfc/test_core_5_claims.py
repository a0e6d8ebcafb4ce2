"""OpenID Connect Core section 5: userinfo, scopes and the `claims` parameter."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gapura.sso.protocol import claims_asked, scopes
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import Provider, a_client, a_subject, body

ALL = "openid profile email phone grants identity"
OF_SCOPE = {
    "openid": {"sub"},
    "profile": {"name", "preferred_username", "locale", "updated_at"},
    "email": {"email", "email_verified"},
    "phone": {"phone_number", "phone_number_verified"},
    "grants": {"gapura_grants"},
    "identity": {"gapura_identity_level"},
}


def told(house: Provider, **more: Any) -> dict[str, Any]:
    reply = house.userinfo(house.tokens(**more)["access_token"])
    assert reply.status == 200
    return body(reply)


# --- 5.3 and 5.4 ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", OF_SCOPE)
def test_5_4_each_scope_tells_its_claims_and_no_others(scope: str) -> None:
    assert told(Provider.of(), scope=f"openid {scope}").keys() == OF_SCOPE[scope] | {"sub"}


def test_5_4_the_table_of_scopes_is_the_one_that_is_tested_here() -> None:
    table = {name: set(scope.claims) for name, scope in scopes.SCOPES.items()}
    assert table == OF_SCOPE | {"offline_access": set()}


def test_5_3_2_sub_is_that_of_the_id_token() -> None:
    assert told(Provider.of()) == {"sub": "subject-of-sri"}


def test_5_1_claims_have_their_types() -> None:
    claims = told(Provider.of(), scope=ALL)
    assert claims["name"] == "Sri Wahyuni"
    assert claims["preferred_username"] == "ppk"
    assert claims["locale"] == "id"
    assert claims["email_verified"] is True
    assert claims["phone_number_verified"] is True
    assert type(claims["updated_at"]) is int
    assert claims["gapura_identity_level"] == "verified_by_agency"


def test_5_3_2_what_is_not_known_is_left_out_and_not_null() -> None:
    house = Provider.of()
    house.subject = a_subject(phone="", name="", email="")
    claims = told(house, scope=ALL)
    assert not claims.keys() & {"name", "email", "email_verified", "phone_number"}
    assert "phone_number_verified" not in claims
    assert None not in claims.values()


def test_5_3_what_is_told_is_what_is_true_now() -> None:
    house = Provider.of()
    token = house.tokens(scope="openid email")["access_token"]
    house.subject = replace(house.subject, email="new@dinas.example", email_verified=False)
    claims = body(house.userinfo(token))
    assert (claims["email"], claims["email_verified"]) == ("new@dinas.example", False)


# --- the contract is the outer bound --------------------------------------------------------------


def test_a_scope_outside_the_contract_tells_nothing() -> None:
    house = Provider.of(a_client(scopes=frozenset({"openid", "email"})))
    assert told(house, scope=ALL).keys() == {"sub", "email", "email_verified"}


def test_a_contract_may_name_single_claims() -> None:
    house = Provider.of(a_client(claims=frozenset({"name", "email"})))
    assert told(house, scope=ALL).keys() == {"sub", "name", "email"}


def test_a_contract_that_shrinks_is_seen_at_once() -> None:
    house = Provider.of()
    token = house.tokens(scope=ALL)["access_token"]
    house.change("spse", claims=frozenset({"name"}))
    assert body(house.userinfo(token)).keys() == {"sub", "name"}


def test_by_name_nothing_outside_the_contract_is_told() -> None:
    house = Provider.of(a_client(scopes=frozenset({"openid"})))
    wish = '{"userinfo": {"email": {"essential": true}, "gapura_grants": null}}'
    assert told(house, claims=wish) == {"sub": "subject-of-sri"}


@pytest.mark.parametrize(
    ("contract", "roles"),
    [
        ({}, ["ppk", "kpa", "staf_perusahaan"]),
        ({"roles": frozenset({"kpa"})}, ["kpa"]),
        ({"agencies": frozenset({"D101"})}, ["ppk"]),
        ({"agencies": frozenset({"D101"}), "roles": frozenset({"kpa"})}, []),
        ({"agencies": frozenset({"D999"})}, []),
        ({"roles": frozenset({"staf_perusahaan"})}, ["staf_perusahaan"]),
    ],
)
def test_grants_are_told_by_role_and_agency_of_the_contract(
    contract: dict[str, Any], roles: list[str]
) -> None:
    claims = told(Provider.of(a_client(**contract)), scope="openid grants")
    assert [grant["role"] for grant in claims["gapura_grants"]] == roles


# --- 5.5: the claims parameter --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"userinfo": {"email": None}}, {"email"}),
        ({"userinfo": {"email": {"essential": True}}}, {"email"}),
        ({"userinfo": {"email": {"value": "x@y.example"}}}, {"email"}),
        ({"userinfo": {"unheard_of": None}}, set()),
        ({"userinfo": {"name": None}, "id_token": {"email": None}}, {"name"}),
        ({"elsewhere": {"email": None}}, set()),
        ({"userinfo": None}, set()),
        ({}, set()),
    ],
)
def test_5_5_claims_are_told_where_they_were_asked(asked: Any, names: set[str]) -> None:
    assert told(Provider.of(), claims=json.dumps(asked)).keys() - {"sub"} == names


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "claims_json"),
        ("[]", "claims_json"),
        ('"x"', "claims_json"),
        ("{", "claims_json"),
        ('{"userinfo": {}, "userinfo": {}}', "claims_json"),
        ('{"userinfo": NaN}', "claims_json"),
        ("[" * 2000, "claims_json"),
        ('{"a":' * 6 + "1" + "}" * 6, "claims_deep"),
        ('{"userinfo": []}', "claims_member"),
        ('{"userinfo": "email"}', "claims_member"),
        ('{"userinfo": {"email": 1}}', "claims_member"),
        ('{"userinfo": {"email": "x"}}', "claims_member"),
        ('{"userinfo": {"email": []}}', "claims_member"),
        ('{"x": "' + "y" * 4096 + '"}', "claims_long"),
        ('{"id_token":{"sub":{"value":"a"}},"userinfo":{"sub":{"value":"b"}}}', "claims_sub"),
    ],
)
def test_5_5_a_malformed_or_huge_parameter_is_refused(text: str, reason: str) -> None:
    with pytest.raises(OAuthProblem) as refusal:
        claims_asked.read(text)
    assert (refusal.value.error, refusal.value.why) == ("invalid_request", reason)


def test_5_5_a_refused_parameter_is_told_to_the_client() -> None:
    with pytest.raises(Returned):
        Provider.of().read(claims="[]")


def test_5_5_only_known_claims_are_kept() -> None:
    asked = claims_asked.read('{"userinfo": {"email": {"value": "x"}, "x": null}, "y": {}}')
    assert asked.kept == {"userinfo": {"email": None}}


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        (None, 0),
        ({"values": ["urn:gapura:acr:3"]}, 0),
        ({"essential": False, "values": ["urn:gapura:acr:3"]}, 0),
        ({"essential": "true", "values": ["urn:gapura:acr:3"]}, 0),
        ({"essential": True}, 0),
        ({"essential": True, "value": "urn:gapura:acr:2"}, 2),
        ({"essential": True, "values": ["urn:gapura:acr:3", "urn:gapura:acr:2"]}, 2),
        ({"essential": True, "values": ["x", 7, "urn:gapura:acr:3"]}, 3),
    ],
)
def test_5_5_1_1_an_essential_acr_is_the_least_that_will_do(acr: Any, level: int) -> None:
    assert claims_asked.read(json.dumps({"id_token": {"acr": acr}})).acr == level


@pytest.mark.parametrize("values", [["x"], [7], "urn:gapura:acr:2", {"a": 1}])
def test_5_5_1_1_an_essential_acr_that_does_not_exist_here_cannot_be_met(values: Any) -> None:
    with pytest.raises(OAuthProblem) as refusal:
        claims_asked.read(json.dumps({"id_token": {"acr": {"essential": True, "values": values}}}))
    assert refusal.value.error == "unmet_authentication_requirements"


def test_5_5_1_1_an_essential_acr_asks_for_a_stronger_sign_in_also_silently() -> None:
    house = Provider.of()
    wish = '{"id_token": {"acr": {"essential": true, "values": ["urn:gapura:acr:3"]}}}'
    assert house.need(claims=wish) == "step_up"
    with pytest.raises(Returned) as refusal:
        house.need(claims=wish, prompt="none")
    assert refusal.value.problem.error == "login_required"


def test_5_5_1_a_request_for_one_subject_is_never_answered_about_another() -> None:
    house = Provider.of()
    wish = '{"id_token": {"sub": {"value": "%s"}}}'
    assert house.need(claims=wish % "subject-of-sri") == "nothing"
    with pytest.raises(Returned) as refusal:
        house.need(claims=wish % "somebody-else")
    assert refusal.value.problem.error == "login_required"
