"""RFC 6749 section 4.1: a code is asked for, given and exchanged."""

import pytest

from gapura.sso.protocol import authorize, token
from gapura.sso.protocol.decisions import Call
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import GrantType
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    BACK,
    ISSUER,
    VERIFIER,
    Lost,
    Provider,
    a_client,
    a_public_client,
    asking,
    body,
    error,
    members,
    ring,
    why,
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"client_id": ""}, "no_client"),
        ({"client_id": "nobody"}, "unknown_client"),
        ({"redirect_uri": ""}, "no_redirect_uri"),
        ({"redirect_uri": "https://evil.example/back"}, "redirect_uri"),
        ({"redirect_uri": BACK + "/"}, "redirect_uri"),
        ({"redirect_uri": BACK + "?x=1"}, "redirect_uri"),
        ({"redirect_uri": BACK.upper()}, "redirect_uri"),
        ({"redirect_uri": "https://spse.example:443/back"}, "redirect_uri"),
        ({"redirect_uri": "https://spse.example/x/../back"}, "redirect_uri"),
        ({"redirect_uri": "http://spse.example/back"}, "redirect_uri"),
        ({"redirect_uri": "https://evil.example", "response_type": "token"}, "redirect_uri"),
    ],
)
def test_4_1_2_1_an_uncertain_client_or_address_is_never_redirected_to(
    change: dict[str, str], reason: str
) -> None:
    with pytest.raises(OAuthProblem) as refusal:
        Provider.of().read(**change)
    assert refusal.value.why == reason


def test_4_1_2_1_a_client_that_was_suspended_is_never_redirected_to() -> None:
    with pytest.raises(OAuthProblem) as refusal:
        Provider.of(a_client(active=False)).read()
    assert refusal.value.why == "unknown_client"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"response_type": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"response_type": "Code"}, "unsupported_response_type"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "unheard_of"}, "invalid_scope"),
    ],
)
def test_4_1_2_1_all_other_refusals_go_to_the_client_with_its_state(
    change: dict[str, str], code: str
) -> None:
    with pytest.raises(Returned) as refusal:
        Provider.of().read(**change)
    answer = refusal.value.answer(ISSUER)
    assert answer.uri.startswith(f"{BACK}?error={code}&")
    assert members(answer)["state"] == "s-1"
    assert "code" not in members(answer)


def test_4_1_1_a_client_that_did_not_register_for_codes_gets_none() -> None:
    house = Provider.of(a_client(grant_types=frozenset({GrantType.CLIENT})))
    with pytest.raises(Returned) as refusal:
        house.read()
    assert refusal.value.problem.error == "unauthorized_client"


def test_4_1_2_1_a_person_who_says_no_is_told_as_access_denied() -> None:
    refusal = authorize.denied(Provider.of().read())
    assert members(refusal.answer(ISSUER))["error"] == "access_denied"


def test_4_1_2_state_comes_back_exactly_as_it_was_sent() -> None:
    house = Provider.of()
    state = "a b&c=d%20#é\"'<script>"
    granted = authorize.grant_code(
        house.read(state=state),
        house.signed_in(),
        frozenset({"openid"}),
        issuer=ISSUER,
        now=house.now,
        fresh=house.fresh,
    )
    assert members(granted.answer)["state"] == state


def test_4_1_2_without_state_none_is_invented() -> None:
    with pytest.raises(Returned) as refusal:
        Provider.of().read(state="", scope="")
    assert "state" not in members(refusal.value.answer(ISSUER))


def test_4_1_2_a_redirect_uri_keeps_the_query_it_was_registered_with() -> None:
    with_query = "https://spse.example/back?tenant=7"
    house = Provider.of(a_client(redirect_uris=(with_query,)))
    with pytest.raises(Returned) as refusal:
        house.read(redirect_uri=with_query, scope="")
    assert refusal.value.answer(ISSUER).uri.startswith(f"{with_query}&error=")


def test_4_1_4_a_code_becomes_an_access_token() -> None:
    house = Provider.of()
    reply = house.exchange(house.code())
    assert reply.status == 200
    assert body(reply)["token_type"] == "Bearer"
    assert body(reply)["expires_in"] == 300
    assert ("Cache-Control", "no-store") in reply.headers


def test_4_1_2_a_code_expires_within_its_minute() -> None:
    house = Provider.of()
    code = house.code()
    assert why(house.later(seconds=60).exchange(code)) == "code_expired"


def test_4_1_2_a_code_works_until_its_minute_is_over() -> None:
    house = Provider.of()
    code = house.code()
    assert house.later(seconds=59).exchange(code).status == 200


def test_4_1_2_a_code_used_again_is_denied_and_ends_all_tokens_issued_on_it() -> None:
    house = Provider.of()
    code = house.code(scope="openid offline_access")
    tokens = body(house.exchange(code))
    again = house.exchange(code)
    assert (again.status, error(again), why(again)) == (400, "invalid_grant", "code_replayed")
    assert house.introspect(tokens["access_token"]) == {"active": False}
    assert why(house.refresh(tokens["refresh_token"])) == "authorization_ended"
    assert house.userinfo(tokens["access_token"]).status == 401
    assert [event.name for event in house.events][-1] == "sso.code.replayed"


def test_4_1_2_a_replay_by_another_client_ends_the_authorization_too() -> None:
    house = Provider.of(a_client(), a_client("thief"))
    code = house.code()
    tokens = body(house.exchange(code))
    assert why(house.exchange(code, "thief")) == "code_replayed"
    assert house.introspect(tokens["access_token"]) == {"active": False}


def test_4_1_2_of_two_exchanges_at_once_one_is_first_and_the_other_a_replay() -> None:
    house = Provider.of()
    code = house.code()
    asked = Parameters.of(
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
    )
    needs = token.wants(asked, "spse")
    read_by_the_second = house.facts(needs)
    tokens = body(house.exchange(code))
    late = token.decide(
        Call(asked, house.clients["spse"], needs),
        read_by_the_second,
        ring=ring(),
        issuer=ISSUER,
        now=house.now,
        fresh=house.fresh,
    )
    assert late.status == 200
    with pytest.raises(Lost):
        house.write(late.writes, late.event)
    assert why(house.exchange(code)) == "code_replayed"
    assert house.introspect(tokens["access_token"]) == {"active": False}


def test_4_1_3_a_code_is_of_no_use_to_another_client_and_stays_good_for_its_own() -> None:
    house = Provider.of(a_client(), a_client("thief"))
    code = house.code()
    assert why(house.exchange(code, "thief")) == "code_of_another"
    assert house.exchange(code).status == 200


@pytest.mark.parametrize("uri", ["", BACK + "/", "https://evil.example/back"])
def test_4_1_3_redirect_uri_must_be_that_of_the_request(uri: str) -> None:
    house = Provider.of()
    assert why(house.exchange(house.code(), redirect_uri=uri)) == "redirect_uri"


@pytest.mark.parametrize(
    "code", ["gpc_20261123" + "x" * 43, "gpc_20261399" + "x" * 43, "gpf_202611" + "x" * 43, "x"]
)
def test_4_1_3_an_unknown_code_is_an_invalid_grant(code: str) -> None:
    assert why(Provider.of().exchange(code)) == "code_unknown"


def test_4_1_3_a_code_in_another_partition_is_not_found() -> None:
    house = Provider.of()
    code = house.code()
    assert why(house.exchange(code.replace("gpc_20261123", "gpc_20261124"))) == "code_unknown"


def test_4_1_3_a_code_of_an_authorization_that_ended_meanwhile_is_refused() -> None:
    house = Provider.of()
    code = house.code()
    house.ended.update(dict.fromkeys(house.authorizations, "logout"))
    assert why(house.exchange(code)) == "authorization_ended"


def test_3_2_1_a_public_client_exchanges_with_its_client_id_alone() -> None:
    house = Provider.of(a_public_client())
    assert house.exchange(house.code(client_id="spa"), "spa").status == 200


def test_3_3_the_reply_tells_the_scopes_that_were_granted() -> None:
    house = Provider.of(a_client(scopes=frozenset({"openid", "email"})))
    assert house.tokens(scope="openid email phone")["scope"] == "openid email"


def test_5_2_what_left_the_contract_since_the_code_is_not_in_the_token() -> None:
    house = Provider.of()
    code = house.code(scope="openid email")
    house.change("spse", scopes=frozenset({"openid"}))
    assert body(house.exchange(code))["scope"] == "openid"


def test_5_2_a_contract_without_any_of_its_scopes_gives_no_token() -> None:
    house = Provider.of()
    code = house.code(scope="openid email")
    house.change("spse", scopes=frozenset({"phone"}))
    assert why(house.exchange(code)) == "contract_changed"


def test_the_request_is_read_alike_from_a_mapping_that_was_kept() -> None:
    house = Provider.of()
    asked = house.read(resource=["https://api.example/catalog", "https://api.example/orders"])
    kept = authorize.read_kept(
        asked.parameters, asked.client, ring=ring(), issuer=ISSUER, now=house.now
    )
    assert kept == asked
    assert asking()["client_id"] == asked.client.client_id
