"""RFC 9126: pushed authorization requests."""

from typing import Any

import pytest

from gapura.sso.protocol import asking as asking_
from gapura.sso.protocol import authorize
from gapura.sso.protocol.decisions import Handle, Once
from gapura.sso.protocol.handles import REQUEST_URI, day
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    API,
    BACK,
    ISSUER,
    JKT,
    OTHER_API,
    OTHER_JKT,
    START,
    VERIFIER,
    Lost,
    Provider,
    a_client,
    a_public_client,
    asking,
    body,
    error,
    ring,
    why,
)


@pytest.fixture
def house() -> Provider:
    return Provider.of(a_client(), a_client("other"), a_public_client())


def push(house: Provider, client: str = "spse", jkt: str = "", **more: Any) -> str:
    reply = house.push(asking(client_id=client) | more, client, jkt=jkt)
    assert reply.status == 201, reply.problem
    return str(body(reply)["request_uri"])


def come(house: Provider, uri: str, client: str = "spse", **more: str) -> authorize.Asked:
    return house.read_exactly({"client_id": client, "request_uri": uri} | more)


def refusal(house: Provider, uri: str, client: str = "spse") -> str:
    with pytest.raises(OAuthProblem) as problem:
        come(house, uri, client)
    assert problem.value.error == "invalid_request_uri"
    return problem.value.why


def test_2_2_the_answer_is_201_with_a_reference_of_less_than_ten_minutes(house: Provider) -> None:
    reply = house.push(asking())
    assert reply.status == 201
    assert body(reply)["request_uri"].startswith(REQUEST_URI)
    assert body(reply)["expires_in"] == 90
    assert ("Cache-Control", "no-store") in reply.headers


def test_4_the_browser_brings_the_reference_and_the_request_is_the_pushed_one(
    house: Provider,
) -> None:
    asked = come(house, push(house, scope="openid email"))
    assert asked.scopes == {"openid", "email"}
    assert asked.back == house.read().back


def test_4_what_else_the_address_says_does_not_count(house: Provider) -> None:
    asked = come(house, push(house), redirect_uri="https://evil.example", scope="phone", state="x")
    assert asked.back.redirect_uri == BACK
    assert (asked.scopes, asked.back.state) == (frozenset({"openid"}), "s-1")


def test_7_3_a_reference_is_good_for_one_code(house: Provider) -> None:
    uri = push(house)
    first, second = come(house, uri), come(house, uri)
    assert house.exchange(house.allow(first)).status == 200
    with pytest.raises(Lost):
        house.allow(second)
    assert refusal(house, uri) == "pushed_used"


def test_7_3_a_reference_that_led_to_a_page_is_used_up_as_well(house: Provider) -> None:
    uri = push(house)
    house.write(come(house, uri).writes, None)
    assert refusal(house, uri) == "pushed_used"


def test_2_2_a_reference_is_bound_to_its_client(house: Provider) -> None:
    assert refusal(house, push(house), "other") == "pushed_of_another"


def test_2_2_a_reference_expires(house: Provider) -> None:
    uri = push(house)
    house.later(seconds=90)
    assert refusal(house, uri) == "pushed_expired"


@pytest.mark.parametrize(
    "text", ["", "gpp_20261123" + "x" * 43, "gpc_20261123" + "x" * 43, "../../x", "x" * 3000]
)
def test_7_1_a_guessed_reference_is_refused(house: Provider, text: str) -> None:
    assert refusal(house, REQUEST_URI + text) == "pushed_unknown"


@pytest.mark.parametrize(
    "uri", ["https://evil.example/request.jwt", "http://169.254.169.254/", "urn:example:1", "x"]
)
def test_2_a_request_uri_of_somebody_else_is_never_fetched(house: Provider, uri: str) -> None:
    with pytest.raises(Returned) as problem:
        house.read(request_uri=uri)
    assert problem.value.problem.error == "request_uri_not_supported"


def test_2_1_request_uri_has_no_place_in_a_pushed_request(house: Provider) -> None:
    reply = house.push(asking(request_uri=push(house)))
    assert (reply.status, error(reply)) == (400, "invalid_request")


def test_2_1_a_request_object_is_refused(house: Provider) -> None:
    assert error(house.push(asking(request="e30.e30."))) == "request_not_supported"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"redirect_uri": "https://evil.example/back"}, "invalid_request"),
        ({"redirect_uri": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "x"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"resource": "https://elsewhere.example"}, "invalid_target"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"claims": "[]"}, "invalid_request"),
    ],
)
def test_2_3_what_the_page_would_refuse_is_refused_at_once_and_not_kept(
    house: Provider, change: dict[str, str], code: str
) -> None:
    reply = house.push(asking() | change)
    assert (reply.status, error(reply)) == (400, code)
    assert house.requests == {}


def test_2_nothing_that_proves_the_client_is_kept(house: Provider) -> None:
    push(house, client_secret="gps_secret", client_assertion="a.b.c", client_assertion_type="x")
    (kept,) = house.requests.values()
    assert not {name for name in kept.parameters if name.startswith("client_")} - {"client_id"}


def test_2_what_the_client_proved_itself_with_is_used_up_by_a_refusal_too(house: Provider) -> None:
    once = Once("assertion", b"1" * 32, START)
    house.push(asking(scope="x"), once=(once,))
    reply = house.push(asking(), once=(once,))
    assert (reply.status, error(reply)) == (401, "invalid_client")


def test_several_resources_survive_being_pushed(house: Provider) -> None:
    assert come(house, push(house, resource=[API, OTHER_API])).resources == (API, OTHER_API)


def test_a_contract_that_changed_since_counts(house: Provider) -> None:
    uri = push(house)
    house.change("spse", redirect_uris=("https://spse.example/new",))
    with pytest.raises(OAuthProblem) as problem:
        come(house, uri)
    assert problem.value.why == "redirect_uri"


def test_6_a_client_that_must_push_is_refused_otherwise(house: Provider) -> None:
    house.change("spse", needs_par=True)
    with pytest.raises(Returned) as problem:
        house.read()
    assert problem.value.problem.why == "not_pushed"
    assert come(house, push(house)).scopes == {"openid"}


def test_9449_10_1_the_key_of_a_pushed_proof_binds_the_code(house: Provider) -> None:
    uri = push(house, jkt=JKT)
    code = house.allow(come(house, uri))
    assert why(house.exchange(code)) == "code_key"
    assert why(house.exchange(code, jkt=OTHER_JKT)) == "code_key"
    assert house.exchange(code, jkt=JKT).status == 200


def test_9449_10_1_dpop_jkt_beside_a_proof_must_be_its_key(house: Provider) -> None:
    assert why(house.push(asking(dpop_jkt=OTHER_JKT), jkt=JKT)) == "dpop_jkt_other"
    assert house.push(asking(dpop_jkt=JKT), jkt=JKT).status == 201


@pytest.mark.parametrize("jkt", ["x", "k" * 42, "k" * 44, "k" * 42 + "=", "k" * 42 + "é"])
def test_9449_10_dpop_jkt_must_be_a_thumbprint(house: Provider, jkt: str) -> None:
    assert why(house.push(asking(dpop_jkt=jkt))) == "dpop_jkt"


def test_a_request_may_wait_on_our_side_longer_than_a_reference_lives(house: Provider) -> None:
    asked = come(house, push(house, jkt=JKT))
    text, kept = authorize.keep(asked, house.fresh, house.now)
    handle = authorize.kept_handle(text)
    assert handle == Handle(day(kept.pushed.expires_at), kept.pushed.digest)
    house.write((*asked.writes, kept), None)
    house.later(minutes=10)
    again = authorize.read_kept(
        kept.pushed.parameters,
        house.clients["spse"],
        jkt=kept.pushed.jkt,
        handle=handle,
        ring=ring(),
        issuer=ISSUER,
        now=house.now,
    )
    assert why(house.exchange(house.allow(again))) == "code_key"
    assert kept.pushed.expires_at - asking_.KEPT_LIFE == START


def test_a_request_that_waits_can_never_be_named_as_request_uri(house: Provider) -> None:
    text, kept = authorize.keep(house.read(), house.fresh, house.now)
    house.write((kept,), None)
    assert refusal(house, REQUEST_URI + text) == "pushed_unknown"


def test_a_public_client_may_push_too(house: Provider) -> None:
    code = house.allow(come(house, push(house, "spa"), "spa"))
    assert house.exchange(code, "spa", code_verifier=VERIFIER).status == 200
