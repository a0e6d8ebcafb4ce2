"""RFC 6749 section 6 and RFC 9700 section 4.14: refresh tokens, and what their theft comes to."""

from datetime import timedelta

import pytest

from gapura.sso.protocol.records import FAMILY_LIFE, REFRESH_LIFE, RETRY_GRACE, GrantType
from tests.sso.rfc.provider import (
    API,
    JKT,
    OTHER_JKT,
    Provider,
    a_client,
    a_public_client,
    access_claims,
    body,
    error,
    id_claims,
    why,
)

OFFLINE = "openid email offline_access"


@pytest.fixture
def house() -> Provider:
    return Provider.of(a_client(), a_client("other"), a_public_client(), a_public_client("else"))


def signed_in(house: Provider, client: str = "spa", **more: str) -> str:
    return str(house.tokens(client, scope=OFFLINE, **more)["refresh_token"])


def test_6_a_refresh_token_becomes_an_access_token(house: Provider) -> None:
    reply = house.refresh(signed_in(house, "spse"))
    assert reply.status == 200
    assert body(reply)["scope"] == "openid email offline_access"


def test_6_the_client_may_ask_for_fewer_scopes(house: Provider) -> None:
    reply = body(house.refresh(signed_in(house, "spse"), scope="email"))
    assert reply["scope"] == "email"
    assert "id_token" not in reply


def test_6_scopes_never_grow_even_within_the_contract(house: Provider) -> None:
    reply = house.refresh(signed_in(house, "spse"), scope="openid phone")
    assert error(reply) == "invalid_scope"


def test_6_a_narrow_request_does_not_narrow_the_next_token(house: Provider) -> None:
    narrow = body(house.refresh(signed_in(house), "spa", scope="openid"))
    wide = body(house.refresh(narrow["refresh_token"], "spa"))
    assert wide["scope"] == "openid email offline_access"


def test_6_what_left_the_contract_is_left_out(house: Provider) -> None:
    text = signed_in(house, "spse")
    house.change("spse", scopes=frozenset({"openid"}))
    assert body(house.refresh(text))["scope"] == "openid"


def test_6_nothing_is_issued_when_the_contract_has_none_of_its_scopes_left(
    house: Provider,
) -> None:
    text = signed_in(house, "spse")
    house.change("spse", scopes=frozenset({"phone"}))
    assert why(house.refresh(text)) == "contract_changed"


def test_6_a_refresh_token_of_another_client_is_refused_and_stays_good(house: Provider) -> None:
    text = signed_in(house, "spse")
    assert why(house.refresh(text, "other")) == "refresh_of_another"
    assert house.refresh(text).status == 200


def test_6_an_unknown_refresh_token_is_an_invalid_grant(house: Provider) -> None:
    assert why(house.refresh("gpf_202612" + "x" * 43)) == "refresh_unknown"


def test_a_client_without_the_grant_gets_no_refresh_token() -> None:
    house = Provider.of(a_client(grant_types=frozenset({GrantType.CODE})))
    assert "refresh_token" not in house.tokens(scope=OFFLINE)


def test_6_a_refresh_token_expires(house: Provider) -> None:
    text = signed_in(house, "spse")
    house.now += REFRESH_LIFE
    assert why(house.refresh(text)) == "refresh_expired"


def test_a_line_of_refresh_tokens_ends_however_often_it_is_renewed(house: Provider) -> None:
    started, text = house.now, signed_in(house)
    while (reply := house.later(days=20).refresh(text, "spa")).status == 200:
        assert house.now < started + FAMILY_LIFE
        text = body(reply)["refresh_token"]
    assert why(reply) == "refresh_expired"
    assert house.now - started == timedelta(days=100)


def test_6_after_the_authorization_ended_nothing_is_issued(house: Provider) -> None:
    text = signed_in(house, "spse")
    house.ended.update(dict.fromkeys(house.authorizations, "withdrawn"))
    assert why(house.refresh(text)) == "authorization_ended"


def test_fapi_5_3_2_1_a_confidential_client_keeps_its_refresh_token(house: Provider) -> None:
    text = signed_in(house, "spse")
    for _ in range(3):
        reply = house.later(days=1).refresh(text)
        assert reply.status == 200
        assert "refresh_token" not in body(reply)


def test_9700_4_14_2_a_public_client_gets_a_new_one_each_time(house: Provider) -> None:
    first = signed_in(house)
    second = body(house.refresh(first, "spa"))["refresh_token"]
    assert second != first
    assert house.refresh(second, "spa").status == 200


def test_9700_4_14_2_reuse_of_a_rotated_token_ends_all_that_rests_on_it(house: Provider) -> None:
    stolen = signed_in(house)
    tokens = body(house.refresh(stolen, "spa"))
    again = house.later(seconds=11).refresh(stolen, "spa")
    assert (error(again), why(again)) == ("invalid_grant", "refresh_replayed")
    assert why(house.refresh(tokens["refresh_token"], "spa")) == "authorization_ended"
    assert house.userinfo(tokens["access_token"]).status == 401
    assert house.events[-1].name == "sso.refresh.replayed"


def test_a_lost_answer_may_be_asked_for_again_within_the_grace(house: Provider) -> None:
    text = signed_in(house)
    lost = body(house.refresh(text, "spa"))["refresh_token"]
    house.now += RETRY_GRACE
    got = body(house.refresh(text, "spa"))["refresh_token"]
    assert house.later(minutes=5).refresh(got, "spa").status == 200
    assert lost != got


def test_after_a_retry_the_lost_token_is_a_stolen_one(house: Provider) -> None:
    text = signed_in(house)
    lost = body(house.refresh(text, "spa"))["refresh_token"]
    got = body(house.refresh(text, "spa"))["refresh_token"]
    assert why(house.later(minutes=5).refresh(lost, "spa")) == "refresh_replayed"
    assert why(house.refresh(got, "spa")) == "authorization_ended"


def test_an_answer_may_be_asked_for_again_once_and_no_more(house: Provider) -> None:
    text = signed_in(house)
    house.refresh(text, "spa")
    got = body(house.refresh(text, "spa"))["refresh_token"]
    assert why(house.refresh(text, "spa")) == "refresh_retried"
    assert house.refresh(got, "spa").status == 200


def test_a_retry_after_the_next_token_was_used_is_refused(house: Provider) -> None:
    text = signed_in(house)
    second = body(house.refresh(text, "spa"))["refresh_token"]
    third = body(house.refresh(second, "spa"))["refresh_token"]
    assert why(house.refresh(text, "spa")) == "refresh_retried"
    assert house.refresh(third, "spa").status == 200


def test_9449_5_a_refresh_token_of_a_public_client_is_bound_to_its_key(house: Provider) -> None:
    text = signed_in(house, jkt=JKT)
    assert why(house.refresh(text, "spa")) == "refresh_key"
    assert why(house.refresh(text, "spa", jkt=OTHER_JKT)) == "refresh_key"
    assert body(house.refresh(text, "spa", jkt=JKT))["token_type"] == "DPoP"


def test_9449_5_a_retry_with_another_key_is_a_theft(house: Provider) -> None:
    text = signed_in(house, jkt=JKT)
    house.refresh(text, "spa", jkt=JKT)
    assert why(house.refresh(text, "spa", jkt=OTHER_JKT)) == "refresh_replayed"


def test_9449_5_a_confidential_client_may_change_its_key(house: Provider) -> None:
    text = signed_in(house, "spse", jkt=JKT)
    reply = body(house.refresh(text, jkt=OTHER_JKT))
    assert access_claims(reply)["cnf"] == {"jkt": OTHER_JKT}


def test_core_12_2_the_id_token_of_a_refresh_is_about_the_same_sign_in(house: Provider) -> None:
    first = house.tokens(scope=OFFLINE, nonce="n-7")
    again = id_claims(body(house.later(minutes=9).refresh(first["refresh_token"])))
    before = id_claims(first)
    for name in ("iss", "sub", "aud", "azp", "auth_time", "acr", "sid"):
        assert again[name] == before[name]
    assert "nonce" not in again
    assert again["iat"] == before["iat"] + 540


def test_8707_2_2_a_refresh_may_name_one_of_the_authorized_resources(house: Provider) -> None:
    other = "https://api.example/orders"
    tokens = house.tokens(scope=OFFLINE, resource=[API, other])
    assert access_claims(tokens)["aud"] == [API, other]
    assert access_claims(body(house.refresh(tokens["refresh_token"], resource=API)))["aud"] == API


def test_8707_2_2_a_refresh_never_names_more_than_was_authorized(house: Provider) -> None:
    tokens = house.tokens(scope=OFFLINE, resource=API)
    reply = house.refresh(tokens["refresh_token"], resource="https://api.example/orders")
    assert error(reply) == "invalid_target"


def test_the_log_tells_each_refresh_with_its_authorization(house: Provider) -> None:
    text = signed_in(house, "spse")
    house.refresh(text)
    event = house.events[-1]
    (authorization,) = house.authorizations
    assert event.name == "sso.token.refreshed"
    assert event.facts["authorization"] == str(authorization)
