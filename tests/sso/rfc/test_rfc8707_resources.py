"""RFC 8707: for whom a token is."""

import pytest

from gapura.sso.protocol.audiences import MOST
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    API,
    ISSUER,
    OTHER_API,
    Provider,
    a_client,
    access_claims,
    body,
    error,
    why,
)

OWN = {"grant_type": "client_credentials"}
FOREIGN = "https://elsewhere.example/api"


def test_2_without_a_resource_the_token_is_for_the_issuer_alone() -> None:
    assert access_claims(Provider.of().tokens())["aud"] == ISSUER


def test_2_the_token_is_for_the_resource_that_was_asked_and_nobody_else() -> None:
    assert access_claims(Provider.of().tokens(resource=API))["aud"] == API


def test_2_several_resources_make_a_list() -> None:
    assert access_claims(Provider.of().tokens(resource=[API, OTHER_API]))["aud"] == [API, OTHER_API]


@pytest.mark.parametrize(
    "resource",
    [FOREIGN, API + "/", API.upper(), "catalog", "/catalog", API + "#x", "https://[", API + "#"],
)
def test_2_a_resource_outside_the_contract_or_malformed_is_an_invalid_target(resource: str) -> None:
    house = Provider.of(a_client(audiences=(API, API + "#x", API + "#", "catalog", "https://[")))
    with pytest.raises(Returned) as refusal:
        house.read(resource=resource)
    assert refusal.value.problem.error == "invalid_target"
    assert error(house.token(OWN | {"resource": resource})) == "invalid_target"


def test_2_one_foreign_resource_among_others_refuses_them_all() -> None:
    reply = Provider.of().token(OWN | {"resource": [API, FOREIGN]})
    assert error(reply) == "invalid_target"


def test_2_resources_are_bounded() -> None:
    many = [f"https://api.example/{number}" for number in range(MOST + 1)]
    reply = Provider.of(a_client(audiences=tuple(many))).token(OWN | {"resource": many})
    assert why(reply) == "too_many_resources"


def test_2_a_resource_named_twice_counts_once() -> None:
    reply = Provider.of().token(OWN | {"resource": [API, API]})
    assert access_claims(body(reply))["aud"] == API


def test_2_2_a_code_gives_a_token_for_one_of_the_authorized_resources() -> None:
    house = Provider.of()
    reply = house.exchange(house.code(resource=[API, OTHER_API]), resource=API)
    assert access_claims(body(reply))["aud"] == API


def test_2_2_a_code_never_gives_a_token_for_what_was_not_authorized() -> None:
    house = Provider.of()
    code = house.code(resource=API)
    assert error(house.exchange(code, resource=OTHER_API)) == "invalid_target"
    assert house.exchange(code).status == 200


def test_2_2_a_resource_that_left_the_contract_is_left_out() -> None:
    house = Provider.of()
    code = house.code(resource=[API, OTHER_API])
    house.change("spse", audiences=(API,))
    assert access_claims(body(house.exchange(code)))["aud"] == API


def test_2_2_when_all_left_the_contract_no_token_for_another_is_given_in_their_place() -> None:
    house = Provider.of()
    code = house.code(resource=API)
    house.change("spse", audiences=())
    assert why(house.exchange(code)) == "contract_changed"


def test_2_2_the_issuer_may_always_be_named_for_userinfo() -> None:
    house = Provider.of()
    reply = house.exchange(house.code(resource=API), resource=ISSUER)
    assert house.userinfo(body(reply)["access_token"]).status == 200
