"""OpenID Connect Core section 3.1.3: the token endpoint for a sign-in; 12: refreshing it."""

from gapura.sso.protocol.encoding import half_hash_of
from tests.sso.rfc.provider import (
    Provider,
    a_client,
    access_claims,
    body,
    id_claims,
    why,
)


def test_3_1_3_2_the_code_is_bound_to_client_address_and_verifier() -> None:
    house = Provider.of(a_client(), a_client("other"))
    code = house.code()
    assert why(house.exchange(code, "other")) == "code_of_another"
    assert why(house.exchange(code, redirect_uri="x")) == "redirect_uri"
    assert why(house.exchange(code, code_verifier="x" * 43)) == "verifier_wrong"
    assert house.exchange(code).status == 200


def test_3_1_3_2_a_code_from_a_request_without_openid_gives_no_id_token() -> None:
    house = Provider.of()
    assert "id_token" not in body(house.exchange(house.code(scope="email")))


def test_3_1_3_3_no_reply_with_tokens_is_cached() -> None:
    house = Provider.of()
    headers = house.exchange(house.code()).headers
    assert ("Cache-Control", "no-store") in headers
    assert ("Pragma", "no-cache") in headers


def test_3_1_3_7_access_and_id_token_are_of_one_sign_in() -> None:
    tokens = Provider.of().tokens()
    access, identity = access_claims(tokens), id_claims(tokens)
    for name in ("iss", "sub", "sid", "acr", "amr", "auth_time"):
        assert access[name] == identity[name]


def test_12_2_a_refreshed_id_token_hashes_the_new_access_token() -> None:
    house = Provider.of()
    first = house.tokens(scope="openid offline_access")
    again = body(house.refresh(first["refresh_token"]))
    assert id_claims(again)["at_hash"] == half_hash_of(again["access_token"])


def test_12_2_a_refreshed_id_token_tells_the_claims_that_were_asked_by_name() -> None:
    house = Provider.of()
    first = house.tokens(scope="openid offline_access", claims='{"id_token": {"name": null}}')
    again = body(house.refresh(first["refresh_token"]))
    assert id_claims(again)["name"] == "Sri Wahyuni"


def test_the_person_is_read_only_when_the_id_token_says_something_of_them() -> None:
    house = Provider.of()
    for wish, read in (("", False), ('{"id_token": {"name": null}}', True)):
        code = house.code(claims=wish)
        facts = house.facts(house.needs({"grant_type": "authorization_code", "code": code}))
        assert (facts.subject is not None) is read
