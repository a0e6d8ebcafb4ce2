"""One second around each moment that is no midnight, in the three zones: the same everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from gapura.access import services
from gapura.access.errors import ActivationTooLate, ClaimedByAnother
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import Question, who_could
from gapura.access.services.deadlines import escalate_overdue, lapse_unactivated
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.organizations.services import revoke_letter
from tests.access import world
from tests.access.test_boundaries import SECOND, ZONES

pytestmark = pytest.mark.usefixtures("places")
LATER = timedelta(days=3)
Asks = Callable[[datetime], bool]


@dataclass(frozen=True)
class Made:
    """The moment, and what is asked just before it and at it."""

    at: datetime
    asks: Asks


def undone(do: Callable[[], Any]) -> Any:
    """What a service answers, without its effect."""
    with transaction.atomic():
        found = do()
        transaction.set_rollback(True)
    return found


def at(moment: datetime, do: Callable[[], Any]) -> Any:
    with clock.frozen(moment):
        return undone(do)


def deadline(unit: str, by: Person) -> Made:
    request = AccessRequest.objects.get(pk=world.submitted(world.person("asks"), unit=unit))
    assert request.due_at is not None
    assert request.submitted_at is not None
    assert request.due_at - request.submitted_at == timedelta(hours=72)
    waits = lambda now: not at(now, lambda: escalate_overdue(actor=world.SYSTEM))  # noqa: E731
    return Made(request.due_at, waits)


def claim(unit: str, by: Person) -> Made:
    request = world.claimed(world.person("asks"), by, unit=unit)
    other = world.verifier()
    taken = AccessRequest.objects.get(pk=request).claimed_at
    assert taken is not None

    def is_held(now: datetime) -> bool:
        try:
            at(now, lambda: services.claim_request(actor=world.actor(other), request_id=request))
        except ClaimedByAnother:
            return True
        return False

    return Made(taken + timedelta(minutes=30), is_held)


def activation(unit: str, by: Person) -> Made:
    person = world.person("asks")
    grant = Grant.objects.get(pk=world.approved(person, by, unit=unit))

    def can(now: datetime) -> bool:
        assert at(now, lambda: lapse_unactivated(actor=world.SYSTEM)) == (now >= ends)
        try:
            at(
                now,
                lambda: services.activate_grant(actor=world.actor(person), grant_id=grant.id),
            )
        except ActivationTooLate:
            return False
        return True

    ends = grant.approved_at + timedelta(days=30)
    return Made(ends, can)


def could(unit: str, by: Person) -> Asks:
    """Whether somebody could act as PPK at a moment, as is known much later."""
    reader = world.actor(by)

    def ask(moment: datetime) -> bool:
        known = clock.now() + 10 * LATER
        found = who_could(reader, Question("ppk", "T1", unit, moment, known))
        return any(one.could_act for one in found)

    return ask


def pause_begins(unit: str, by: Person) -> Made:
    grant, then = world.active(world.person("asks"), by, unit=unit), clock.now() + LATER
    with clock.frozen(then):
        services.suspend_grant(actor=world.SYSTEM, grant_id=grant, reason="An inquiry goes on.")
    return Made(then, could(unit, by))


def pause_ends(unit: str, by: Person) -> Made:
    begun = pause_begins(unit, by)
    grant, then = Grant.objects.get(state="suspended"), begun.at + LATER
    with clock.frozen(then):
        services.resume_grant(actor=world.SYSTEM, grant_id=grant.id)
    return Made(then, begun.asks)


def grant_revoked(unit: str, by: Person) -> Made:
    grant, then = world.active(world.person("asks"), by, unit=unit), clock.now() + LATER
    with clock.frozen(then):
        services.revoke(actor=world.SYSTEM, grants=[grant], reason="The duty has ended.")
    return Made(then, could(unit, by))


def letter_revoked(unit: str, by: Person) -> Made:
    grant, then = world.active(world.person("asks"), by, unit=unit), clock.now() + LATER
    letter = world.letter_of(grant).id
    with clock.frozen(then):
        revoke_letter(actor=world.actor(by), letter_id=letter, reason="It was annulled.")
    return Made(then, could(unit, by))


TABLE: dict[str, tuple[Callable[[str, Person], Made], bool]] = {
    "the deadline of a request": (deadline, False),
    "the end of a claim": (claim, False),
    "the end of the time to activate": (activation, False),
    "a pause begins": (pause_begins, False),
    "a pause ends": (pause_ends, True),
    "a grant is ended": (grant_revoked, False),
    "a letter is revoked": (letter_revoked, False),
}


@pytest.mark.parametrize("zone", list(ZONES))
@pytest.mark.parametrize("name", list(TABLE))
def test_it_changes_at_that_second(verifier: Person, name: str, zone: str) -> None:
    make, after = TABLE[name]
    made = make(ZONES[zone][0], verifier)
    assert (made.asks(made.at - SECOND), made.asks(made.at)) == (not after, after)
