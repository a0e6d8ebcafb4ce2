"""Two at once: whatever the order, one decision, one grant, one escalation."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from gapura.access import services
from gapura.access.models import AccessRequest, Correction, Grant, Submission
from gapura.access.reasons import IDENTITY_DOCUMENT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Overtaken, Problem
from tests.access import world

ROUNDS = 20


@pytest.fixture
def world_of_threads(transactional_db: None) -> None:
    """The places, in a database where threads see each other's commits."""
    world.places()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run them together; answers what each gave or the problem it met."""
    with threads(len(acts)) as run:
        return run(*acts)


@contextmanager
def threads(many: int) -> Iterator[Callable[..., list[Any]]]:
    """So many threads for race after race, with connections that stay open as a server's do."""

    def run(*acts: Callable[[], Any]) -> list[Any]:
        gate = Barrier(many)
        return list(pool.map(partial(_outcome, gate), acts, timeout=30))

    with ThreadPoolExecutor(many) as pool:
        try:
            yield run
        finally:
            run(*[_leave] * many)


def _leave() -> None:
    # Looked up in the thread itself: each has a connection of its own.
    connection.close()


def _outcome(gate: Barrier, act: Callable[[], Any]) -> Any:
    gate.wait(10)
    try:
        return act()
    except Problem as problem:
        return problem


def take_and_approve(actor: Actor, request_id: UUID) -> UUID:
    """What a hasty verifier does."""
    services.claim_request(actor=actor, request_id=request_id)
    return services.approve_request(actor=actor, request_id=request_id, checked=[IDENTITY_DOCUMENT])


@pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(500, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_two_verifiers_at_once_make_one_decision(world_of_threads: None, rounds: int) -> None:
    actors = [world.actor(world.verifier()) for _ in range(2)]
    with threads(len(actors)) as race:
        for number in range(rounds):
            request_id = world.submitted(world.person(f"race{number}", state="contact_verified"))
            results = race(*(partial(take_and_approve, one, request_id) for one in actors))
            assert sum(isinstance(result, Overtaken) for result in results) == 1, results
            assert Grant.objects.filter(request=request_id).count() == 1


def test_one_verifier_pressing_twice_makes_one_decision(world_of_threads: None) -> None:
    verifier = world.verifier()
    for round_number in range(ROUNDS // 2):
        applicant = world.person(f"race{round_number}", state="contact_verified")
        request_id, actor = world.claimed(applicant, verifier), world.actor(verifier)
        both: dict[str, Any] = {"actor": actor, "request_id": request_id}
        why: dict[str, Any] = {"reason_code": "other", "reason": "Pressed both at once."}
        results = at_once(
            partial(services.approve_request, **both, checked=[IDENTITY_DOCUMENT]),
            partial(services.reject_request, **both, **why),
        )
        assert sum(isinstance(result, Overtaken) for result in results) == 1, results
        row = AccessRequest.objects.get(pk=request_id)
        assert Grant.objects.filter(request=request_id).exists() == (row.state == "approved")
    assert Correction.objects.count() == 0


def test_a_doubled_submit_at_once_gives_one_version_and_one_letter(world_of_threads: None) -> None:
    applicant = world.person("applicant", state="contact_verified")
    request_id, actor = world.draft(applicant), world.actor(applicant)
    act = partial(services.submit_request, actor=actor, request_id=request_id)
    results = at_once(act, act, act)
    assert sum(isinstance(result, Overtaken) for result in results) == 2, results
    assert Submission.objects.count() == 1


def test_two_clocks_at_once_escalate_once(world_of_threads: None) -> None:
    world.verifier()
    world.submitted(world.person("applicant", state="contact_verified"))
    AccessRequest.objects.update(due_at=clock.now())
    act = partial(services.escalate_overdue, actor=world.SYSTEM)
    assert sorted(at_once(act, act)) == [0, 1]
