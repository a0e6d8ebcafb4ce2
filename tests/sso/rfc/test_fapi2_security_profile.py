"""FAPI 2.0 Security Profile: a client of that profile can do nothing weaker, however it tries."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gapura.sso.protocol.client_auth import Credentials, authenticate
from gapura.sso.protocol.encoding import digest_of, from_base64url
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import CODE_LIFE, PUSHED_LIFE, AuthMethod, Client, Secret
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    BACK,
    ISSUER,
    JKT,
    OTHER_JKT,
    START,
    Provider,
    a_client,
    a_fapi2_client,
    access_claims,
    asking,
    body,
    error,
    members,
    why,
)

HTTP = "http://127.0.0.1/back"


@pytest.fixture
def house() -> Provider:
    return Provider.of(a_fapi2_client(), a_client())


def pushed(house: Provider, **more: Any) -> str:
    reply = house.push(asking(client_id="bank") | more, "bank", jkt=JKT)
    assert reply.status == 201, reply.problem
    return str(body(reply)["request_uri"])


def code(house: Provider, **more: Any) -> str:
    uri = pushed(house, **more)
    return house.allow(house.read_exactly({"client_id": "bank", "request_uri": uri}))


def tokens(house: Provider, **more: Any) -> dict[str, Any]:
    reply = house.exchange(code(house, **more), "bank", jkt=JKT)
    assert reply.status == 200, reply.problem
    return body(reply)


def test_5_3_2_2_the_whole_way_works(house: Provider) -> None:
    got = tokens(house)
    assert got["token_type"] == "DPoP"
    assert access_claims(got)["cnf"] == {"jkt": JKT}
    assert house.userinfo(got["access_token"], "DPoP", JKT).status == 200


# --- all that would be weaker ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weaker", "reason"),
    [
        ({"code_challenge": "", "code_challenge_method": ""}, "challenge_missing"),
        ({"code_challenge_method": "plain"}, "challenge_method"),
        ({"code_challenge_method": ""}, "challenge_method"),
        ({"response_type": "token"}, "response_type"),
        ({"response_type": "code id_token"}, "response_type"),
        ({"response_mode": "fragment"}, "response_mode"),
        ({"redirect_uri": ""}, "no_redirect_uri"),
        ({"redirect_uri": BACK + "/"}, "redirect_uri"),
        ({"redirect_uri": HTTP}, "redirect_uri_http"),
        ({"redirect_uri": "http://127.0.0.1:1025/back"}, "redirect_uri_http"),
        ({"redirect_uri": "org.example.app:/back"}, "redirect_uri_http"),
        ({"request": "e30.e30."}, "request_foreign"),
        ({"dpop_jkt": OTHER_JKT}, "dpop_jkt_other"),
    ],
)
def test_5_3_2_2_a_weaker_request_is_refused_when_it_is_pushed(
    weaker: dict[str, str], reason: str
) -> None:
    # Registered by whatever mistake: the profile holds all the same.
    careless = a_fapi2_client(
        needs_pkce=False, native=True, redirect_uris=(BACK, HTTP, "org.example.app:/back")
    )
    reply = Provider.of(careless).push(asking(client_id="bank") | weaker, "bank", jkt=JKT)
    assert (reply.status, why(reply)) == (400, reason)


def test_5_3_2_2_a_request_by_browser_is_refused(house: Provider) -> None:
    with pytest.raises(Returned) as refusal:
        house.read(client_id="bank")
    assert refusal.value.problem.why == "not_pushed"


@pytest.mark.parametrize("fields", [{"needs_par": False}, {"needs_pkce": False}])
def test_5_3_2_2_no_setting_of_the_client_opens_the_browsers_way(fields: dict[str, Any]) -> None:
    with pytest.raises(Returned):
        Provider.of(a_fapi2_client(**fields)).read(client_id="bank")


@pytest.mark.parametrize(
    "asked",
    [
        {"grant_type": "authorization_code", "code": "x"},
        {"grant_type": "refresh_token", "refresh_token": "x"},
        {"grant_type": "client_credentials"},
    ],
)
def test_5_3_2_1_without_a_proof_of_its_key_no_grant_gives_a_token(
    house: Provider, asked: dict[str, str]
) -> None:
    reply = house.token(asked, "bank")
    assert error(reply) == "invalid_dpop_proof"
    assert house.events == []


def test_5_3_2_1_own_tokens_are_bound_to_the_key_too(house: Provider) -> None:
    reply = house.token({"grant_type": "client_credentials"}, "bank", jkt=JKT)
    assert access_claims(body(reply))["cnf"] == {"jkt": JKT}


def test_5_3_2_1_a_code_bound_to_a_key_is_of_no_use_with_another(house: Provider) -> None:
    assert why(house.exchange(code(house), "bank", jkt=OTHER_JKT)) == "code_key"


def test_5_3_2_2_a_code_without_pkce_is_refused_however_it_came_about(house: Provider) -> None:
    text = code(house)
    house.codes = {place: replace(row, challenge="") for place, row in house.codes.items()}
    assert why(house.exchange(text, "bank", jkt=JKT, code_verifier="")) == "no_pkce"


def test_5_3_2_2_a_verifier_is_needed(house: Provider) -> None:
    assert why(house.exchange(code(house), "bank", jkt=JKT, code_verifier="")) == "verifier_missing"


def test_5_3_2_1_a_bound_token_is_never_taken_as_a_bearer_token(house: Provider) -> None:
    assert house.userinfo(tokens(house)["access_token"]).status == 401


@pytest.mark.parametrize("method", [AuthMethod.NONE, AuthMethod.BASIC, AuthMethod.POST])
def test_5_3_2_1_no_weaker_way_of_client_authentication_even_if_registered(
    method: AuthMethod,
) -> None:
    secret = "gps_" + "x" * 43
    careless: Client = a_fapi2_client(auth_method=method, secrets=(Secret(digest_of(secret)),))
    with pytest.raises(OAuthProblem) as refusal:
        authenticate(
            careless,
            Credentials(method, "bank", secret=secret),
            issuer=ISSUER,
            endpoint_urls=(),
            now=START,
        )
    assert refusal.value.error == "invalid_client"


def test_5_3_2_1_passwords_are_refused(house: Provider) -> None:
    reply = house.token({"grant_type": "password"}, "bank", jkt=JKT)
    assert error(reply) == "unsupported_grant_type"


# --- what else the profile says -------------------------------------------------------------------


def test_5_3_2_2_codes_live_for_at_most_a_minute(house: Provider) -> None:
    assert CODE_LIFE.total_seconds() <= 60
    text = code(house)
    assert why(house.later(seconds=60).exchange(text, "bank", jkt=JKT)) == "code_expired"


def test_5_3_2_2_references_live_for_less_than_ten_minutes(house: Provider) -> None:
    assert PUSHED_LIFE.total_seconds() < 600
    reply = house.push(asking(client_id="bank"), "bank", jkt=JKT)
    assert body(reply)["expires_in"] < 600


def test_5_3_2_2_the_answer_names_the_issuer(house: Provider) -> None:
    with pytest.raises(Returned) as refusal:
        house.read(client_id="bank")
    assert members(refusal.value.answer(ISSUER))["iss"] == ISSUER


def test_5_3_2_1_refresh_tokens_are_not_rotated(house: Provider) -> None:
    text = tokens(house, scope="openid offline_access")["refresh_token"]
    for _ in range(2):
        reply = house.later(days=1).refresh(text, "bank", jkt=JKT)
        assert reply.status == 200
        assert "refresh_token" not in body(reply)


def test_5_3_2_1_a_code_that_comes_back_ends_what_came_of_it(house: Provider) -> None:
    text = code(house)
    got = body(house.exchange(text, "bank", jkt=JKT))
    assert why(house.exchange(text, "bank", jkt=JKT)) == "code_replayed"
    assert house.userinfo(got["access_token"], "DPoP", JKT).status == 401


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", "RS256"])
def test_5_4_1_nothing_is_signed_with_rs256(algorithm: str) -> None:
    house = Provider.of(a_fapi2_client(id_token_alg=algorithm))
    got = tokens(house)
    for name in ("access_token", "id_token"):
        head = json.loads(from_base64url(got[name].split(".")[0]))
        assert head["alg"] in {"ES256", "PS256"}
