"""The operational doors: alive, ready, version, metrics."""

import asyncio
import json

import pytest
from django.db import connection
from pytest_django import Settings

from gapura.api.doors import health, pool
from gapura.api.doors.metrics import text_of
from gapura.audit.queries import Signals
from gapura.config.doors import doors
from tests.asgi import Answer, call, run, scope

TOKEN = "a token for the tests"


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No answer remembered from the test before."""
    health._Last.state = None
    health._Last.lock = asyncio.Lock()


def ask(path: str, method: str = "GET", **headers: str) -> Answer:
    async def once() -> Answer:
        try:
            pairs = headers.items()
            return await call(doors(dict)[path], scope(method, path, headers=list(pairs)))
        finally:
            await pool.close()

    return run(once())


def test_healthz_answers_without_a_database() -> None:
    assert ask("/healthz").body == b"ok\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/version", "/metrics"])
def test_doors_that_only_tell_refuse_other_methods(path: str) -> None:
    reply = ask(path, "POST")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


def test_version_tells_name_and_number() -> None:
    assert json.loads(ask("/version").body)["name"] == "gapura"


@pytest.mark.django_db(transaction=True)
def test_readyz_is_ready_when_all_is_well() -> None:
    reply = ask("/readyz")
    assert json.loads(reply.body) == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "sealer": "ok", "signer": "ok"},
    }
    assert reply.status == 200


@pytest.mark.django_db(transaction=True)
def test_readyz_says_when_a_migration_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    more = health.expected_migrations() | {("kernel", "9999_tomorrow")}
    monkeypatch.setattr(health, "expected_migrations", lambda: more)
    reply = ask("/readyz")
    assert (reply.status, json.loads(reply.body)["checks"]["migrations"]) == (503, "missing")


@pytest.mark.django_db(transaction=True)
def test_readyz_says_when_the_sealer_lags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "BACKLOG", "SELECT 5, 301.0")
    assert json.loads(ask("/readyz").body)["checks"]["sealer"] == "behind"


def test_readyz_says_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_address", lambda: "host=127.0.0.1 port=1 connect_timeout=1")
    reply = ask("/readyz")
    assert (reply.status, json.loads(reply.body)["checks"]["database"]) == (503, "unreachable")


def test_metrics_are_not_there_without_a_token_in_the_settings(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert ask("/metrics", authorization="Bearer ").status == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}"])
def test_metrics_refuse_who_does_not_bear_the_token(settings: Settings, given: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    reply = ask("/metrics", authorization=given)
    assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="metrics"')


@pytest.mark.django_db(transaction=True)
def test_metrics_tell_the_queues_to_the_bearer(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert connection.settings_dict["NAME"].startswith("test_")
    reply = ask("/metrics", authorization=f"Bearer {TOKEN}")
    assert reply.status == 200
    for name in ("gapura_ready", "gapura_jobs_waiting", "gapura_mail_oldest_seconds"):
        assert f"# TYPE {name} gauge" in reply.text
    assert "gapura_ready{" in reply.text


def test_figures_are_prometheus_text() -> None:
    lines = text_of({"gapura_pages_total": 3}).decode().splitlines()
    assert lines[1] == "# TYPE gapura_pages_total counter"
    assert lines[2].endswith(" 3")


@pytest.mark.parametrize(
    ("signals", "word"),
    [
        (Signals(), "ok"),
        (Signals(seconds=170, signer="away"), "ok"),
        (Signals(seconds=190, signer="away"), "waiting"),
        (Signals(failing=1, split=1), "refused"),
        (Signals(failing=2), "ok"),
    ],
)
def test_a_signer_that_is_away_is_told_and_one_that_refuses_is_an_alarm(
    signals: Signals, word: str
) -> None:
    assert signals.word == word


@pytest.mark.django_db(transaction=True)
def test_unsigned_entries_are_told_but_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SIGNALS", "SELECT 999.0::float8, 'away', 1, 0, 0")
    reply = ask("/readyz")
    assert reply.status == 200
    assert json.loads(reply.body)["checks"]["signer"] == "waiting"
