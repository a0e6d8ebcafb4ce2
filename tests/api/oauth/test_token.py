"""/oauth2/token: what a client gets for a code, for a refresh token, and for itself."""

from datetime import timedelta

import pytest

from gapura.audit.commitments import context, open_values
from gapura.audit.models import PersonalPart
from gapura.kernel import clock
from gapura.sso.models import Client
from gapura.sso.protocol.encoding import from_base64url, from_json
from tests.api.oauth.shop import (
    BACK,
    FORM,
    TOKEN,
    a_client,
    a_code,
    a_refresh,
    allowed,
    an_app,
    asked,
    basic,
    change,
    entries,
    redeem,
    renew,
    secret_of,
    send,
    send_all,
    tokens,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ITSELF = {"grant_type": "client_credentials"}


def claims(token: str) -> dict[str, object]:
    return from_json(from_base64url(token.split(".")[1]))


def test_rfc6749_4_4_a_client_gets_a_token_for_itself_and_the_log_tells_it() -> None:
    client = a_client(agency="D32")
    reply = send(TOKEN, ITSELF, basic(client))
    assert reply.status == 200, reply.text
    body = told(reply)
    assert (body["token_type"], body["expires_in"], body["scope"]) == (
        "Bearer",
        300,
        "catalog.read",
    )
    assert "refresh_token" not in body
    assert claims(body["access_token"])["sub"] == client.client_id
    (entry,) = entries(client)
    assert (entry.name, entry.result) == ("sso.token.issued", "done")
    assert (entry.actor_username, entry.subject_label) == (client.client_id, client.client_id)
    assert entry.agency == "D32", "whose administrators may read it"
    part = PersonalPart.objects.get(event_id=entry.id, part="actor")
    opened = open_values(bytes(part.sealed or b""), context(entry.id, "actor"))
    assert opened["actor.ip"][1] == "203.0.113.9"


def test_rfc6749_2_3_1_the_secret_may_come_in_the_form_if_registered_so() -> None:
    client = a_client(auth_method="client_secret_post")
    form = ITSELF | {"client_id": client.client_id, "client_secret": secret_of(client)}
    assert send(TOKEN, form).status == 200
    assert send(TOKEN, ITSELF, basic(client)).status == 401


def test_rfc6749_4_1_3_a_code_becomes_tokens() -> None:
    client = a_client()
    given = allowed(client)
    body = tokens(client, given)
    assert set(body) >= {"access_token", "id_token", "refresh_token", "expires_in", "scope"}
    access, identity = claims(body["access_token"]), claims(body["id_token"])
    assert (access["client_id"], access["sub"]) == (client.client_id, given.row.subject)
    assert (identity["aud"], identity["nonce"]) == (client.client_id, "n-1")
    (entry,) = entries(client, "sso.token.issued")
    assert (entry.person, entry.session) == (given.row.person_id, given.session)


def test_rfc6749_6_a_confidential_client_refreshes_without_rotation() -> None:
    client = a_client()
    token = a_refresh(allowed(client))
    for _ in range(2):
        reply = send(TOKEN, renew(client, token), basic(client))
        assert reply.status == 200, reply.text
        assert "refresh_token" not in told(reply)
    assert len(entries(client, "sso.token.refreshed")) == 2


def test_rfc9700_4_14_2_a_public_client_gets_a_new_refresh_token_each_time() -> None:
    client = an_app()
    token = a_refresh(allowed(client))
    first = told(send(TOKEN, renew(client, token)))
    second = told(send(TOKEN, renew(client, first["refresh_token"])))
    assert len({token, first["refresh_token"], second["refresh_token"]}) == 3


WRONG = [
    ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ({}, 400, "invalid_request"),
    ({"grant_type": "authorization_code"}, 400, "invalid_request"),
    ({"grant_type": "authorization_code", "code": "gpc_x"}, 400, "invalid_grant"),
    ({"grant_type": "refresh_token", "refresh_token": "gpf_" + "0" * 49}, 400, "invalid_grant"),
    (ITSELF | {"scope": "openid"}, 400, "invalid_scope"),
    (ITSELF | {"scope": "admin"}, 400, "invalid_scope"),
]


@pytest.mark.parametrize(("form", "status", "error"), WRONG)
def test_rfc6749_5_2_a_wrong_request_is_told_which_error_it_is(
    form: dict[str, str], status: int, error: str
) -> None:
    reply = send(TOKEN, form, basic(a_client()))
    assert (reply.status, told(reply)["error"]) == (status, error)
    assert reply.headers["cache-control"] == "no-store"


def test_rfc6749_3_2_a_parameter_that_stands_twice_is_refused() -> None:
    """Attack (D39): the check takes the first, the use the last."""
    for body in ("grant_type=client_credentials&scope=catalog.read&scope=openid",
                 "grant_type=client_credentials&grant_type=client_credentials"):  # fmt: skip
        reply = send(TOKEN, body, basic(a_client()))
        assert (reply.status, told(reply)["error"]) == (400, "invalid_request")


def test_rfc6749_2_3_two_ways_of_proof_at_once_are_refused() -> None:
    client = a_client()
    form = ITSELF | {"client_id": client.client_id, "client_secret": secret_of(client)}
    reply = send(TOKEN, form, basic(client))
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")


def test_a_wrong_secret_is_refused_alike_for_clients_that_are_there_and_that_are_not() -> None:
    client = a_client()
    known = send(TOKEN, ITSELF, basic(client, "gps_wrong"))
    unknown = send(TOKEN, ITSELF, basic(Client(client_id="nobody"), "gps_wrong"))
    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert (known.status, told(known)["error"]) == (401, "invalid_client")
    assert known.headers["www-authenticate"].startswith("Basic ")
    (entry,) = entries(client)
    assert (entry.name, entry.result) == ("sso.client.refused", "refused")


def test_whoever_fails_too_often_is_slowed_and_the_client_itself_is_not() -> None:
    """Attack: a flood of wrong secrets fills the log and the database."""
    client = a_client()
    wrong = asked(TOKEN, ITSELF, basic(client, "gps_wrong"))
    replies = send_all(*[asked(TOKEN, ITSELF, basic(client, "gps_wrong")) for _ in range(40)])
    statuses = sorted(reply.status for reply in replies)
    assert statuses == [401] * 30 + [429] * 10
    (late,) = send_all(wrong)
    assert int(late.headers["retry-after"]) > 0
    assert len(entries(client)) == 30
    assert send(TOKEN, ITSELF, basic(client)).status == 200
    assert send(TOKEN, ITSELF, basic(client, "gps_wrong"), client="198.51.100.7").status == 401


def test_a_code_of_another_client_or_with_another_verifier_is_worth_nothing() -> None:
    client, other = a_client(), a_client()
    code = a_code(allowed(client))
    assert told(send(TOKEN, redeem(other, code), basic(other)))["error"] == "invalid_grant"
    for wrong in ({"code_verifier": "w" * 43}, {"redirect_uri": BACK + "/"}):
        reply = send(TOKEN, redeem(client, code) | wrong, basic(client))
        assert told(reply)["error"] == "invalid_grant"
    assert send(TOKEN, redeem(client, code), basic(client)).status == 200


def test_a_code_that_is_over_is_worth_nothing() -> None:
    client = a_client()
    code = a_code(allowed(client), expires_at=clock.now() - timedelta(seconds=1))
    assert told(send(TOKEN, redeem(client, code), basic(client)))["error"] == "invalid_grant"


def test_a_client_that_was_suspended_a_moment_ago_gets_nothing() -> None:
    client = a_client()
    token = a_refresh(allowed(client))
    assert send(TOKEN, renew(client, token), basic(client)).status == 200
    change(client, state="suspended")
    assert send(TOKEN, renew(client, token), basic(client)).status == 401
    assert send(TOKEN, ITSELF, basic(client)).status == 401


def test_browsers_of_public_clients_may_ask_from_any_origin() -> None:
    preflight = send(TOKEN, method="OPTIONS")
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, "*")
    client = an_app()
    reply = send(TOKEN, renew(client, "gpf_" + "0" * 49), ("origin", "https://spa.example"))
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (400, "*")


def test_only_post_and_only_forms() -> None:
    assert send(TOKEN).status == 405
    assert send(TOKEN, method="HEAD").status == 405
    reply = send(TOKEN, None, ("content-type", "application/json"), method="POST")
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")
    assert send(TOKEN, None, FORM, method="POST").status == 401
