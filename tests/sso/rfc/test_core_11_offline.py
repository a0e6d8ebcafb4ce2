"""OpenID Connect Core section 11: offline access."""

import pytest

from gapura.sso.protocol.records import GrantType
from tests.sso.rfc.provider import Provider, a_client, body, why


def test_11_the_authorization_remembers_that_it_outlives_the_session() -> None:
    house = Provider.of()
    house.tokens(scope="openid offline_access")
    (given,) = house.authorizations.values()
    assert given.offline


def test_11_without_the_scope_it_ends_with_the_session() -> None:
    house = Provider.of()
    tokens = house.tokens(scope="openid")
    (given,) = house.authorizations.values()
    assert not given.offline
    house.ended[given.id] = "session_ended"
    assert why(house.refresh(tokens["refresh_token"])) == "authorization_ended"


@pytest.mark.parametrize(
    "client",
    [
        a_client(grant_types=frozenset({GrantType.CODE})),
        a_client(scopes=frozenset({"openid"})),
    ],
)
def test_11_it_is_ignored_for_a_client_that_cannot_have_it(client: object) -> None:
    house = Provider.of(client)  # type: ignore[arg-type]
    tokens = house.tokens(scope="openid offline_access")
    assert tokens["scope"] == "openid"
    (given,) = house.authorizations.values()
    assert not given.offline


def test_11_it_is_consented_to_by_name() -> None:
    house = Provider.of(a_client(asks_consent=True))
    assert house.need(frozenset({"openid"}), scope="openid offline_access") == "consent"


def test_11_a_person_may_leave_it_out() -> None:
    house = Provider.of(a_client(asks_consent=True))
    asked = house.read(scope="openid offline_access")
    reply = house.exchange(house.allow(asked, frozenset({"openid"})))
    assert body(reply)["scope"] == "openid"
    (given,) = house.authorizations.values()
    assert not given.offline
