"""RFC 6750: how a token is presented, and what is answered to a bad one; RFC 9449 7 beside it."""

import pytest

from gapura.sso.protocol import userinfo
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from tests.sso.rfc.provider import API, JKT, OTHER_JKT, Provider, a_client, body, why


def challenge(problem: OAuthProblem) -> str:
    return dict(problem.headers)["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["Bearer abc", "bearer abc", "BEARER  abc"])
def test_2_1_the_header_carries_the_token_under_any_case_of_the_scheme(header: str) -> None:
    assert userinfo.presented(header) == userinfo.Presented("abc", "Bearer")


def test_2_2_a_form_may_carry_it() -> None:
    came = userinfo.presented("", Parameters.of({"access_token": "abc"}))
    assert came == userinfo.Presented("abc", "Bearer")


def test_2_a_token_sent_two_ways_is_refused() -> None:
    with pytest.raises(OAuthProblem) as refusal:
        userinfo.presented("Bearer abc", Parameters.of({"access_token": "abc"}))
    assert (refusal.value.status, refusal.value.error) == (400, "invalid_request")


def test_2_3_a_token_in_the_address_is_refused() -> None:
    with pytest.raises(OAuthProblem) as refusal:
        userinfo.presented("", None, Parameters.of({"access_token": "abc"}))
    assert (refusal.value.status, refusal.value.why) == (400, "in_query")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Token abc", "abc"])
def test_3_1_without_a_token_the_challenge_names_no_error(header: str) -> None:
    with pytest.raises(OAuthProblem) as refusal:
        userinfo.presented(header)
    assert refusal.value.status == 401
    assert challenge(refusal.value) == 'Bearer realm="gapura"'


@pytest.mark.parametrize("token", ["x", "a.b.c", "gpf_202611" + "x" * 43])
def test_3_1_what_is_no_token_is_invalid_token(token: str) -> None:
    reply = Provider.of().userinfo(token)
    assert reply.status == 401
    assert 'error="invalid_token"' in dict(reply.headers)["WWW-Authenticate"]


def test_3_1_an_expired_token_is_invalid_token_and_says_no_more() -> None:
    house = Provider.of()
    token = house.tokens()["access_token"]
    expired = house.later(seconds=300).userinfo(token)
    assert why(expired) == "expired"
    assert expired.headers == house.userinfo("x").headers


def test_3_1_a_token_works_until_its_five_minutes_are_over() -> None:
    house = Provider.of()
    token = house.tokens()["access_token"]
    assert house.later(seconds=299).userinfo(token).status == 200


def test_3_1_too_small_a_scope_is_403() -> None:
    house = Provider.of()
    reply = house.userinfo(house.tokens(scope="email")["access_token"])
    assert reply.status == 403
    assert 'error="insufficient_scope"' in dict(reply.headers)["WWW-Authenticate"]


def test_5_2_a_token_for_another_server_is_refused() -> None:
    house = Provider.of()
    assert why(house.userinfo(house.tokens(resource=API)["access_token"])) == "aud"


def test_an_id_token_is_no_access_token() -> None:
    house = Provider.of()
    assert why(house.userinfo(house.tokens()["id_token"])) == "typ"


def test_replies_are_never_cached() -> None:
    house = Provider.of()
    assert ("Cache-Control", "no-store") in house.userinfo(house.tokens()["access_token"]).headers
    assert ("Cache-Control", "no-store") in house.userinfo("x").headers


def test_a_revoked_token_and_one_of_a_suspended_client_are_refused() -> None:
    house = Provider.of()
    token, other = house.tokens()["access_token"], house.tokens()["access_token"]
    house.revoke(token)
    assert house.userinfo(token).status == 401
    assert house.userinfo(other).status == 200
    house.change("spse", active=False)
    assert house.userinfo(other).status == 401


def test_9449_7_2_a_bound_token_is_worth_nothing_as_a_bearer_token() -> None:
    house = Provider.of()
    token = house.tokens(jkt=JKT)["access_token"]
    reply = house.userinfo(token)
    assert why(reply) == "scheme"
    assert dict(reply.headers)["WWW-Authenticate"].startswith("DPoP ")


def test_9449_7_1_a_bound_token_opens_with_its_own_key_alone() -> None:
    house = Provider.of()
    token = house.tokens(jkt=JKT)["access_token"]
    assert why(house.userinfo(token, "DPoP", OTHER_JKT)) == "key"
    assert why(house.userinfo(token, "DPoP")) == "key"
    assert house.userinfo(token, "DPoP", JKT).status == 200


def test_9449_7_1_a_bearer_token_under_the_other_scheme_is_refused() -> None:
    house = Provider.of()
    assert why(house.userinfo(house.tokens()["access_token"], "DPoP", JKT)) == "scheme"


def test_a_client_may_ask_for_a_token_for_userinfo_beside_its_resource() -> None:
    house = Provider.of(a_client())
    tokens = house.tokens(resource=API, scope="openid offline_access")
    ours = body(house.refresh(tokens["refresh_token"], resource="https://gapura.example"))
    assert house.userinfo(ours["access_token"]).status == 200
