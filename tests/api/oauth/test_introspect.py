"""/oauth2/introspect and /oauth2/revoke: a token is worth what it rests on, at every question."""

from typing import Any

import pytest

from gapura.access.models import Grant
from gapura.authentication.models import Session
from gapura.kernel import clock
from gapura.sso.models import Authorization, Client
from tests.api.oauth.shop import (
    INTROSPECT,
    REVOKE,
    TOKEN,
    a_client,
    a_refresh,
    allowed,
    an_app,
    asked,
    basic,
    change,
    entries,
    renew,
    send,
    send_all,
    tokens,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

INACTIVE = {"active": False}


def about(client: Client, token: str) -> dict[str, Any]:
    reply = send(INTROSPECT, {"token": token}, basic(client))
    assert reply.status == 200, reply.text
    return told(reply)


def test_rfc7662_2_2_a_working_token_is_told_with_what_the_person_holds_now() -> None:
    client = a_client()
    given = allowed(client)
    found = about(client, tokens(client, given)["access_token"])
    assert (found["active"], found["client_id"]) == (True, client.client_id)
    assert (found["sub"], found["sid"]) == (given.row.subject, given.row.sid)
    assert [grant["role"] for grant in found["gapura_grants"]] == ["ppk", "pp"]


def test_rfc7662_2_2_what_does_not_work_is_told_as_inactive_and_nothing_else() -> None:
    client = a_client()
    token = tokens(client, allowed(client))["access_token"]
    head, body, signature = token.split(".")
    for bad in ("x", "a.b.c", f"{head}.{body}.", f"{head}.{body}.{signature[:-4]}AAAA",
                "gpf_" + "0" * 49, "e30.e30.e30"):  # fmt: skip
        assert about(client, bad) == INACTIVE


def test_rfc7662_4_tokens_of_others_are_inactive_to_a_client() -> None:
    client, curious = a_client(), a_client()
    given = allowed(client)
    assert about(curious, tokens(client, given)["access_token"]) == INACTIVE
    assert about(curious, a_refresh(given)) == INACTIVE


def test_rfc7662_2_1_whoever_asks_proves_who_they_are() -> None:
    client, app = a_client(), an_app()
    assert send(INTROSPECT, {"token": "x"}).status == 401
    assert send(INTROSPECT, {"token": "x"}, basic(client, "gps_wrong")).status == 401
    assert send(INTROSPECT, {"token": "x", "client_id": app.client_id}).status == 401
    assert told(send(INTROSPECT, {}, basic(client)))["error"] == "invalid_request"


def test_a_grant_that_was_revoked_a_moment_ago_is_no_longer_told() -> None:
    client = a_client()
    token = tokens(client, allowed(client))["access_token"]
    assert about(client, token)["gapura_grants"]
    held = list(Grant.objects.filter(person__username="ppk"))
    for grant in held:
        change(grant, state="revoked", ended_at=clock.now())
    try:
        found = about(client, token)
    finally:
        for grant in held:
            change(grant, state=grant.state, ended_at=None)
    assert (found["active"], found["gapura_grants"]) == (True, [])


@pytest.mark.parametrize("what", ["session", "authorization", "client", "person"])
def test_what_a_token_rests_on_may_end_at_any_moment(what: str) -> None:
    client = a_client(resource="")
    watcher = a_client(resource=f"https://{what}.example")
    given = allowed(client, resources=watcher.resource)
    change(client, audiences=[watcher.resource])
    token = tokens(client, given)["access_token"]
    assert about(watcher, token)["active"] is True
    now = clock.now()
    if what == "session":
        change(Session.objects.get(pk=given.session), ended_at=now, end_reason="ended")
    elif what == "authorization":
        change(given.row, ended_at=now, end_reason="withdrawn")
    elif what == "client":
        change(client, state="suspended")
    else:
        change(given.row.person, state="suspended")
    try:
        assert about(watcher, token) == INACTIVE
    finally:
        change(given.row.person, state="verified")


def test_rfc7009_2_1_a_refresh_token_that_is_given_back_takes_all_that_rests_on_it_along() -> None:
    client = a_client()
    given = allowed(client)
    body = tokens(client, given)
    reply = send(REVOKE, {"token": body["refresh_token"]}, basic(client))
    assert (reply.status, reply.body) == (200, b"")
    assert about(client, body["access_token"]) == INACTIVE
    assert told(send(TOKEN, renew(client, body["refresh_token"]), basic(client)))["error"] == (
        "invalid_grant"
    )
    assert Authorization.objects.get(pk=given.row.pk).end_reason == "revoked"
    assert entries(client)[-1].name == "sso.token.revoked"


def test_rfc7009_2_an_access_token_that_is_given_back_ends_alone() -> None:
    client = a_client()
    given = allowed(client)
    first, second = tokens(client, given), tokens(client, given)
    assert send(REVOKE, {"token": first["access_token"]}, basic(client)).status == 200
    assert about(client, first["access_token"]) == INACTIVE
    assert about(client, second["access_token"])["active"] is True


def test_rfc7009_2_2_what_is_no_token_or_somebody_elses_is_answered_alike() -> None:
    client, other = a_client(), a_client()
    token = tokens(client, allowed(client))["access_token"]
    for foreign in ("x", "gpf_" + "0" * 49, token):
        reply = send(REVOKE, {"token": foreign}, basic(other))
        assert (reply.status, reply.body) == (200, b"")
    assert about(client, token)["active"] is True


def test_many_questions_at_once_are_answered_each_by_itself() -> None:
    client = a_client()
    good = tokens(client, allowed(client))["access_token"]
    questions = [{"token": good if n % 2 else f"bad{n}"} for n in range(60)]
    replies = send_all(*[asked(INTROSPECT, one, basic(client)) for one in questions])
    assert [told(one)["active"] for one in replies] == [bool(n % 2) for n in range(60)]


def test_browsers_may_give_tokens_back_and_may_not_ask_what_they_are_worth() -> None:
    assert send(REVOKE, method="OPTIONS").headers["access-control-allow-origin"] == "*"
    refused = send(INTROSPECT, method="OPTIONS")
    assert refused.status == 405
    assert "access-control-allow-origin" not in refused.headers
