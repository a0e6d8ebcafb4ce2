"""Asks one authority one question: breaker, line, retries, strict reading, and the record of it."""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import connection

from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.outside import breaker
from gapura.outside.answers import About, Proof
from gapura.outside.errors import AuthorityDown, InsideTransaction
from gapura.outside.line import JSON, Fault, exchange
from gapura.outside.models import Check
from gapura.outside.reading import Answer, Nonsense, read
from gapura.outside.rules import LINE_SECONDS, TRIES, WAIT_SECONDS

T = TypeVar("T")
_NO_LINE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom. Personal values stand in `body` only: addresses end up in logs.

    All are safe to ask again: they change nothing, or carry a `key` by which the authority knows
    the repetition. `secret` is sent with the body, and no trace of it is kept, not even a hash.
    """

    authority: str
    kind: str
    about: About
    path: str
    body: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    key: str = ""
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)


def ask(question: Question, reader: Callable[[Answer, Proof], T]) -> T:
    """Ask, read and record.

    :raises AuthorityDown: for no answer, a wrong one, or an authority that is not connected.
    :raises InsideTransaction: when called inside one: seconds of waiting would hold its locks.
    """
    demand_no_transaction()
    if not settings.OUTSIDE[question.authority].url:
        raise AuthorityDown(question.authority, 3600, "not_connected")
    breaker.admit(question.authority)
    began, asked_at = time.monotonic(), clock.now()
    try:
        with _line(question.authority):
            result, proof = _try(question, reader, asked_at)
    except Fault as fault:
        _record(question, asked_at, began, fault.word)
        wait = settings.OUTSIDE_PAUSE_SECONDS
        if fault.counts:
            wait = breaker.failed(question.authority, fault.word, fault.wait)
        raise AuthorityDown(question.authority, wait, fault.word) from None
    _record(question, asked_at, began, "answered", proof)
    breaker.succeeded(question.authority)
    return result


def _try(
    question: Question, reader: Callable[[Answer, Proof], T], asked_at: datetime
) -> tuple[T, Proof]:
    for left in reversed(range(TRIES)):
        request_id = str(uuid4())
        try:
            answer = read(_send(question, request_id), request_id)
        except Nonsense:
            raise Fault("nonsense") from None
        except Fault as fault:
            if not fault.again or not left:
                raise
        else:
            return _understand(question, answer, reader, asked_at)
        time.sleep(random.uniform(*WAIT_SECONDS))  # noqa: S311 - spreads tries, hides nothing
    raise AssertionError("unreachable")


def _understand(
    question: Question, answer: Answer, reader: Callable[[Answer, Proof], T], asked_at: datetime
) -> tuple[T, Proof]:
    try:
        proof = _proof(question, answer, asked_at)
        return reader(answer, proof), proof
    except (Nonsense, RecursionError):
        raise Fault("nonsense", counts=False) from None


def _send(question: Question, request_id: str) -> bytes:
    endpoint = settings.OUTSIDE[question.authority]
    headers = {"Authorization": f"Bearer {endpoint.token}", "X-Request-Id": request_id}
    if question.key:
        headers["Idempotency-Key"] = question.key
    body = None
    if question.method == "POST":
        headers["Content-Type"] = JSON
        body = json.dumps({**question.body, **question.secret}).encode()
    return exchange(
        question.method,
        endpoint.url + question.path,
        headers=headers,
        body=body,
        seconds=settings.OUTSIDE_TIMEOUT_SECONDS,
    )


def _proof(question: Question, answer: Answer, asked_at: datetime) -> Proof:
    told = {name: value for name, value in answer.fields.items() if name != "request_id"}
    whole = [question.authority, question.path, dict(question.body), told]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    reference = answer.text("reference", 80)
    digest = lookup(text, "outside.answer").hex()
    return Proof(question.authority, reference, digest, asked_at)


def _record(
    question: Question, asked_at: datetime, began: float, outcome: str, proof: Proof | None = None
) -> None:
    Check.objects.create(
        authority=question.authority,
        kind=question.kind,
        subject_kind=question.about.kind,
        subject_id=question.about.id,
        asked_at=asked_at,
        milliseconds=int((time.monotonic() - began) * 1000),
        outcome=outcome,
        result_hash=proof.result_hash if proof else "",
        reference=proof.reference if proof else "",
    )


@cache
def _lines() -> BoundedSemaphore:
    """One page thread always stays free of waiting for others."""
    return BoundedSemaphore(max(1, settings.PAGE_THREADS - 1))


@contextmanager
def _line(authority: str) -> Iterator[None]:
    if not _lines().acquire(timeout=LINE_SECONDS):
        raise AuthorityDown(authority, _NO_LINE_SECONDS, "no_line")
    try:
        yield
    finally:
        _lines().release()


def demand_no_transaction() -> None:
    """Seconds of waiting for others hold no locks of ours.

    :raises InsideTransaction: when one is open.
    """
    # Django's tests hold one around everything; those do not count.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise InsideTransaction("other authorities are not asked inside a transaction")
