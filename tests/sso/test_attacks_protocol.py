"""What clients would try that want to know more of people than one of them may."""

import pytest

from gapura.sso.protocol.registration import sector_of
from tests.sso.rfc.provider import Provider, a_client, body, why


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1/callback",
        "http://[::1]/callback",
        "http://localhost:8080/callback",
        "https://localhost/callback",
        "https://127.0.0.1:8443/callback",
        "com.example.app:/callback",
    ],
)
def test_what_everybody_may_name_makes_no_sector(uri: str) -> None:
    """OpenID Connect Core 8.1: all programs on telephones would know a person by one number."""
    assert sector_of({"redirect_uris": [uri]}) == ""


def test_a_host_on_the_web_is_a_sector() -> None:
    assert (
        sector_of({"redirect_uris": ["https://a.example/x", "https://a.example/y"]}) == "a.example"
    )


def test_a_weak_sign_in_does_not_go_on_for_months_once_the_contract_needs_a_strong_one() -> None:
    """Only who signs in anew would be asked for it, and an offline client never needs to."""
    house = Provider.of(a_client())
    asked = {"scope": "openid offline_access"}
    text = house.tokens(**asked)["refresh_token"]
    code = house.code(**asked)
    assert house.refresh(text).status == 200
    house.change("spse", least_acr=3)
    assert why(house.refresh(text)) == "acr"
    assert why(house.exchange(code)) == "acr"
    house.change("spse", least_acr=2)
    assert "access_token" in body(house.exchange(code))
