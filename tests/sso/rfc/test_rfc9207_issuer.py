"""RFC 9207: every answer through the browser says whose it is; and how it travels."""

import pytest

from gapura.sso.protocol import authorize
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import BACK, ISSUER, Provider, members


def granted(**more: str) -> authorize.Answer:
    house = Provider.of()
    asked = house.read(**more)
    return authorize.grant_code(
        asked,
        house.signed_in(),
        asked.consents,
        issuer=ISSUER,
        now=house.now,
        fresh=house.fresh,
    ).answer


@pytest.mark.parametrize("mode", ["", "query", "form_post"])
def test_2_an_answer_with_a_code_names_the_issuer(mode: str) -> None:
    told = members(granted(response_mode=mode))
    assert told["iss"] == ISSUER
    assert set(told) == {"code", "state", "iss"}


@pytest.mark.parametrize("mode", ["", "query", "form_post"])
def test_2_a_refusal_names_the_issuer(mode: str) -> None:
    with pytest.raises(Returned) as refusal:
        Provider.of().read(response_mode=mode, scope="")
    assert members(refusal.value.answer(ISSUER))["iss"] == ISSUER


def test_2_3_it_is_the_issuer_of_the_id_token() -> None:
    assert members(granted())["iss"] == ISSUER == "https://gapura.example"


def test_form_post_puts_nothing_into_the_address() -> None:
    answer = granted(response_mode="form_post")
    assert answer.uri == BACK
    assert answer.members


@pytest.mark.parametrize("mode", ["fragment", "query.jwt", "web_message", "FORM_POST", "x"])
def test_another_response_mode_is_refused_by_query(mode: str) -> None:
    with pytest.raises(Returned) as refusal:
        Provider.of().read(response_mode=mode)
    assert refusal.value.answer(ISSUER).uri.startswith(f"{BACK}?error=invalid_request")


def test_the_default_mode_is_the_query() -> None:
    assert granted().uri.startswith(f"{BACK}?code=gpc_")
