"""What may happen once happens once, also when twenty try it at the same moment (D15, D17)."""

from collections import Counter
from datetime import timedelta

import pytest

from gapura.kernel import clock
from gapura.sso.models import Authorization, Refresh
from tests.api.oauth.shop import (
    TOKEN,
    Allowed,
    a_client,
    a_code,
    a_refresh,
    allowed,
    an_app,
    asked,
    basic,
    committed,
    entries,
    redeem,
    renew,
    send,
    send_all,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def ended(given: Allowed) -> str:
    row = Authorization.objects.get(pk=given.row.pk)
    return row.end_reason if row.ended_at else ""


def test_rfc6749_10_5_twenty_at_once_with_one_code_get_at_most_one_token() -> None:
    client = a_client()
    given = allowed(client)
    code = a_code(given)
    replies = send_all(*[asked(TOKEN, redeem(client, code), basic(client)) for _ in range(20)])
    statuses = Counter(reply.status for reply in replies)
    assert statuses == {200: 1, 400: 19}
    assert {told(one)["error"] for one in replies if one.status == 400} == {"invalid_grant"}
    assert ended(given) == "code_replayed"
    names = Counter(entry.name for entry in entries(client))
    assert names["sso.token.issued"] == 1
    assert names["sso.code.replayed"] >= 1


def test_rfc6749_4_1_2_what_came_of_a_code_that_comes_again_is_worth_nothing() -> None:
    client = a_client()
    given = allowed(client)
    code = a_code(given)
    first = told(send(TOKEN, redeem(client, code), basic(client)))
    assert send(TOKEN, redeem(client, code), basic(client)).status == 400
    reply = send(TOKEN, renew(client, first["refresh_token"]), basic(client))
    assert told(reply)["error"] == "invalid_grant"


def test_a_code_that_another_client_shows_again_ends_it_too() -> None:
    """Attack: a stolen code is tried by whoever stole it, as a client of their own."""
    client, thief = a_client(), a_client()
    given = allowed(client)
    code = a_code(given)
    assert send(TOKEN, redeem(client, code), basic(client)).status == 200
    assert send(TOKEN, redeem(thief, code), basic(thief)).status == 400
    assert ended(given) == "code_replayed"


def test_an_answer_that_was_lost_may_be_asked_for_again_at_once() -> None:
    client = an_app()
    given = allowed(client)
    token = a_refresh(given)
    lost = told(send(TOKEN, renew(client, token)))
    again = send(TOKEN, renew(client, token))
    assert again.status == 200, again.text
    assert told(again)["refresh_token"] != lost["refresh_token"]
    assert ended(given) == ""


def test_rfc9700_4_14_2_a_rotated_refresh_token_that_comes_back_later_ends_the_line() -> None:
    client = an_app()
    given = allowed(client)
    token = a_refresh(given)
    first = told(send(TOKEN, renew(client, token)))
    committed(
        lambda: Refresh.objects.filter(authorization=given.row.id, replaced_at__isnull=False)
        .update(replaced_at=clock.now() - timedelta(seconds=11))
    )  # fmt: skip
    assert told(send(TOKEN, renew(client, token)))["error"] == "invalid_grant"
    assert ended(given) == "refresh_replayed"
    assert told(send(TOKEN, renew(client, first["refresh_token"])))["error"] == "invalid_grant"
    assert [one.name for one in entries(client)][-1] == "sso.refresh.replayed"


def test_twenty_at_once_with_one_refresh_token_leave_one_line() -> None:
    client = an_app()
    given = allowed(client)
    token = a_refresh(given)
    replies = send_all(*[asked(TOKEN, renew(client, token)) for _ in range(20)])
    assert {reply.status for reply in replies} <= {200, 400, 503}
    assert any(reply.status == 200 for reply in replies)
    left = Refresh.objects.filter(authorization=given.row.id, replaced_at__isnull=True)
    assert left.count() == 1
