"""RFC 6749 sections 4.4 and 5: a client for itself, and what the token endpoint answers."""

import pytest

from gapura.sso.protocol.records import AuthMethod, GrantType
from tests.sso.rfc.provider import (
    API,
    ISSUER,
    Provider,
    a_client,
    access_claims,
    body,
    error,
    why,
)

OWN = {"grant_type": "client_credentials"}


def test_4_4_3_the_client_gets_an_access_token_and_nothing_else() -> None:
    reply = Provider.of().token(OWN)
    assert reply.status == 200
    assert set(body(reply)) == {"access_token", "token_type", "expires_in", "scope"}


def test_4_4_a_public_client_gets_none() -> None:
    house = Provider.of(a_client(auth_method=AuthMethod.NONE))
    assert why(house.token(OWN)) == "public"


def test_4_4_2_without_a_scope_it_gets_those_of_its_own_and_none_of_persons() -> None:
    assert body(Provider.of().token(OWN))["scope"] == "catalog.read catalog.write"


@pytest.mark.parametrize("scope", ["openid", "profile", "grants", "offline_access", "catalog.all"])
def test_4_4_2_scopes_of_persons_or_outside_the_contract_are_refused(scope: str) -> None:
    reply = Provider.of().token(OWN | {"scope": f"catalog.read {scope}"})
    assert error(reply) == "invalid_scope"


def test_4_4_2_fewer_scopes_may_be_asked() -> None:
    assert body(Provider.of().token(OWN | {"scope": "catalog.read"}))["scope"] == "catalog.read"


def test_4_4_the_token_is_about_the_client_itself() -> None:
    claims = access_claims(body(Provider.of().token(OWN)))
    assert claims["sub"] == claims["client_id"] == "spse"
    assert not claims.keys() & {"aid", "sid", "auth_time", "acr", "amr"}


def test_4_4_the_default_audience_is_the_only_resource_of_the_contract() -> None:
    house = Provider.of(a_client(audiences=(API,)))
    assert access_claims(body(house.token(OWN)))["aud"] == API


def test_4_4_with_several_resources_the_default_audience_is_the_issuer() -> None:
    assert access_claims(body(Provider.of().token(OWN)))["aud"] == ISSUER


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password", "username": "x", "password": "y"}, "unsupported_grant_type"),
        ({"grant_type": "implicit"}, "unsupported_grant_type"),
        ({"grant_type": "CLIENT_CREDENTIALS"}, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_request"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "x"}, "invalid_grant"),
    ],
)
def test_5_2_each_fault_has_its_code_and_status_400(asked: dict[str, str], code: str) -> None:
    reply = Provider.of().token(asked)
    assert (reply.status, error(reply)) == (400, code)
    assert ("Cache-Control", "no-store") in reply.headers


@pytest.mark.parametrize("grant", [grant.value for grant in GrantType])
def test_5_2_a_grant_that_was_not_registered_is_unauthorized_client(grant: str) -> None:
    house = Provider.of(a_client(grant_types=frozenset(GrantType) - {GrantType(grant)}))
    reply = house.token({"grant_type": grant, "code": "x", "refresh_token": "x"})
    assert error(reply) == "unauthorized_client"


def test_5_2_a_refusal_never_tells_its_inner_reason() -> None:
    reply = Provider.of().token({"grant_type": "refresh_token", "refresh_token": "x"})
    assert why(reply) == "refresh_unknown"
    assert set(body(reply)) == {"error", "error_description"}
    assert "refresh_unknown" not in str(body(reply))


def test_5_2_descriptions_hold_no_sign_that_the_grammar_forbids() -> None:
    for asked in ({}, {"grant_type": "x"}, {"grant_type": "refresh_token"}, OWN | {"scope": "x"}):
        told = body(Provider.of().token(asked))["error_description"]
        assert all(" " <= sign <= "~" and sign not in '"\\' for sign in told)


def test_the_log_entry_tells_client_grant_scopes_and_token() -> None:
    house = Provider.of()
    claims = access_claims(body(house.token(OWN)))
    (event,) = house.events
    assert event.name == "sso.token.issued"
    assert event.facts == {
        "client_id": "spse",
        "grant_type": "client_credentials",
        "scopes": "catalog.read catalog.write",
        "jti": claims["jti"],
    }
