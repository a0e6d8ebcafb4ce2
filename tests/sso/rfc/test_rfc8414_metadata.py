"""RFC 8414 and OpenID Connect Discovery 3: what this server says of itself."""

import json
from typing import Any

import pytest

from gapura.sso.protocol.jose import CLIENT_ALGORITHMS
from gapura.sso.protocol.metadata import OAUTH_PATH, OPENID_PATH, Addresses, discovery
from tests.sso.rfc.making import ISSUER

NAMED: dict[str, Any] = {
    "scopes": ("openid", "profile"),
    "claims": ("sub", "name"),
    "acrs": ("urn:gapura:acr:1", "urn:gapura:acr:2"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(discovery(ISSUER, **NAMED))
    return found


def test_section_2_what_is_required_is_there(document: dict[str, Any]) -> None:
    required = {
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "response_types_supported",
        "subject_types_supported",
        "id_token_signing_alg_values_supported",
    }
    assert required <= document.keys()


def test_section_2_the_issuer_is_the_configured_one_sign_by_sign(document: dict[str, Any]) -> None:
    assert document["issuer"] == ISSUER


def test_section_3_every_address_is_the_issuers_own(document: dict[str, Any]) -> None:
    """D14: no endpoint is ever built from the Host header; there is none here to build from."""
    addresses = {
        name: value
        for name, value in document.items()
        if name.endswith(("_endpoint", "_uri")) and isinstance(value, str)
    }
    assert len(addresses) == 9
    assert all(value.startswith(f"{ISSUER}/oauth2/") for value in addresses.values())
    assert len(set(addresses.values())) == len(addresses)


def test_section_3_1_both_well_known_paths_are_named() -> None:
    assert OPENID_PATH == "/.well-known/openid-configuration"
    assert OAUTH_PATH == "/.well-known/oauth-authorization-server"


@pytest.mark.parametrize("issuer", [ISSUER, ISSUER + "/", "http://localhost:8000"])
def test_an_issuer_with_a_slash_gives_no_double_one(issuer: str) -> None:
    at = Addresses(issuer)
    assert at.token == issuer.rstrip("/") + "/oauth2/token"
    assert at.registered("abc") == issuer.rstrip("/") + "/oauth2/register/abc"
    assert json.loads(discovery(issuer, **NAMED))["issuer"] == issuer


def test_rfc9700_2_1_nothing_weak_is_offered(document: dict[str, Any]) -> None:
    assert document["response_types_supported"] == ["code"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert set(document["grant_types_supported"]) == {
        "authorization_code",
        "refresh_token",
        "client_credentials",
    }
    algorithms = [value for name, value in document.items() if "_alg_values_" in name]
    assert len(algorithms) == 5
    weak = {"none", "HS256", "HS384", "HS512"}
    assert not any(weak & set(values) for values in algorithms)


def test_openid_registration_2_rs256_is_offered_for_id_tokens(document: dict[str, Any]) -> None:
    """Discovery 3 requires it; whoever registers dynamically gets it."""
    assert document["id_token_signing_alg_values_supported"] == ["ES256", "PS256", "RS256"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("request_parameter_supported", False),
        ("request_uri_parameter_supported", False),
        ("authorization_response_iss_parameter_supported", True),
        ("claims_parameter_supported", True),
        ("backchannel_logout_supported", True),
        ("backchannel_logout_session_supported", True),
    ],
)
def test_what_would_otherwise_be_guessed_is_said(
    document: dict[str, Any], member: str, value: bool
) -> None:
    assert document[member] is value


def test_section_2_introspection_is_for_clients_that_prove_themselves(
    document: dict[str, Any],
) -> None:
    assert "none" not in document["introspection_endpoint_auth_methods_supported"]
    for endpoint in ("token", "revocation"):
        assert "none" in document[f"{endpoint}_endpoint_auth_methods_supported"]


def test_rfc9449_5_1_the_algorithms_of_proofs_are_named(document: dict[str, Any]) -> None:
    assert document["dpop_signing_alg_values_supported"] == list(CLIENT_ALGORITHMS)


def test_a_server_without_registration_does_not_name_it() -> None:
    closed = json.loads(discovery(ISSUER, **NAMED, registration=False, documentation="https://d"))
    assert "registration_endpoint" not in closed
    assert closed["service_documentation"] == "https://d"


def test_the_document_is_the_same_bytes_each_time() -> None:
    assert discovery(ISSUER, **NAMED) == discovery(ISSUER, **NAMED)
