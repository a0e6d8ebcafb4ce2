"""HTTP of the OAuth endpoints: what is let through to the protocol, and how refusals are told."""

import json
from collections.abc import Iterable
from typing import Any

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from gapura.api.doors.oauth.batches import Overloaded, Uncertain
from gapura.api.doors.oauth.wire import BODY_LIMIT, Asked, Reply, endpoint
from gapura.sso.protocol.problems import OAuthProblem
from tests.asgi import Answer, Application, answer, call, run, scope

FORM = ("content-type", "application/x-www-form-urlencoded")


async def echo(asked: Asked) -> Reply:
    told = {
        "form": asked.form.decode(),
        "authorization": asked.authorization,
        "dpop": asked.dpop,
        "address": asked.address,
        "url": asked.url,
        "query": asked.query,
    }
    return Reply(200, told, (("Cache-Control", "no-store"),))


def send(
    *parts: bytes,
    door: Application | None = None,
    method: str = "POST",
    headers: Iterable[tuple[str, str]] = (FORM,),
    query: str = "",
) -> Answer:
    asked = scope(method, "/oauth2/token", headers=headers, query=query)
    return answer(door or endpoint(echo), asked, *parts)


def told(reply: Answer) -> Any:
    return json.loads(reply.body)


def test_a_form_gets_through_in_any_number_of_parts() -> None:
    reply = send(b"grant_", b"type=x", headers=(FORM, ("authorization", "Basic abc")))
    assert reply.status == 200
    assert told(reply)["form"] == "grant_type=x"
    assert told(reply)["authorization"] == "Basic abc"


def test_rfc6749_5_1_nothing_that_is_answered_may_be_kept() -> None:
    reply = send(b"a=b")
    assert (reply.headers["cache-control"], reply.headers["pragma"]) == ("no-store", "no-cache")
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_endpoints_own_address_is_the_published_one_never_the_host_header() -> None:
    """Attack (D14): a proof made for another host, with that host named in the request."""
    reply = send(b"a=b", headers=(FORM, ("host", "evil.example"), ("x-forwarded-host", "evil")))
    assert told(reply)["url"] == "http://localhost:8000/oauth2/token"


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_rfc6749_4_only_forms_are_read(kind: str) -> None:
    reply = send(b"grant_type=x", headers=(("content-type", kind),))
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")


def test_a_charset_beside_the_media_type_is_fine() -> None:
    kind = ("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
    assert send(b"a=b", headers=(kind,)).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_rfc6749_3_2_a_client_uses_post(method: str) -> None:
    reply = send(method=method, headers=())
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_a_body_beyond_the_limit_is_refused_before_it_is_all_here() -> None:
    whole = b"a=" + b"x" * BODY_LIMIT
    assert send(whole).status == 413
    assert send(whole[: BODY_LIMIT // 2], whole[: BODY_LIMIT // 2], b"12").status == 413
    said = (FORM, ("content-length", str(BODY_LIMIT + 1)))
    assert send(b"a=b", headers=said).status == 413
    assert send(b"a=" + b"x" * (BODY_LIMIT - 2)).status == 200


def test_a_client_that_leaves_in_the_midst_is_not_answered() -> None:
    async def play() -> list[Any]:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def keep(message: Any) -> None:
            sent.append(message)

        await endpoint(echo)(scope("POST", "/oauth2/token", headers=(FORM,)), receive, keep)
        return sent

    assert run(play()) == []


@pytest.mark.parametrize("name", ["authorization", "dpop"])
def test_a_header_that_stands_twice_is_refused(name: str) -> None:
    """Attack (D39): two values, of which the check takes one and the use the other."""
    reply = send(b"a=b", headers=(FORM, (name, "one"), (name, "two")))
    assert reply.status == 400
    wanted = "invalid_dpop_proof" if name == "dpop" else "invalid_request"
    assert told(reply)["error"] == wanted


def test_a_header_beyond_ascii_is_refused() -> None:
    assert send(b"a=b", headers=(FORM, ("authorization", "Bearer \xe9"))).status == 400


def test_rfc6749_2_3_1_nothing_goes_in_the_address() -> None:
    reply = send(b"a=b", query="client_secret=x")
    assert (reply.status, told(reply)["error"]) == (400, "invalid_request")
    assert told(send(b"a=b", door=endpoint(echo, queries=True), query="x=y"))["query"] == "x=y"


def test_browsers_of_any_origin_may_ask_but_never_with_credentials() -> None:
    door = endpoint(echo, cors=True)
    asked = (("origin", "https://spa.example"), ("access-control-request-method", "POST"))
    preflight = send(door=door, method="OPTIONS", headers=asked)
    assert (preflight.status, preflight.body) == (204, b"")
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-methods"] == "POST"
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert {"authorization", "dpop"} <= set(allowed.split(", "))
    reply = send(b"a=b", door=door, headers=(FORM, ("origin", "https://spa.example")))
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "WWW-Authenticate" in reply.headers["access-control-expose-headers"]
    for one in (preflight, reply):
        assert "access-control-allow-credentials" not in one.headers


def test_refusals_too_are_for_any_origin_to_read() -> None:
    reply = send(b"a=b", door=endpoint(echo, cors=True), headers=())
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (400, "*")
    assert send(door=endpoint(echo, cors=True), method="PUT").headers["allow"] == "POST, OPTIONS"


def test_endpoints_between_servers_are_not_for_browsers() -> None:
    assert "access-control-allow-origin" not in send(b"a=b").headers


def test_head_gets_the_headers_of_get_alone() -> None:
    door = endpoint(echo, methods=("GET", "HEAD"))
    whole, head = (send(door=door, method=method, headers=()) for method in ("GET", "HEAD"))
    assert (whole.status, head.status, head.body) == (200, 200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_a_refusal_tells_error_and_description_and_keeps_why_to_itself() -> None:
    async def refuse(_asked: Asked) -> Reply:
        headers = (("WWW-Authenticate", "Basic"),)
        raise OAuthProblem("invalid_client", "no", 401, "wrong_secret", headers)

    reply = send(b"a=b", door=endpoint(refuse))
    assert (reply.status, reply.headers["www-authenticate"]) == (401, "Basic")
    assert told(reply) == {"error": "invalid_client", "error_description": "no"}


@pytest.mark.parametrize(
    "trouble", [psycopg.OperationalError("dsn"), PoolTimeout(), Overloaded(), Uncertain()]
)
def test_what_cannot_be_done_now_is_told_so_with_when_to_try_again(trouble: Exception) -> None:
    async def fail(_asked: Asked) -> Reply:
        raise trouble

    reply = send(b"a=b", door=endpoint(fail))
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    assert told(reply)["error"] == "temporarily_unavailable"
    assert "dsn" not in reply.text


def test_a_slow_body_does_not_hold_a_request_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setattr("gapura.api.doors.oauth.wire.BODY_SECONDS", 0.05)

    async def play() -> int:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(60)
            return {"type": "http.request", "body": b"", "more_body": False}

        async def keep(message: Any) -> None:
            sent.append(message)

        await endpoint(echo)(scope("POST", "/oauth2/token", headers=(FORM,)), receive, keep)
        return int(sent[0]["status"])

    assert run(play()) == 408


def test_parts_of_one_request_are_never_seen_by_another() -> None:
    async def play() -> list[Answer]:
        import asyncio

        asked = [scope("POST", "/oauth2/token", headers=(FORM,)) for _ in range(20)]
        door = endpoint(echo)
        return await asyncio.gather(
            *(call(door, one, f"n={number}".encode()) for number, one in enumerate(asked))
        )

    assert [told(one)["form"] for one in run(play())] == [f"n={number}" for number in range(20)]
