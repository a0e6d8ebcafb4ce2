"""RFC 9700: best current practice; section 2 says what to do, section 4 what attackers do."""

import pytest

from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import AuthMethod
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    API,
    BACK,
    ISSUER,
    JKT,
    VERIFIER,
    Provider,
    a_client,
    a_public_client,
    access_claims,
    body,
    error,
    members,
    why,
)

NO_PKCE = {"code_challenge": "", "code_challenge_method": ""}


def refused(house: Provider, **more: str) -> str:
    with pytest.raises(Returned) as refusal:
        house.read(**more)
    assert "code" not in members(refusal.value.answer(ISSUER))
    return refusal.value.problem.why


# --- 2.1 and 4.1: redirect URIs -------------------------------------------------------------------


@pytest.mark.parametrize(
    "uri",
    [
        "https://spse.example/back/../evil",
        "https://spse.example/back%2f..%2fevil",
        "https://spse.example/back;evil",
        "https://spse.example/back#x",
        "https://spse.example.evil.example/back",
        "https://evil.example/https://spse.example/back",
        "https://user@spse.example/back",
        "https://spse.example:444/back",
        "https://SPSE.example/back",
        "https://spse.example/Back",
        "https://spse.example/bac",
        " https://spse.example/back",
        "https://spse.example/back\\@evil.example",
    ],
)
def test_2_1_redirect_uris_are_compared_sign_by_sign(uri: str) -> None:
    with pytest.raises(OAuthProblem):
        Provider.of().read(redirect_uri=uri)


def test_2_1_only_a_native_client_may_choose_its_loopback_port() -> None:
    registered, asked = "http://127.0.0.1/back", "http://127.0.0.1:51234/back"
    native = Provider.of(a_client(redirect_uris=(registered,), native=True))
    assert native.read(redirect_uri=asked).back.redirect_uri == asked
    with pytest.raises(OAuthProblem):
        Provider.of(a_client(redirect_uris=(registered,))).read(redirect_uri=asked)


def test_4_11_2_no_refusal_makes_us_an_open_redirector() -> None:
    for fault in ({"scope": ""}, {"response_type": "x"}, {"prompt": "none login"}):
        with pytest.raises(OAuthProblem):
            Provider.of().read(redirect_uri="https://evil.example", **fault)


# --- 2.1.1 and 4.8: PKCE and its downgrade --------------------------------------------------------


@pytest.mark.parametrize("client", [a_client(), a_public_client("spse")])
def test_2_1_1_pkce_is_needed_by_default(client: object) -> None:
    assert refused(Provider.of(client), **NO_PKCE) == "challenge_missing"  # type: ignore[arg-type]


def test_2_1_1_a_public_client_needs_pkce_whatever_was_registered() -> None:
    house = Provider.of(a_public_client("spse", needs_pkce=False))
    assert refused(house, **NO_PKCE) == "challenge_missing"


def test_2_1_1_a_confidential_client_may_use_a_nonce_in_its_place() -> None:
    house = Provider.of(a_client(needs_pkce=False))
    reply = house.exchange(house.code(**NO_PKCE), code_verifier="")
    assert reply.status == 200


@pytest.mark.parametrize("change", [{"nonce": ""}, {"scope": "email"}])
def test_2_1_1_without_pkce_and_without_a_nonce_that_comes_back_nothing_is_given(
    change: dict[str, str],
) -> None:
    house = Provider.of(a_client(needs_pkce=False))
    assert refused(house, **NO_PKCE, **change) == "nonce_missing"


@pytest.mark.parametrize("method", ["plain", "", "s256", "S512", "none"])
def test_2_1_1_only_s256_is_accepted(method: str) -> None:
    assert refused(Provider.of(), code_challenge_method=method) == "challenge_method"


@pytest.mark.parametrize("challenge", ["x", "x" * 42, "x" * 44, "x" * 42 + "=", VERIFIER])
def test_2_1_1_a_challenge_is_the_base64url_of_a_sha_256(challenge: str) -> None:
    assert refused(Provider.of(), code_challenge=challenge) == "challenge_malformed"


def test_4_8_2_a_verifier_without_a_challenge_is_a_downgrade() -> None:
    house = Provider.of(a_client(needs_pkce=False))
    assert why(house.exchange(house.code(**NO_PKCE))) == "verifier_unexpected"


def test_4_8_2_a_challenge_without_a_verifier_is_a_downgrade() -> None:
    house = Provider.of()
    assert why(house.exchange(house.code(), code_verifier="")) == "verifier_missing"


def test_4_8_2_a_method_without_a_challenge_is_refused() -> None:
    house = Provider.of(a_client(needs_pkce=False))
    assert refused(house, code_challenge="") == "challenge_missing"


@pytest.mark.parametrize("verifier", ["x" * 43, VERIFIER + "x", VERIFIER[:-1], "short", "x" * 129])
def test_4_5_an_injected_code_fails_for_want_of_its_verifier(verifier: str) -> None:
    house = Provider.of()
    assert error(house.exchange(house.code(), code_verifier=verifier)) == "invalid_grant"


def test_4_5_a_wrong_verifier_does_not_use_up_the_code_of_its_owner() -> None:
    house = Provider.of()
    code = house.code()
    house.exchange(code, code_verifier="x" * 43)
    assert house.exchange(code).status == 200


# --- 2.1.2: no implicit grant ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["token", "id_token", "id_token token", "code id_token", "code token", "none", "code "]
)
def test_2_1_2_no_access_token_is_ever_issued_in_an_authorization_response(kind: str) -> None:
    assert refused(Provider.of(), response_type=kind) == "response_type"


# --- 2.2 and 4.10: sender-constrained and audience-restricted tokens ------------------------------


def test_2_2_1_a_token_is_bound_to_the_key_that_was_proven() -> None:
    tokens = Provider.of().tokens(jkt=JKT)
    assert tokens["token_type"] == "DPoP"
    assert access_claims(tokens)["cnf"] == {"jkt": JKT}


def test_2_2_1_a_client_that_registered_so_gets_no_token_without_a_proof() -> None:
    house = Provider.of(a_client(needs_dpop=True))
    for reply in (
        house.exchange(house.code()),
        house.refresh("gpf_202612" + "x" * 43),
        house.token({"grant_type": "client_credentials"}),
    ):
        assert error(reply) == "invalid_dpop_proof"


def test_2_2_2_refresh_tokens_of_public_clients_are_rotated() -> None:
    house = Provider.of(a_public_client())
    first = house.tokens("spa")["refresh_token"]
    assert body(house.refresh(first, "spa"))["refresh_token"] != first


def test_2_3_a_token_is_for_one_resource_with_the_least_scope() -> None:
    house = Provider.of()
    tokens = house.tokens(scope="openid catalog.read", resource=API)
    claims = access_claims(tokens)
    assert (claims["aud"], claims["scope"]) == (API, "openid catalog.read")


# --- 2.4: no password grant -----------------------------------------------------------------------


def test_2_4_passwords_are_never_taken_for_a_token() -> None:
    asked = {"grant_type": "password", "username": "ppk", "password": "x"}
    assert error(Provider.of().token(asked)) == "unsupported_grant_type"


# --- 4.x: attacks ---------------------------------------------------------------------------------


def test_4_2_4_a_code_is_of_no_use_to_whoever_reads_it_in_a_log_later() -> None:
    house = Provider.of()
    code = house.code()
    house.exchange(code)
    assert why(house.later(days=1).exchange(code)) == "code_replayed"


def test_4_4_2_the_answer_names_the_issuer_against_mix_up() -> None:
    with pytest.raises(Returned) as refusal:
        Provider.of().read(scope="")
    assert members(refusal.value.answer(ISSUER))["iss"] == ISSUER


def test_4_7_1_state_is_returned_for_the_client_to_compare() -> None:
    assert Provider.of().read(state="csrf").back.state == "csrf"


def test_4_15_a_client_cannot_take_a_persons_subject() -> None:
    house = Provider.of()
    own = body(house.token({"grant_type": "client_credentials"}))["access_token"]
    assert house.userinfo(own).status == 403


def test_8252_8_6_a_program_that_only_calls_itself_a_client_is_never_waved_through() -> None:
    native = a_client(
        auth_method=AuthMethod.NONE,
        native=True,
        redirect_uris=("http://127.0.0.1/back", BACK),
    )
    house = Provider.of(native)
    all_of_it = frozenset({"openid"})
    assert house.need(all_of_it, redirect_uri="http://127.0.0.1:1025/back") == "consent"
    assert house.need(all_of_it, redirect_uri=BACK) == "nothing"
    with pytest.raises(Returned) as refusal:
        house.need(all_of_it, redirect_uri="http://127.0.0.1:1025/back", prompt="none")
    assert refusal.value.problem.error == "consent_required"
