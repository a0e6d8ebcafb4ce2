"""RFC 6749 section 10: what an attacker tries, and meets."""

from math import log2

import pytest

from gapura.sso.protocol import handles
from gapura.sso.protocol.problems import OAuthProblem
from tests.sso.rfc.provider import (
    BACK,
    Counted,
    Provider,
    a_client,
    a_public_client,
    body,
    why,
)


def test_10_3_an_access_token_is_for_the_client_and_scopes_it_was_given_for() -> None:
    house = Provider.of()
    told = house.introspect(house.tokens(scope="openid email")["access_token"])
    assert (told["client_id"], told["scope"]) == ("spse", "openid email")


def test_10_4_refresh_tokens_are_kept_as_digests_alone() -> None:
    house = Provider.of(a_public_client())
    text = house.tokens("spa")["refresh_token"]
    assert text not in repr(house)


def test_10_5_codes_are_kept_as_digests_alone() -> None:
    house = Provider.of()
    code = house.code()
    assert code not in repr(house)


def test_10_5_a_code_is_bound_to_its_client() -> None:
    house = Provider.of(a_client(), a_client("thief"))
    assert why(house.exchange(house.code(), "thief")) == "code_of_another"


def test_10_6_the_address_of_the_exchange_is_that_of_the_request() -> None:
    both = (BACK, "https://spse.example/other")
    house = Provider.of(a_client(redirect_uris=both))
    assert why(house.exchange(house.code(), redirect_uri=both[1])) == "redirect_uri"


@pytest.mark.parametrize("kind", [handles.CODE, handles.REFRESH, handles.PUSHED, handles.KEPT])
def test_10_10_every_handle_holds_256_bits_that_nobody_guesses(kind: str) -> None:
    text, handle = handles.make(kind, Provider.of().now, Counted())
    told = 6 if kind == handles.REFRESH else 8
    assert (len(text) - len(kind) - told) * log2(62) >= 256
    assert handles.read(kind, text) == handle


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gpc_",
        "gpc_20261123" + "x" * 42,
        "gpc_20261123" + "x" * 44,
        "gpc_20261123" + "x" * 42 + "-",
        "gpc_20261123" + "x" * 42 + "é",
        "gpc_20261123" + "x" * 42 + "٣",
        "gpc_2026112٣" + "x" * 43,
        "gpc_20260230" + "x" * 43,
        "gpc_00000101" + "x" * 43,
        "gpf_20261123" + "x" * 43,
        "GPC_20261123" + "x" * 43,
        " gpc_20261123" + "x" * 43,
    ],
)
def test_10_10_what_cannot_be_a_code_of_ours_is_not_even_looked_for(text: str) -> None:
    assert handles.read(handles.CODE, text) is None


def test_10_12_state_is_never_looked_at_only_returned() -> None:
    assert Provider.of().read(state="' or 1=1 --").back.state == "' or 1=1 --"


def test_10_15_an_address_that_is_not_registered_is_never_gone_to() -> None:
    for uri in ("//evil.example", "javascript:alert(1)", "https://spse.example@evil.example/back"):
        with pytest.raises(OAuthProblem):
            Provider.of().read(redirect_uri=uri)


def test_10_16_a_token_of_a_client_itself_opens_no_persons_data() -> None:
    house = Provider.of(a_client(audiences=()))
    token = body(house.token({"grant_type": "client_credentials"}))["access_token"]
    assert house.userinfo(token).status == 403
