"""OpenID Connect Back-Channel Logout 1.0: the token that tells of an end."""

import json
from typing import Any

import pytest

from gapura.sso.protocol import logout
from gapura.sso.protocol.encoding import from_base64url
from gapura.sso.protocol.records import Client
from tests.sso.rfc.provider import (
    ISSUER,
    START,
    Counted,
    Provider,
    a_client,
    a_fapi2_client,
    ring,
    why,
)


def token(client: Client | None = None, fresh: Counted | None = None) -> str:
    return logout.logout_token(
        client or a_client(),
        issuer=ISSUER,
        subject="subject-of-sri",
        sid="sid-1",
        now=START,
        fresh=fresh or Counted(),
        ring=ring(),
    )


def claims(text: str) -> dict[str, Any]:
    return ring().verify(text, typ=("logout+jwt",))


def header(text: str) -> dict[str, Any]:
    return dict(json.loads(from_base64url(text.split(".")[0])))


def test_2_4_it_holds_exactly_the_claims_of_a_logout_token() -> None:
    found = claims(token())
    assert found["iss"] == ISSUER
    assert found["aud"] == "spse"
    assert (found["sub"], found["sid"]) == ("subject-of-sri", "sid-1")
    assert found.keys() == {"iss", "sub", "aud", "iat", "exp", "jti", "events", "sid"}


def test_2_4_the_event_is_an_empty_object_under_its_name() -> None:
    event = "http://schemas.openid.net/event/backchannel-logout"
    assert claims(token())["events"] == {event: {}}


def test_2_4_it_never_holds_a_nonce() -> None:
    assert "nonce" not in claims(token())


def test_2_4_its_type_is_its_own() -> None:
    assert header(token())["typ"] == "logout+jwt"


def test_2_4_it_expires_within_two_minutes() -> None:
    found = claims(token())
    assert 0 < found["exp"] - found["iat"] <= 120


def test_2_4_each_one_has_a_number_of_its_own() -> None:
    fresh = Counted()
    assert claims(token(fresh=fresh))["jti"] != claims(token(fresh=fresh))["jti"]


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", "RS256"])
def test_2_6_it_is_signed_like_the_clients_id_tokens(algorithm: str) -> None:
    assert header(token(a_client(id_token_alg=algorithm)))["alg"] == algorithm


def test_2_6_a_strict_client_never_gets_rs256() -> None:
    assert header(token(a_fapi2_client(id_token_alg="RS256")))["alg"] == "PS256"


def test_it_passes_neither_for_an_access_token_nor_for_an_id_token() -> None:
    house = Provider.of()
    assert why(house.userinfo(token())) == "typ"
    assert house.introspect(token()) == {"active": False}
