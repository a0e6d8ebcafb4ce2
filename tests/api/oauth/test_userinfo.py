"""/oauth2/userinfo: claims for who bears a token, and how a wrong one is told (RFC 6750)."""

import pytest

from gapura.authentication.models import Session
from gapura.kernel import clock
from tests.api.oauth.shop import (
    TOKEN,
    USERINFO,
    a_client,
    allowed,
    basic,
    bearer,
    change,
    send,
    tokens,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_oidc_core_5_3_1_it_answers_get_and_post(method: str) -> None:
    client = a_client()
    given = allowed(client, scopes="openid profile grants")
    token = tokens(client, given)["access_token"]
    reply = send(USERINFO, None, bearer(token), method=method)
    assert reply.status == 200, reply.text
    body = told(reply)
    assert (body["sub"], body["preferred_username"]) == (given.row.subject, "ppk")
    assert [grant["role"] for grant in body["gapura_grants"]] == ["ppk", "pp"]
    assert "email" not in body
    assert reply.headers["cache-control"] == "no-store"


def test_rfc6750_2_2_the_token_may_come_in_a_form() -> None:
    client = a_client()
    token = tokens(client, allowed(client))["access_token"]
    assert send(USERINFO, {"access_token": token}).status == 200
    twice = send(USERINFO, {"access_token": token}, bearer(token))
    assert (twice.status, told(twice)["error"]) == (400, "invalid_request")


def test_rfc6750_2_3_a_token_in_the_address_is_refused() -> None:
    client = a_client()
    token = tokens(client, allowed(client))["access_token"]
    reply = send(USERINFO, query=f"access_token={token}")
    assert reply.status == 400
    assert 'error="invalid_request"' in reply.headers["www-authenticate"]


def test_rfc6750_3_without_a_token_the_challenge_stands_alone() -> None:
    reply = send(USERINFO)
    assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="gapura"')


def test_rfc6750_3_1_a_wrong_token_is_told_as_invalid() -> None:
    client = a_client()
    body = tokens(client, allowed(client))
    itself = told(send(TOKEN, {"grant_type": "client_credentials"}, basic(client)))
    for bad in ("x", body["id_token"], body["access_token"][:-4] + "AAAA"):
        reply = send(USERINFO, None, bearer(bad))
        assert reply.status == 401
        assert 'error="invalid_token"' in reply.headers["www-authenticate"]
    weak = send(USERINFO, None, bearer(itself["access_token"]))
    assert weak.status in {401, 403}


def test_a_session_that_ended_a_moment_ago_tells_nothing_more() -> None:
    client = a_client()
    given = allowed(client)
    token = tokens(client, given)["access_token"]
    change(Session.objects.get(pk=given.session), ended_at=clock.now(), end_reason="signed_out")
    assert send(USERINFO, None, bearer(token)).status == 401


def test_head_and_browsers_of_any_origin() -> None:
    client = a_client()
    token = tokens(client, allowed(client))["access_token"]
    head = send(USERINFO, None, bearer(token), method="HEAD")
    assert (head.status, head.body) == (200, b"")
    preflight = send(USERINFO, method="OPTIONS")
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    refused = send(USERINFO, None, ("origin", "https://spa.example"))
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "WWW-Authenticate" in refused.headers["access-control-expose-headers"]
