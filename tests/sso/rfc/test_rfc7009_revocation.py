"""RFC 7009: tokens given back; the answer is the same whatever they were."""

import pytest

from tests.sso.rfc.provider import (
    Provider,
    a_client,
    a_public_client,
    access_claims,
    error,
    old_ring,
)


@pytest.fixture
def house() -> Provider:
    return Provider.of(a_client(), a_client("other"), a_public_client())


def test_2_1_a_revoked_access_token_no_longer_works(house: Provider) -> None:
    tokens = house.tokens()
    assert house.revoke(tokens["access_token"]).status == 200
    assert house.introspect(tokens["access_token"]) == {"active": False}
    assert house.refresh(tokens["refresh_token"]).status == 200


def test_2_1_a_revoked_refresh_token_takes_its_access_tokens_with_it(house: Provider) -> None:
    tokens = house.tokens()
    assert house.revoke(tokens["refresh_token"]).status == 200
    assert house.refresh(tokens["refresh_token"]).status == 400
    assert house.introspect(tokens["access_token"]) == {"active": False}
    assert house.userinfo(tokens["access_token"]).status == 401


def test_2_1_a_public_client_gives_back_its_own(house: Provider) -> None:
    tokens = house.tokens("spa")
    house.revoke(tokens["refresh_token"], "spa")
    assert house.refresh(tokens["refresh_token"], "spa").status == 400


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_2_1_the_token_of_another_client_stays_and_the_answer_is_200(
    house: Provider, kind: str
) -> None:
    tokens = house.tokens()
    for thief in ("other", "spa"):
        reply = house.revoke(tokens[kind], thief)
        assert (reply.status, reply.body, reply.writes, reply.event) == (200, b"", (), None)
    assert house.introspect(tokens["access_token"])["active"] is True
    assert house.refresh(tokens["refresh_token"]).status == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "gpf_202611" + "x" * 43, "gpf_999999" + "x" * 43])
def test_2_2_an_unknown_token_is_answered_with_200(house: Provider, token: str) -> None:
    reply = house.revoke(token)
    assert (reply.status, reply.body, reply.writes) == (200, b"", ())


def test_2_2_an_expired_token_is_answered_with_200(house: Provider) -> None:
    token = house.tokens()["access_token"]
    assert house.later(minutes=6).revoke(token).status == 200
    assert house.revoked == set()


def test_2_2_a_forged_token_revokes_nothing(house: Provider) -> None:
    claims = access_claims(house.tokens())
    forged = old_ring().sign(claims, typ="at+jwt")
    assert house.revoke(forged).status == 200
    assert house.revoked == set()


def test_2_1_an_id_token_is_not_something_to_revoke(house: Provider) -> None:
    assert house.revoke(house.tokens()["id_token"]).writes == ()


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "password", "x" * 99])
def test_2_1_a_wrong_hint_changes_nothing(house: Provider, hint: str) -> None:
    tokens = house.tokens()
    house.revoke(tokens["refresh_token"], token_type_hint=hint)
    assert house.refresh(tokens["refresh_token"]).status == 400


def test_2_1_without_a_token_the_request_is_invalid(house: Provider) -> None:
    assert error(house.revoke("")) == "invalid_request"


def test_2_2_revoking_twice_is_no_error_and_told_by_the_first_reason(house: Provider) -> None:
    tokens = house.tokens()
    for _ in range(2):
        assert house.revoke(tokens["refresh_token"]).status == 200
    assert list(house.ended.values()) == ["revoked"]


def test_a_revocation_is_told_in_the_log(house: Provider) -> None:
    tokens = house.tokens()
    house.revoke(tokens["access_token"])
    event = house.events[-1]
    assert event.name == "sso.token.revoked"
    assert event.facts["jti"] == access_claims(tokens)["jti"]
