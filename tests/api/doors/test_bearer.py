"""Tokens at the doors: who is let in, from where, until when; wrong ones are slowed."""

import json
from datetime import timedelta
from unittest import mock

import pytest
from psycopg import OperationalError

from gapura.api.doors import decisions, pool
from gapura.authentication.models import ServiceToken
from gapura.authentication.queries import Entry, ServiceKey, tokens_of
from gapura.authentication.services import issue_token, revoke_token
from gapura.authentication.tokens import is_service_token, new_service_token
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.ids import uuid7
from tests.api.doors.asking import ONE, about, send
from tests.asgi import Answer

CONSOLE = system_actor("console")
real = pytest.mark.django_db(transaction=True)


def issued(*networks: str) -> str:
    return issue_token(
        actor=CONSOLE, name="spse", scopes=["decisions"], networks=networks, days=1
    ).token


def ask(token: str) -> Answer:
    return send(ONE, about("nobody-known"), token)


def test_a_token_is_recognized_by_its_form_alone() -> None:
    token = new_service_token()
    assert token.startswith("gpr_")
    assert len(token) == 53
    assert is_service_token(token)
    assert not is_service_token(token[:-1] + ("0" if token[-1] != "0" else "1"))
    assert not is_service_token("gpr_" + "0" * 49)
    assert not is_service_token("")
    assert len({new_service_token() for _ in range(100)}) == 100


def key(**values: object) -> ServiceKey:
    told = {
        "scopes": ("decisions",),
        "networks": (),
        "expires_at": clock.now() + timedelta(seconds=1),
        "revoked_at": None,
        **values,
    }
    return ServiceKey(id=uuid7(), name="spse", last_used_on=None, **told)  # type: ignore[arg-type]


def test_a_token_works_until_its_last_second_at_its_addresses_for_its_scope() -> None:
    now, here = clock.now(), "203.0.113.9"
    assert key().entry("decisions", here, now) is Entry.OPEN
    assert key(expires_at=now).entry("decisions", here, now) is Entry.EXPIRED
    assert key(revoked_at=now).entry("decisions", here, now) is Entry.REVOKED
    assert key(scopes=("other",)).entry("decisions", here, now) is Entry.OTHER_SCOPE
    assert key(networks=("203.0.113.0/24", "::1/128")).entry("decisions", here, now) is Entry.OPEN
    assert key(networks=("198.51.100.0/24",)).entry("decisions", here, now) is Entry.ELSEWHERE


@real
def test_a_right_token_gets_in_and_the_day_of_its_use_is_noted() -> None:
    token = issued("203.0.113.0/24")
    assert ask(token).status == 200
    (view,) = tokens_of(CONSOLE)
    assert view.last_used_on == clock.now().date()
    assert view.hint == token[:8]


@real
def test_without_a_working_token_nothing_is_answered() -> None:
    revoked, expired, elsewhere, other = issued(), issued(), issued("198.51.100.0/24"), issued()
    rows = ServiceToken.objects.order_by("created_at", "id")
    revoke_token(actor=CONSOLE, token_id=rows[0].id, reason="no longer needed")
    early = clock.now() - timedelta(days=2)
    ServiceToken.objects.filter(pk=rows[1].id).update(
        created_at=early, expires_at=clock.now() - timedelta(seconds=1)
    )
    for bad in (revoked, expired, elsewhere, new_service_token(), "gpr_x", "é" * 9):
        reply = ask(bad)
        assert reply.status == 401
        assert 'error="invalid_token"' in reply.headers["www-authenticate"]
        assert json.loads(reply.body)["error"] == "invalid_token"
    bare = ask("")
    assert (bare.status, bare.headers["www-authenticate"]) == (401, 'Bearer realm="gapura"')
    with mock.patch.object(decisions, "SCOPE", "something else"):
        reply = ask(other)
    assert reply.status == 403
    assert 'error="insufficient_scope"' in reply.headers["www-authenticate"]


@real
def test_wrong_tokens_are_slowed_by_address_and_right_ones_still_get_in() -> None:
    right = issued()
    statuses = [ask("gpr_wrong").status for _ in range(32)]
    assert statuses[:30] == [401] * 30
    assert statuses[-1] == 429
    slowed = ask("gpr_wrong")
    assert int(slowed.headers["retry-after"]) > 0
    assert ask(right).status == 200


def test_a_database_that_is_away_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_address", lambda: "host=127.0.0.1 port=1 connect_timeout=1")
    reply = ask(new_service_token())
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    assert OperationalError.__name__ not in reply.text
