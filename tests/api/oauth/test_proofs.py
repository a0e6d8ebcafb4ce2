"""Assertions, DPoP proofs and pushed requests at the doors, each good for once (D15)."""

from collections import Counter

import pytest

from gapura.sso.models import Client
from tests.api.oauth.holders import Holder
from tests.api.oauth.shop import (
    BACK,
    CHALLENGE,
    INTROSPECT,
    PAR,
    TOKEN,
    USERINFO,
    a_client,
    a_refresh,
    allowed,
    an_app,
    asked,
    basic,
    entries,
    renew,
    secret_of,
    send,
    send_all,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ITSELF = {"grant_type": "client_credentials"}
PUSHED = {
    "response_type": "code",
    "redirect_uri": BACK,
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def with_key(**fields: object) -> tuple[Client, Holder]:
    holder = Holder()
    return a_client(auth_method="private_key_jwt", jwks=holder.jwks, **fields), holder


def test_rfc7523_3_an_assertion_proves_a_client_once() -> None:
    client, holder = with_key()
    form = ITSELF | holder.assertion(client.client_id)
    assert send(TOKEN, form).status == 200
    again = send(TOKEN, form)
    assert (again.status, told(again)["error"]) == (401, "invalid_client")
    assert len(entries(client, "sso.token.issued")) == 1


def test_twenty_at_once_with_one_assertion_are_one() -> None:
    client, holder = with_key()
    form = ITSELF | holder.assertion(client.client_id)
    statuses = Counter(reply.status for reply in send_all(*[asked(TOKEN, form)] * 20))
    assert statuses == {200: 1, 401: 19}
    assert len(entries(client, "sso.token.issued")) == 1


def test_an_assertion_for_somebody_else_or_by_another_key_proves_nothing() -> None:
    client, holder = with_key()
    other = Holder()
    for bad in (
        holder.assertion(client.client_id, aud="https://other.example"),
        holder.assertion(client.client_id, exp=1),
        holder.assertion(client.client_id, iss="other"),
        other.assertion(client.client_id),
    ):
        reply = send(TOKEN, ITSELF | bad)
        assert (reply.status, told(reply)["error"]) == (401, "invalid_client")


def test_an_assertion_beside_a_secret_is_refused() -> None:
    client, holder = with_key()
    reply = send(TOKEN, ITSELF | holder.assertion(client.client_id), basic(client, "x"))
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")


def test_rfc9449_5_a_token_is_bound_to_the_key_that_was_proven() -> None:
    client, holder = an_app(), Holder()
    token = a_refresh(allowed(client))
    body = told(send(TOKEN, renew(client, token), holder.proof(TOKEN)))
    assert body["token_type"] == "DPoP"
    access = body["access_token"]
    dpop = ("authorization", f"DPoP {access}")
    good = send(USERINFO, None, dpop, holder.proof(USERINFO, "GET", access))
    assert good.status == 200, good.text
    for wrong in (
        send(USERINFO, None, ("authorization", f"Bearer {access}")),
        send(USERINFO, None, dpop),
        send(USERINFO, None, dpop, Holder().proof(USERINFO, "GET", access)),
        send(USERINFO, None, dpop, holder.proof(USERINFO, "GET", "another")),
        send(USERINFO, None, dpop, holder.proof(TOKEN, "GET", access)),
    ):
        assert wrong.status == 401
        assert "DPoP" in wrong.headers["www-authenticate"]


def test_rfc9449_11_1_a_proof_is_good_once_also_when_twenty_show_it_at_once() -> None:
    client, holder = a_client(), Holder()
    request = asked(TOKEN, ITSELF, basic(client), holder.proof(TOKEN))
    replies = send_all(*[request] * 20)
    assert Counter(reply.status for reply in replies) == {200: 1, 400: 19}
    errors = {told(reply)["error"] for reply in replies if reply.status == 400}
    assert errors == {"invalid_dpop_proof"}


def test_rfc9449_4_3_there_is_one_proof() -> None:
    client, holder = a_client(), Holder()
    reply = send(TOKEN, ITSELF, basic(client), holder.proof(TOKEN), holder.proof(TOKEN))
    assert (reply.status, told(reply)["error"]) == (400, "invalid_dpop_proof")


def test_rfc9126_2_2_a_request_is_pushed_and_gets_a_name() -> None:
    client = a_client()
    reply = send(PAR, PUSHED, basic(client))
    assert reply.status == 201, reply.text
    body = told(reply)
    assert body["request_uri"].startswith("urn:ietf:params:oauth:request_uri:")
    assert 0 < body["expires_in"] < 600
    assert reply.headers["cache-control"] == "no-store"


def test_rfc9126_2_1_a_request_uri_is_not_pushed() -> None:
    reply = send(PAR, PUSHED | {"request_uri": "urn:x"}, basic(a_client()))
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")


def test_rfc9126_2_3_what_is_wrong_is_told_at_once() -> None:
    client = a_client()
    for wrong in ({"redirect_uri": "https://evil.example/"}, {"code_challenge_method": "plain"}):
        assert send(PAR, PUSHED | wrong, basic(client)).status == 400
    assert send(PAR, PUSHED, basic(client, "gps_wrong")).status == 401
    assert send(PAR).status == 405


def test_pushing_without_proof_is_slowed_by_address() -> None:
    """Attack: rows without end from anybody who knows the name of a public client."""
    client = an_app()
    form = PUSHED | {"client_id": client.client_id}
    statuses = Counter(one.status for one in send_all(*[asked(PAR, form)] * 65))
    assert statuses == {201: 60, 429: 5}
    assert send(PAR, form, client="198.51.100.7").status == 201


def test_a_fapi2_client_does_nothing_weaker() -> None:
    holder = Holder()
    client = a_client(
        profile="fapi2",
        auth_method="private_key_jwt",
        jwks=holder.jwks,
        needs_par=True,
        needs_dpop=True,
    )
    good = ITSELF | holder.assertion(client.client_id)
    assert send(TOKEN, good, holder.proof(TOKEN)).status == 200
    bare = send(TOKEN, ITSELF | holder.assertion(client.client_id))
    assert told(bare)["error"] == "invalid_dpop_proof"
    listed = holder.assertion(client.client_id, aud=["http://localhost:8000"])
    assert send(TOKEN, ITSELF | listed, holder.proof(TOKEN)).status == 401
    weak = ITSELF | {"client_id": client.client_id, "client_secret": secret_of(client)}
    assert send(TOKEN, weak, holder.proof(TOKEN)).status == 401


def test_an_assertion_serves_at_every_endpoint_of_clients() -> None:
    client, holder = with_key()
    for path in (INTROSPECT, "/oauth2/revoke"):
        named = holder.assertion(client.client_id, aud=f"http://localhost:8000{path}")
        assert send(path, {"token": "x"} | named).status == 200
