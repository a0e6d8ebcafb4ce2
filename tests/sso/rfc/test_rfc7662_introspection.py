"""RFC 7662: what a token is worth right now, and to whom that is told."""

from dataclasses import replace
from typing import Any

import pytest

from gapura.sso.protocol import introspection
from tests.sso.rfc.provider import (
    API,
    ISSUER,
    JKT,
    Provider,
    a_client,
    a_public_client,
    access_claims,
    body,
    error,
    old_ring,
    ring,
)

INACTIVE = {"active": False}


@pytest.fixture
def house() -> Provider:
    return Provider.of(
        a_client(), a_client("api", resource=API), a_client("other"), a_public_client()
    )


def test_2_2_its_client_is_told_what_stands_in_it(house: Provider) -> None:
    tokens = house.tokens(scope="openid email")
    claims = access_claims(tokens)
    told = house.introspect(tokens["access_token"])
    assert told.pop("active") is True
    assert told.pop("token_type") == "Bearer"
    assert told == {name: value for name, value in claims.items() if name != "aid"}


def test_2_1_its_audience_is_told(house: Provider) -> None:
    token = house.tokens(resource=API)["access_token"]
    assert house.introspect(token, "api")["aud"] == API


def test_4_to_anybody_else_it_is_inactive(house: Provider) -> None:
    token = house.tokens(resource=API)["access_token"]
    assert house.introspect(token, "other") == INACTIVE
    assert house.introspect(house.tokens()["access_token"], "api") == INACTIVE


def test_2_1_a_public_client_cannot_ask(house: Provider) -> None:
    token = house.tokens("spa")["access_token"]
    reply = house.ask(introspection, {"token": token}, "spa")
    assert (reply.status, error(reply)) == (401, "invalid_client")


def forged(claims: dict[str, Any], **change: Any) -> str:
    return ring().sign(claims | change, typ="at+jwt")


@pytest.mark.parametrize(
    "token", ["x", "a.b.c", "gpf_202611" + "x" * 43, "gpc_20261123" + "x" * 43]
)
def test_2_2_what_is_no_token_is_exactly_inactive(house: Provider, token: str) -> None:
    assert house.introspect(token) == INACTIVE


def test_2_2_every_way_to_be_inactive_gives_the_same_answer(house: Provider) -> None:
    tokens = house.tokens(scope="openid offline_access")
    claims = access_claims(tokens)
    for token in (
        tokens["id_token"],
        tokens["access_token"] + "x",
        old_ring().sign(claims, typ="at+jwt"),
        forged(claims, iss="https://evil.example"),
        forged(claims, client_id="nobody"),
        forged(claims, aid="01930000-0000-7000-8000-00000000ffff"),
        forged(claims, exp=claims["iat"]),
        forged(claims, exp=claims["exp"] + 3600),
    ):
        assert house.introspect(token) == INACTIVE


def test_2_2_an_expired_token_is_inactive_at_its_very_second(house: Provider) -> None:
    token = house.tokens()["access_token"]
    assert house.later(seconds=299).introspect(token)["active"] is True
    assert house.later(seconds=1).introspect(token) == INACTIVE


def test_2_2_a_token_is_inactive_at_once_when_what_it_rests_on_ends(house: Provider) -> None:
    token, own = (
        house.tokens()["access_token"],
        body(house.token({"grant_type": "client_credentials"}))["access_token"],
    )
    house.ended.update(dict.fromkeys(house.authorizations, "suspended"))
    assert house.introspect(token) == INACTIVE
    assert house.introspect(own)["active"] is True


def test_2_2_a_token_of_a_suspended_client_is_inactive_to_its_audience(house: Provider) -> None:
    token = house.tokens(resource=API)["access_token"]
    house.change("spse", active=False)
    assert house.introspect(token, "api") == INACTIVE


def test_2_2_a_token_never_rests_on_the_authorization_of_another_client(house: Provider) -> None:
    theirs = access_claims(house.tokens())
    ours = access_claims(house.tokens("spa"))
    crossed = forged(theirs, aid=ours["aid"])
    assert house.introspect(crossed) == INACTIVE


def test_2_2_a_refresh_token_is_told_to_its_own_client_alone(house: Provider) -> None:
    text = house.tokens(scope="openid offline_access")["refresh_token"]
    told = house.introspect(text)
    assert (told["active"], told["client_id"]) == (True, "spse")
    assert told["scope"] == "openid offline_access"
    assert house.introspect(text, "other") == INACTIVE
    assert house.introspect(text, "api") == INACTIVE


def test_2_2_a_refresh_token_is_inactive_once_it_expired_or_ended(house: Provider) -> None:
    text = house.tokens()["refresh_token"]
    house.revoke(text)
    assert house.introspect(text) == INACTIVE
    other = house.tokens()["refresh_token"]
    assert house.later(days=30).introspect(other) == INACTIVE


def test_2_1_without_a_token_the_request_is_invalid(house: Provider) -> None:
    assert house.introspect("")["error"] == "invalid_request"


def test_9449_6_2_a_bound_token_tells_its_key(house: Provider) -> None:
    told = house.introspect(house.tokens(jkt=JKT)["access_token"])
    assert (told["token_type"], told["cnf"]) == ("DPoP", {"jkt": JKT})


def test_a_revoked_grant_is_seen_at_once(house: Provider) -> None:
    token = house.tokens(scope="openid grants", resource=API)["access_token"]
    before = house.introspect(token, "api")["gapura_grants"]
    assert [grant["role"] for grant in before] == ["ppk", "kpa", "staf_perusahaan"]
    house.subject = replace(house.subject, grants=house.subject.grants[1:])
    after = house.introspect(token, "api")["gapura_grants"]
    assert [grant["role"] for grant in after] == ["kpa", "staf_perusahaan"]
    house.subject = replace(house.subject, grants=())
    assert house.introspect(token, "api")["gapura_grants"] == []


def test_grants_are_told_within_the_contract_of_the_one_who_asks(house: Provider) -> None:
    token = house.tokens(scope="openid grants", resource=API)["access_token"]
    house.change("api", roles=frozenset({"ppk"}))
    assert [g["role"] for g in house.introspect(token, "api")["gapura_grants"]] == ["ppk"]
    house.change("api", scopes=frozenset({"catalog.read"}))
    assert "gapura_grants" not in house.introspect(token, "api")


def test_without_the_scope_no_grants_are_told(house: Provider) -> None:
    token = house.tokens(scope="openid")["access_token"]
    assert "gapura_grants" not in house.introspect(token)


def test_the_issuer_is_named(house: Provider) -> None:
    assert house.introspect(house.tokens()["access_token"])["iss"] == ISSUER
