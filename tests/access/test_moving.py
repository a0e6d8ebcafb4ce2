"""Moving to another agency: never two standings, never a gap, and nobody keeps a forgotten role."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import RolesConflict
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import active_grants
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Notice
from tests.access import world


@pytest.fixture
def mover(places: None) -> Person:
    """A treasurer of T1: a role that excludes the one they move to; T2 has a verifier."""
    world.verifier("T2")
    return world.holder("mover", "bendahara", "T1", "T1.1")


def request_at_t2(mover: Person, *, leaves: str | None) -> UUID:
    """A request for PPK at the other agency, sent in."""
    request_id = world.draft(mover, agency="T2", unit="T2.1")
    AccessRequest.objects.filter(pk=request_id).update(leaves=leaves)
    services.submit_request(actor=world.actor(mover, acr=1), request_id=request_id)
    return request_id


def approve(request_id: UUID) -> UUID:
    by = world.actor(Person.objects.get(username__startswith="verifier", agency="T2"))
    services.claim_request(actor=by, request_id=request_id)
    return services.approve_request(actor=by, request_id=request_id)


def works(person: Person) -> list[tuple[str, str]]:
    return [(g.role, g.agency) for g in active_grants(person.id, clock.now())]


def test_the_old_role_works_until_the_new_one_does(mover: Person) -> None:
    grant = approve(request_at_t2(mover, leaves="T1"))
    assert works(mover) == [("bendahara", "T1")]
    services.activate_grant(actor=world.actor(mover), grant_id=grant)
    assert works(mover) == [("ppk", "T2")]
    old = Grant.objects.get(person=mover, agency="T1")
    new = Grant.objects.get(pk=grant)
    assert old.ended_at is not None
    assert new.activated_at is not None
    assert old.ended_at - new.activated_at < timedelta(seconds=5)


def test_the_former_agency_is_told(mover: Person) -> None:
    former = world.verifier("T1")
    approve(request_at_t2(mover, leaves="T1"))
    assert Notice.objects.filter(person=former.id).count() == 1


def test_who_does_not_leave_keeps_the_old_role_and_meets_the_conflict(mover: Person) -> None:
    with pytest.raises(RolesConflict):
        request_at_t2(mover, leaves=None)
    assert works(mover) == [("bendahara", "T1")]


def test_a_forgotten_role_ends_when_the_time_is_over(mover: Person) -> None:
    """Privilege that outlives its reason: the new role was never activated."""
    approve(request_at_t2(mover, leaves="T1"))
    decided = clock.now()
    with clock.frozen(decided + timedelta(days=7, seconds=-2)):
        assert services.release_moved(actor=world.SYSTEM) == 0
    with clock.frozen(decided + timedelta(days=7, seconds=1)):
        assert services.release_moved(actor=world.SYSTEM) == 1
        assert services.release_moved(actor=world.SYSTEM) == 0
        assert works(mover) == []


def test_what_is_given_there_after_the_move_is_no_rest_of_it(mover: Person) -> None:
    approve(request_at_t2(mover, leaves="T1"))
    with clock.frozen(clock.now() + timedelta(days=2)):
        services.issue_grant(
            actor=world.SYSTEM,
            person_id=mover.id,
            role="kepala_unit",
            agency="T1",
            unit="T1.2",
        )
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert services.release_moved(actor=world.SYSTEM) == 1
        assert works(mover) == [("kepala_unit", "T1")]


def test_only_the_system_releases(mover: Person) -> None:
    with pytest.raises(Refused):
        services.release_moved(actor=world.actor(world.platform_admin()))
