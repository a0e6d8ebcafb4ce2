"""The decision doors: /access/v1/evaluation, /access/v1/evaluations and their configuration."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import SynchronousOnlyOperation
from django.db import close_old_connections
from psycopg import AsyncConnection
from psycopg_pool import PoolTimeout

from gapura.access.queries import (
    Decision,
    grants_read,
    grants_statement,
    judge,
)
from gapura.accounts.queries import subject_read, subject_statement, username_in
from gapura.api.doors import authzen
from gapura.api.doors.authzen import Question
from gapura.api.doors.bearer import Denied, admit
from gapura.api.doors.bodies import BadRequest, Gone, read_json
from gapura.api.doors.pool import connection
from gapura.api.doors.replies import (
    Door,
    Receive,
    Scope,
    Send,
    header,
    reads_only,
    reply,
    reply_json,
)
from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.organizations.queries import spot_read, spot_statement

log = logging.getLogger(__name__)

# Reads the dated law for this worker: once in half a minute, and where two roles are suspect.
_readers = ThreadPoolExecutor(1, thread_name_prefix="law")

SCOPE = "decisions"
PERSON = "person"
_REQUEST_ID = re.compile(rb"[\x21-\x7e]{1,128}")
_PLATFORM_ID = "platform"

Key = tuple[str, str, str]


@reads_only
async def configuration(scope: Scope, _receive: Receive, send: Send) -> None:
    """Where the doors are, as GAPURA_PUBLIC_URL says, never as the request does."""
    base = settings.PUBLIC_URL
    told = {
        "policy_decision_point": base,
        "access_evaluation_endpoint": f"{base}/access/v1/evaluation",
        "access_evaluations_endpoint": f"{base}/access/v1/evaluations",
    }
    await reply_json(scope, send, 200, told)


def _door(many: bool) -> Door:
    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        number = header(scope, b"x-request-id")
        own = (b"x-request-id", number or uuid7().hex.encode())
        try:
            if number and not _REQUEST_ID.fullmatch(number):
                own = (b"x-request-id", uuid7().hex.encode())
                raise BadRequest("X-Request-ID must be 1 to 128 visible ASCII characters")
            told = await _answer(scope, receive, many)
        except Gone:
            return
        except Denied as no:
            await _refuse(scope, send, no.status, no.error, no.message, own, *no.headers)
        except BadRequest as bad:
            await _refuse(scope, send, bad.status, "invalid_request", bad.message, own)
        except (psycopg.Error, PoolTimeout, OSError) as error:
            log.error("decision %s failed: %s", own[1].decode(), type(error).__name__)
            retry = (b"retry-after", b"2")
            await _refuse(scope, send, 503, "unavailable", "try again in a moment", own, retry)
        else:
            await reply_json(scope, send, 200, told, (own,))

    return _posts_only(door)


def _posts_only(door: Door) -> Door:
    @wraps(door)
    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            await door(scope, receive, send)
        else:
            allow = (b"allow", b"POST")
            await reply(scope, send, 405, b"method not allowed\n", headers=(allow,))

    return guarded


async def _refuse(
    scope: Scope, send: Send, status: int, error: str, message: str, *headers: tuple[bytes, bytes]
) -> None:
    told = {"error": error, "error_description": message}
    await reply_json(scope, send, status, told, headers)


async def _answer(scope: Scope, receive: Receive, many: bool) -> authzen.Json:
    # The body is read without holding one of the few connections.
    async with connection() as line:
        await admit(scope, line, SCOPE, clock.now())
    body = await read_json(scope, receive)
    asked = authzen.batch(body) if many else None
    if asked is None:
        one = authzen.question(body)
        facts = await _facts([one])
        return await _decided(lambda: authzen.answer(facts.decide(one)))
    facts = await _facts(one for one in asked.questions if isinstance(one, Question))
    return await _decided(lambda: {"evaluations": list(authzen.answers(asked, facts.decide))})


async def _decided(work: Callable[[], authzen.Json]) -> authzen.Json:
    """Decide here; where the law has to be read anew, in a thread that may wait for it."""
    try:
        return work()
    except SynchronousOnlyOperation:
        return await asyncio.get_running_loop().run_in_executor(_readers, _with_the_law, work)


def _with_the_law(work: Callable[[], authzen.Json]) -> authzen.Json:
    close_old_connections()
    return work()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read for one request, at one moment, in one round trip."""

    at: datetime
    rows: dict[Key, list[tuple[Any, ...]]]

    def decide(self, asked: Question) -> Decision:
        """The answer to one question."""
        (kind, name), (place, code) = asked.subject, asked.resource
        known = kind == PERSON
        subject = subject_read(self.rows.get(("subject", "", name), [])) if known else None
        grants = grants_read(self.rows.get(("grants", "", name), []), self.at) if known else ()
        there = place != _PLATFORM_ID or code == _PLATFORM_ID
        spot = spot_read(place, self.rows.get(("spot", place, code), [])) if there else None
        return judge(subject, grants, asked.permission, spot, at=self.at, acr=asked.acr)


async def _facts(questions: Iterable[Question]) -> Facts:
    at = clock.now()
    statements: dict[Key, tuple[str, list[Any]] | None] = {}
    for one in questions:
        (kind, name), (place, code) = one.subject, one.resource
        if kind == PERSON and (username := username_in(name)):
            statements.setdefault(("subject", "", name), subject_statement(username, at))
            statements.setdefault(("grants", "", name), grants_statement(username, at))
        statements.setdefault(("spot", place, code), spot_statement(place, code))
    async with connection() as line:
        return Facts(at, await _read(line, statements))


async def _read(
    line: AsyncConnection, statements: dict[Key, tuple[str, list[Any]] | None]
) -> dict[Key, list[tuple[Any, ...]]]:
    async with line.pipeline():
        cursors = {
            key: await line.execute(statement[0].encode(), statement[1])
            for key, statement in statements.items()
            if statement is not None
        }
    return {key: await cursor.fetchall() for key, cursor in cursors.items()}


evaluation = _door(many=False)
evaluations = _door(many=True)
