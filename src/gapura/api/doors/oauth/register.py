"""/oauth2/register: applications register and manage themselves (RFC 7591, RFC 7592).

A door and no page: it knows no cookie and so needs no form token, it takes PUT and DELETE, and it
answers programs in JSON. It is seldom asked, so the services of the pages do the work in a thread.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections

from gapura.api.doors.bodies import BadRequest, Gone, read_json
from gapura.api.doors.oauth.wire import Reply, refusal
from gapura.api.doors.replies import Receive, Scope, Send, header, reply, reply_json
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.addresses import client_address
from gapura.kernel.throttle import TooMany
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.services import (
    delete_registration,
    read_registration,
    register_itself,
    update_registration,
)

log = logging.getLogger(__name__)

BASE = "/oauth2/register"
BELOW = f"{BASE}/"
_LONGEST_ID = 64
_LONGEST_TOKEN = 200
# One works, so many wait; each may read two addresses of its own, of five seconds each.
_WAITING = 8
_REGISTRATION = system_actor("registration")

_lane = ThreadPoolExecutor(1, thread_name_prefix="registration")
_inside = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request as far as it is looked at; `client_id` is empty for a new registration."""

    method: str
    address: str
    agent: str
    token: str
    client_id: str = ""
    body: Any = None


async def register(scope: Scope, receive: Receive, send: Send) -> None:
    """POST registers (RFC 7591 3)."""
    await _serve(scope, receive, send, ("POST",))


async def manage(scope: Scope, receive: Receive, send: Send) -> None:
    """GET reads, PUT replaces, DELETE closes one registration (RFC 7592 2)."""
    await _serve(scope, receive, send, ("GET", "PUT", "DELETE"))


def answer(wanted: Wanted) -> Reply:
    """What a request is told; runs where Django's connection is."""
    actor = replace(_REGISTRATION, ip=wanted.address, user_agent=wanted.agent)
    try:
        return _VERBS[wanted.method](actor, wanted)
    except OAuthProblem as problem:
        return refusal(problem)
    except TooMany as problem:
        told = OAuthProblem("temporarily_unavailable", "too many tries; wait, then try again", 429)
        return replace(refusal(told), headers=(("Retry-After", str(problem.seconds)),))


def _register(actor: Actor, wanted: Wanted) -> Reply:
    told = register_itself(actor=actor, token=wanted.token, metadata=wanted.body)
    return Reply(201, told.document)


def _read(actor: Actor, wanted: Wanted) -> Reply:
    told = read_registration(actor=actor, client_id=wanted.client_id, token=wanted.token)
    return Reply(200, told.document)


def _update(actor: Actor, wanted: Wanted) -> Reply:
    told = update_registration(
        actor=actor, client_id=wanted.client_id, token=wanted.token, metadata=wanted.body
    )
    return Reply(200, told.document)


def _delete(actor: Actor, wanted: Wanted) -> Reply:
    delete_registration(actor=actor, client_id=wanted.client_id, token=wanted.token)
    return Reply(204)


_VERBS: dict[str, Callable[[Actor, Wanted], Reply]] = {
    "POST": _register,
    "GET": _read,
    "PUT": _update,
    "DELETE": _delete,
}


async def _serve(scope: Scope, receive: Receive, send: Send, methods: tuple[str, ...]) -> None:
    if scope["method"] not in methods:
        allow = (b"allow", ", ".join(methods).encode())
        await reply(scope, send, 405, b"method not allowed\n", headers=(allow,))
        return
    try:
        told = await _done(await _wanted(scope, receive))
    except Gone:
        return
    except BadRequest as problem:
        told = _bad(problem)
    headers = tuple((name.lower().encode(), value.encode()) for name, value in told.headers)
    if told.status == 204:
        await reply(scope, send, 204, b"", headers=headers)
    else:
        await reply_json(scope, send, told.status, told.body, headers)


async def _wanted(scope: Scope, receive: Receive) -> Wanted:
    body = await _body(scope, receive) if scope["method"] in {"POST", "PUT"} else None
    return Wanted(
        method=scope["method"],
        address=client_address(scope, settings.TRUSTED_PROXIES),
        agent=header(scope, b"user-agent").decode("latin-1")[:300],
        token=_token(scope),
        client_id=_id_of(scope["path"]),
        body=body,
    )


async def _body(scope: Scope, receive: Receive) -> dict[str, Any]:
    found = await read_json(scope, receive)
    if not isinstance(found, dict):
        raise BadRequest("the body must be a JSON object")
    return found


def _token(scope: Scope) -> str:
    """The bearer token (RFC 6750 2.1); empty, which no row has, for none or an overlong one."""
    scheme, _, token = header(scope, b"authorization").decode("latin-1").partition(" ")
    token = token.strip()
    sound = scheme.lower() == "bearer" and len(token) <= _LONGEST_TOKEN and token.isascii()
    return token if sound else ""


def _id_of(path: str) -> str:
    found = path.removeprefix(BELOW) if path.startswith(BELOW) else ""
    return found if len(found) <= _LONGEST_ID and found.isascii() else "?"


def _bad(problem: BadRequest) -> Reply:
    """RFC 7591 3.2.2 has one word for every body that is no metadata."""
    text = problem.message.encode("ascii", "replace").decode().replace('"', "'")
    return refusal(OAuthProblem("invalid_client_metadata", text.replace("\\", "/"), problem.status))


async def _done(wanted: Wanted) -> Reply:
    global _inside  # noqa: PLW0603 - counted in the worker's one loop
    if _inside >= _WAITING:
        return _busy()
    _inside += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_lane, _in_thread, wanted)
    except DatabaseError as error:
        log.error("registration is unavailable: %s", type(error).__name__)
        return _busy()
    finally:
        _inside -= 1


def _in_thread(wanted: Wanted) -> Reply:
    """Its own connection, closed after each: most workers never need it again."""
    try:
        return answer(wanted)
    finally:
        connections.close_all()


def _busy() -> Reply:
    told = "the server cannot answer now, try again in a moment"
    return refusal(
        OAuthProblem("temporarily_unavailable", told, 503, headers=(("Retry-After", "2"),))
    )
