"""RFC 7591, RFC 7592 and OpenID Connect Registration 2: what a client may be registered with."""

from datetime import UTC, datetime
from typing import Any

import pytest

from gapura.sso.protocol.jose import OUR_ALGORITHMS
from gapura.sso.protocol.members import MEMBERS
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Profile
from gapura.sso.protocol.registration import Rules, flaws, sector_of, told, updated, validated
from tests.sso.rfc.making import NOW, ec_key, why

SCOPES = frozenset({"openid", "profile", "email"})
BY_HAND, DYNAMIC = Rules(SCOPES), Rules(SCOPES, dynamic=True)
SANDBOX = Rules(SCOPES, sandbox=True)
STRICT = Rules(SCOPES, profile=Profile.FAPI2)
KEYS = {"keys": [ec_key("mine").public.published()]}


def asked(**changes: Any) -> dict[str, Any]:
    whole = {"client_name": "SPSE", "redirect_uris": ["https://spse.example/cb"]} | changes
    return {name: value for name, value in whole.items() if value is not ...}


def said(rules: Rules = BY_HAND, /, **changes: Any) -> list[tuple[str, str]]:
    return [(flaw.member, flaw.why) for flaw in flaws(asked(**changes), rules)]


def test_section_2_defaults_are_filled_in() -> None:
    found = validated(asked(), DYNAMIC)
    assert found["token_endpoint_auth_method"] == "client_secret_basic"
    assert found["grant_types"] == ["authorization_code"]
    assert found["response_types"] == ["code"]
    assert found["application_type"] == "web"
    assert found["scope"] == "email openid profile"


def test_openid_registration_2_a_dynamic_client_gets_rs256_and_others_es256() -> None:
    member = "id_token_signed_response_alg"
    assert validated(asked(), DYNAMIC)[member] == "RS256"
    assert validated(asked(), BY_HAND)[member] == "ES256"
    for algorithm in OUR_ALGORITHMS:
        assert validated(asked(**{member: algorithm}), DYNAMIC)[member] == algorithm


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES384", "", 1, ["RS256"]])
def test_openid_registration_2_another_algorithm_is_refused(algorithm: object) -> None:
    assert said(id_token_signed_response_alg=algorithm) == [
        ("id_token_signed_response_alg", "choice")
    ]


def test_section_2_what_is_not_understood_is_ignored() -> None:
    """D24, mass assignment: nothing reaches a row that is not in the table of members."""
    intruding = {
        "client_id": "chosen",
        "client_secret": "chosen",
        "active": True,
        "profile": "fapi2",
        "least_acr": 0,
        "asks_consent": False,
        "software_statement": "a.b.c",
        "client_name#id": "SPSE",
    }
    found = validated(asked(**intruding), DYNAMIC)
    assert found.keys() <= MEMBERS.keys()


@pytest.mark.parametrize(
    "member",
    [
        "id_token_encrypted_response_alg",
        "userinfo_signed_response_alg",
        "userinfo_encrypted_response_alg",
        "introspection_signed_response_alg",
        "authorization_signed_response_alg",
        "tls_client_certificate_bound_access_tokens",
    ],
)
def test_what_we_would_have_to_send_and_cannot_is_refused(member: str) -> None:
    assert said(**{member: "RS256"}) == [(member, "cannot")]
    assert said(**{member: False}) == []


@pytest.mark.parametrize(
    ("uri", "why_not"),
    [
        ("http://spse.example/cb", "http"),
        ("https://spse.example/cb#x", "fragment"),
        ("https://*.example/cb", "wildcard"),
        ("http://localhost/cb", "http"),
        ("id.go.example.app:/cb", "scheme"),
        ("javascript:alert(1)", "scheme"),
        (1, "type"),
        (None, "type"),
    ],
)
@pytest.mark.parametrize("member", ["redirect_uris", "post_logout_redirect_uris"])
def test_section_5_addresses_for_browsers_are_checked(
    member: str, uri: object, why_not: str
) -> None:
    assert said(**{member: [uri]}) == [(member, why_not)]
    with pytest.raises(OAuthProblem) as caught:
        validated(asked(**{member: [uri]}), DYNAMIC)
    problem = caught.value
    assert (problem.error, problem.status) == ("invalid_redirect_uri", 400)
    assert problem.why == f"{member}:{why_not}"


def test_loopback_is_for_native_sandbox_and_plain_demo_clients() -> None:
    uris = ["http://127.0.0.1:3000/cb"]
    assert said(redirect_uris=uris) == [("redirect_uris", "http")]
    assert said(redirect_uris=uris, application_type="native") == []
    assert said(SANDBOX, redirect_uris=uris) == []
    assert said(Rules(SCOPES, plain_http=True), redirect_uris=uris) == []
    assert said(STRICT, redirect_uris=uris, jwks=KEYS) == [("redirect_uris", "http")]


@pytest.mark.parametrize(
    "member",
    [
        "jwks_uri",
        "logo_uri",
        "client_uri",
        "tos_uri",
        "policy_uri",
        "backchannel_logout_uri",
        "sector_identifier_uri",
        "initiate_login_uri",
    ],
)
@pytest.mark.parametrize(
    "uri",
    [
        "http://spse.example/x",
        "http://169.254.169.254/latest",
        "http://localhost:8000/",
        "file:///etc/passwd",
        "gopher://spse.example/",
        "javascript:alert(1)",
        "https://user:password@spse.example/",
        "https://spse.example/x#y",
        "id.go.example.app:/x",
        1,
    ],
)
def test_section_5_addresses_for_servers_are_https(member: str, uri: object) -> None:
    """SSRF: the fetcher guards against private addresses; here only the form is looked at."""
    found = said(application_type="native", **{member: uri})
    assert [name for name, _ in found] == [member]
    assert said(SANDBOX, **{member: "http://localhost:8000/x"}) == []


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"client_name": ...}, ("client_name", "missing")),
        ({"client_name": ""}, ("client_name", "missing")),
        ({"client_name": "x" * 81}, ("client_name", "too_long")),
        ({"client_name": "SPSE\u202eESPS"}, ("client_name", "signs")),
        ({"client_name": "SPSE\n"}, ("client_name", "signs")),
        ({"client_name": "\0"}, ("client_name", "signs")),
        ({"client_name": ["SPSE"]}, ("client_name", "type")),
        ({"redirect_uris": ...}, ("redirect_uris", "missing")),
        ({"redirect_uris": []}, ("redirect_uris", "missing")),
        ({"redirect_uris": "https://spse.example/cb"}, ("redirect_uris", "type")),
        ({"redirect_uris": ["https://a.example/"] * 2}, ("redirect_uris", "twice")),
        (
            {"redirect_uris": [f"https://a.example/{n}" for n in range(21)]},
            ("redirect_uris", "too_many"),
        ),
        ({"grant_types": []}, ("grant_types", "missing")),
        ({"grant_types": ["implicit"]}, ("grant_types", "choice")),
        ({"grant_types": ["password"]}, ("grant_types", "choice")),
        ({"grant_types": [["authorization_code"]]}, ("grant_types", "choice")),
        ({"response_types": ["token"]}, ("response_types", "choice")),
        ({"response_types": ["code id_token"]}, ("response_types", "choice")),
        ({"response_types": []}, ("response_types", "grants")),
        (
            {"token_endpoint_auth_method": "client_secret_jwt"},
            ("token_endpoint_auth_method", "choice"),
        ),
        (
            {"token_endpoint_auth_method": "tls_client_auth"},
            ("token_endpoint_auth_method", "choice"),
        ),
        ({"token_endpoint_auth_method": "private_key_jwt"}, ("jwks", "missing")),
        ({"scope": "openid admin"}, ("scope", "unknown")),
        ({"scope": "openid  email"}, ("scope", "unknown")),
        ({"default_max_age": -1}, ("default_max_age", "type")),
        ({"default_max_age": True}, ("default_max_age", "type")),
        ({"default_max_age": "60"}, ("default_max_age", "type")),
        ({"require_auth_time": "true"}, ("require_auth_time", "type")),
        ({"dpop_bound_access_tokens": 1}, ("dpop_bound_access_tokens", "type")),
        ({"contacts": ["nobody"]}, ("contacts", "contact")),
        ({"contacts": ["a@b.example\nBcc: c@d.example"]}, ("contacts", "signs")),
        ({"contacts": "a@b.example"}, ("contacts", "type")),
        ({"subject_type": "email"}, ("subject_type", "choice")),
        ({"application_type": "service"}, ("application_type", "choice")),
    ],
)
def test_section_3_2_2_a_member_that_is_wrong_is_named(
    changes: dict[str, Any], flaw: tuple[str, str]
) -> None:
    assert said(**changes) == [flaw]
    assert why(validated, asked(**changes), BY_HAND) == ":".join(flaw)


def test_the_form_hears_of_all_that_is_wrong_at_once() -> None:
    assert said(client_name=1, contacts=["x"], scope=2) == [
        ("client_name", "type"),
        ("scope", "type"),
        ("contacts", "contact"),
    ]


def test_section_3_2_2_descriptions_are_ascii_without_quotation_marks() -> None:
    """RFC 6749 5.2 allows no other signs there; what was sent is never repeated."""
    wrong = {name: ['"\u00e9\\'] for name in MEMBERS}
    for flaw in flaws(asked(**wrong), BY_HAND):
        assert flaw.description.isascii()
        assert not set('"\\') & set(flaw.description)


def test_openid_registration_2_a_dynamic_client_may_have_no_name() -> None:
    assert validated(asked(client_name=...), DYNAMIC)["client_name"] == ""


def test_rfc6749_4_4_a_service_needs_no_address_and_must_prove_itself() -> None:
    service = {"grant_types": ["client_credentials"], "redirect_uris": ...}
    found = validated(asked(**service), BY_HAND)
    assert (found["response_types"], found["scope"]) == ([], "")
    assert said(**service, token_endpoint_auth_method="none") == [
        ("token_endpoint_auth_method", "public")
    ]
    assert said(**service, response_types=["code"]) == [("response_types", "grants")]


def test_rfc6749_6_refreshing_needs_something_to_refresh() -> None:
    both = ["client_credentials", "refresh_token"]
    assert said(grant_types=both) == [("grant_types", "refresh_alone")]


def test_rfc9700_2_1_1_a_public_client_needs_pkce() -> None:
    lax = Rules(SCOPES, needs_pkce=False)
    assert said(lax, token_endpoint_auth_method="none") == [
        ("token_endpoint_auth_method", "public_pkce")
    ]
    assert said(lax) == []
    assert said(token_endpoint_auth_method="none") == []


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": []},
        {"keys": [{"kty": "oct", "k": "AQAB"}]},
        {"keys": [dict(ec_key().public.jwk) | {"d": "AQAB"}]},
        {"keys": [dict(ec_key().public.jwk) | {"y": "AQAB"}]},
        {"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]},
    ],
)
def test_section_2_bad_keys_are_refused_at_registration(jwks: dict[str, Any]) -> None:
    assert said(jwks=jwks) == [("jwks", "keys")]


def test_section_2_keys_are_kept_without_what_else_came_along() -> None:
    noisy = dict(ec_key("mine").public.jwk) | {"kid": "mine", "x5c": ["MII"], "note": "x" * 100}
    method = {"token_endpoint_auth_method": "private_key_jwt"}
    encrypting = dict(ec_key("enc").public.jwk) | {"kid": "enc", "use": "enc"}
    found = validated(asked(jwks={"keys": [noisy, encrypting]}, **method), BY_HAND)
    assert found["jwks"] == KEYS
    assert said(jwks="x") == said(jwks=[]) == [("jwks", "type")]
    assert said(jwks={"keys": [noisy | {"note": "x" * 70_000}]}) == [("jwks", "too_long")]


def test_section_2_keys_are_given_or_fetched_not_both() -> None:
    assert said(jwks=KEYS, jwks_uri="https://spse.example/jwks") == [("jwks_uri", "both")]


def test_fapi_2_0_5_3_2_1_a_strict_client_can_do_nothing_weaker() -> None:
    found = validated(asked(jwks=KEYS), STRICT)
    assert found["token_endpoint_auth_method"] == "private_key_jwt"
    assert found["dpop_bound_access_tokens"] is True
    assert found["require_pushed_authorization_requests"] is True
    for member, weak in (
        ("token_endpoint_auth_method", "client_secret_basic"),
        ("token_endpoint_auth_method", "none"),
        ("id_token_signed_response_alg", "RS256"),
        ("require_pushed_authorization_requests", False),
        ("dpop_bound_access_tokens", False),
    ):
        assert said(STRICT, jwks=KEYS, **{member: weak}) == [(member, "fapi2")]
    lax = Rules(SCOPES, profile=Profile.FAPI2, needs_pkce=False)
    assert said(lax, jwks=KEYS) == [("profile", "fapi2")]


def test_fapi_2_0_5_4_1_a_strict_client_that_registers_itself_gets_es256() -> None:
    rules = Rules(SCOPES, profile=Profile.FAPI2, dynamic=True)
    assert validated(asked(jwks=KEYS), rules)["id_token_signed_response_alg"] == "ES256"


def test_openid_core_8_1_several_hosts_need_one_sector() -> None:
    two = ["https://a.example/cb", "https://b.example/cb"]
    assert said(DYNAMIC, redirect_uris=two) == [("sector_identifier_uri", "missing")]
    assert said(DYNAMIC, redirect_uris=two, subject_type="public") == []
    assert said(redirect_uris=two) == []
    sector = "https://sector.example/uris.json"
    assert said(DYNAMIC, redirect_uris=two, sector_identifier_uri=sector) == []
    assert sector_of({"redirect_uris": two, "sector_identifier_uri": sector}) == "sector.example"
    assert sector_of({"redirect_uris": two}) == ""
    assert sector_of({"redirect_uris": ["https://a.example/1", "https://a.example:1/2"]}) == (
        "a.example"
    )
    assert sector_of({"redirect_uris": ["id.go.app:/cb"]}) == "", "any program may name it"
    assert sector_of({}) == ""


def test_null_counts_as_left_out() -> None:
    assert validated(asked(logo_uri=None, jwks=None), BY_HAND).keys() == (
        validated(asked(), BY_HAND).keys()
    )


def test_rfc7592_2_2_an_update_names_its_client_and_none_of_ours() -> None:
    body = asked(client_id="spse-42")
    assert updated(body, "spse-42", DYNAMIC) == validated(asked(), DYNAMIC)
    assert why(updated, body, "other", DYNAMIC) == "client_id:other"
    assert why(updated, asked(), "spse-42", DYNAMIC) == "client_id:other"
    for member in (
        "registration_access_token",
        "registration_client_uri",
        "client_secret_expires_at",
        "client_id_issued_at",
    ):
        assert why(updated, body | {member: 0}, "spse-42", DYNAMIC) == f"{member}:ours"


def test_rfc7592_2_2_what_an_update_leaves_out_goes_back_to_its_default() -> None:
    full = validated(asked(policy_uri="https://spse.example/p"), DYNAMIC)
    assert "policy_uri" in full
    assert "policy_uri" not in updated(asked(client_id="spse-42"), "spse-42", DYNAMIC)


def test_section_3_2_1_the_answer_tells_what_was_registered() -> None:
    found = validated(asked(), DYNAMIC)
    answer = told(
        found | {"client_id": "chosen"},
        client_id="spse-42",
        issued_at=NOW,
        secret="gps_x",
        registration_token="gpi_x",
        registration_uri="https://gapura.example/oauth2/register/spse-42",
    )
    assert found.items() <= answer.items()
    assert answer["client_id"] == "spse-42"
    assert answer["client_id_issued_at"] == int(NOW.timestamp())
    assert (answer["client_secret"], answer["client_secret_expires_at"]) == ("gps_x", 0)
    assert answer["registration_client_uri"].endswith("/spse-42")


def test_section_3_2_1_a_client_without_secret_is_told_none() -> None:
    answer = told({}, client_id="spse-42", issued_at=NOW)
    assert answer.keys() == {"client_id", "client_id_issued_at"}
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    some = told({}, client_id="a", issued_at=NOW, secret="x", secret_expires_at=ends)
    assert some["client_secret_expires_at"] == int(ends.timestamp())
