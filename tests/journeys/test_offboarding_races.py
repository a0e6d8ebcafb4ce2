"""Two click at once, or somebody approves in the same moment: one outcome, nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from gapura.access import services as access
from gapura.access.errors import LeavingChanged
from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.journeys.offboarding import look, offboard
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.problems import Problem
from tests.access import world

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Pindah tugas ke instansi lain per hari ini."


@pytest.fixture
def places(transactional_db: None) -> None:
    """Two agencies with their units."""
    world.places()


def at_once(*acts: object) -> list[str]:
    """Run them in threads that start together; each answers done or the name of its problem."""
    start = Barrier(len(acts))

    def run(act: object) -> str:
        try:
            start.wait(10)
            act()  # type: ignore[operator]
            return "done"
        except (Problem, NoSuchMove) as problem:
            return type(problem).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def going(actor: Actor, who: Person) -> object:
    seen = look(actor=actor, username=who.username).version
    return lambda: offboard(actor=actor, username=who.username, reason=WHY, seen=seen)


def test_two_verifiers_offboard_one_person_once(places: None) -> None:
    for _ in range(5):
        leaver = world.holder("leaver", "ppk", "T1", "T1.1")
        two = [going(world.actor(world.verifier()), leaver) for _ in range(2)]
        assert sorted(at_once(*two)) == sorted(["done", LeavingChanged.__name__])
        told = LogEvent.objects.filter(name="access.grant.revoked", person=leaver.id)
        assert told.count() == 1


def test_an_approval_in_the_same_moment_is_seen_or_too_late(places: None) -> None:
    """No grant slips through: either it is ended with the rest, or nothing was ended."""
    for number in range(5):
        leaver = world.holder("leaver", "ppk", "T1", "T1.1")
        by, other = world.verifier(), world.verifier()
        request = world.claimed(leaver, other, "kpa", f"T1.{2 + number % 2}")
        approving = world.actor(other)

        def approve(request_id: object = request, actor: Actor = approving) -> None:
            access.approve_request(actor=actor, request_id=request_id)  # type: ignore[arg-type]

        first, _second = at_once(going(world.actor(by), leaver), approve)
        live = Grant.objects.filter(person=leaver).exclude(state="revoked")
        assert live.count() == (0 if first == "done" else 2)
