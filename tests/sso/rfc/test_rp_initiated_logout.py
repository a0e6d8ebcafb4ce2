"""OpenID Connect RP-Initiated Logout 1.0."""

from typing import Any

import pytest

from gapura.sso.protocol import logout
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from tests.sso.rfc.provider import ISSUER, Provider, a_client, old_ring, ring

AFTER = "https://spse.example/bye"


@pytest.fixture
def house() -> Provider:
    return Provider.of(
        a_client(post_logout_redirect_uris=(AFTER,)),
        a_client("other", post_logout_redirect_uris=("https://other.example/bye",)),
    )


def asked(house: Provider, **parameters: str) -> logout.LogoutAsked:
    came = Parameters.of(parameters)
    needs = logout.wants(came, ring=ring(), issuer=ISSUER)
    return logout.read(came, house.facts(needs), needs)


def refusal(house: Provider, **parameters: str) -> str:
    with pytest.raises(OAuthProblem) as problem:
        asked(house, **parameters)
    return problem.value.why


def hint(house: Provider) -> str:
    return str(house.tokens()["id_token"])


def test_2_the_hint_names_client_person_and_session(house: Provider) -> None:
    found = asked(house, id_token_hint=hint(house))
    assert found.client == house.clients["spse"]
    assert (found.subject, found.sid) == ("subject-of-sri", "sid-1")
    assert not found.confirm


def test_2_the_sign_in_of_the_hint_is_ended_without_asking(house: Provider) -> None:
    found = asked(house, id_token_hint=hint(house))
    assert not logout.must_confirm(found, sid="sid-1", subject="subject-of-sri")


@pytest.mark.parametrize(
    ("sid", "subject"),
    [("sid-2", "subject-of-sri"), ("sid-1", "another"), ("", ""), ("sid-1", ""), ("", "x")],
)
def test_2_another_sign_in_than_that_of_the_hint_is_asked_about(
    house: Provider, sid: str, subject: str
) -> None:
    found = asked(house, id_token_hint=hint(house))
    assert logout.must_confirm(found, sid=sid, subject=subject)


@pytest.mark.parametrize("parameters", [{}, {"client_id": "spse"}, {"logout_hint": "sri"}])
def test_6_without_a_hint_the_person_is_asked(house: Provider, parameters: dict[str, str]) -> None:
    found = asked(house, **parameters)
    assert found.confirm
    assert logout.must_confirm(found, sid="sid-1", subject="subject-of-sri")


def test_2_an_expired_id_token_is_accepted_as_a_hint(house: Provider) -> None:
    token = hint(house)
    house.later(days=300)
    assert asked(house, id_token_hint=token).sid == "sid-1"


def test_a_hint_whose_key_is_gone_counts_as_none(house: Provider) -> None:
    token = old_ring().sign({"iss": ISSUER, "aud": "spse", "sub": "x", "sid": "x"}, typ="JWT")
    assert asked(house, id_token_hint=token).confirm


@pytest.mark.parametrize(
    ("claims", "typ"),
    [
        ({"iss": "https://evil.example"}, "JWT"),
        ({"aud": []}, "JWT"),
        ({"aud": 7}, "JWT"),
        ({}, "at+jwt"),
        ({}, "logout+jwt"),
    ],
)
def test_2_what_is_no_id_token_of_ours_is_refused_on_a_page(
    house: Provider, claims: dict[str, Any], typ: str
) -> None:
    told = {"iss": ISSUER, "aud": "spse", "sub": "x", "sid": "x"} | claims
    assert refusal(house, id_token_hint=ring().sign(told, typ=typ), post_logout_redirect_uri=AFTER)


@pytest.mark.parametrize("text", ["x", "e30.e30.", "a.b.c"])
def test_2_a_forged_hint_is_refused_on_a_page(house: Provider, text: str) -> None:
    assert refusal(house, id_token_hint=text)


def test_2_client_id_must_be_that_of_the_hint(house: Provider) -> None:
    assert refusal(house, id_token_hint=hint(house), client_id="other") == "hint_of_another"


def test_3_afterwards_the_browser_goes_where_was_registered_with_state(house: Provider) -> None:
    found = asked(house, id_token_hint=hint(house), post_logout_redirect_uri=AFTER, state="a&b=c")
    assert logout.back_to(found) == f"{AFTER}?state=a%26b%3Dc"


def test_3_without_an_address_the_person_stays_here(house: Provider) -> None:
    assert logout.back_to(asked(house, id_token_hint=hint(house), state="x")) == ""


def test_3_client_id_may_stand_in_for_the_hint_but_then_the_person_is_asked(
    house: Provider,
) -> None:
    found = asked(house, client_id="spse", post_logout_redirect_uri=AFTER)
    assert logout.back_to(found) == AFTER
    assert found.confirm


@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/",
        AFTER + "/",
        AFTER + "?x=1",
        AFTER.upper(),
        "//evil.example",
        "javascript:alert(1)",
        "https://spse.example/bye/../evil",
        "https://other.example/bye",
        "https://spse.example/back",
    ],
)
def test_3_an_address_that_is_not_registered_is_never_gone_to(house: Provider, uri: str) -> None:
    token = hint(house)
    assert refusal(house, id_token_hint=token, post_logout_redirect_uri=uri)
    assert refusal(house, client_id="spse", post_logout_redirect_uri=uri)


def test_3_an_address_without_a_client_is_refused(house: Provider) -> None:
    assert refusal(house, post_logout_redirect_uri=AFTER) == "no_client"


def test_an_unknown_client_is_refused(house: Provider) -> None:
    assert refusal(house, client_id="nobody") == "unknown_client"
