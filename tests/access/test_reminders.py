"""Requests are brought to mind before their time is over, and never wait for nobody."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.models import AccessRequest, Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Notice
from gapura.organizations.models import Unit
from tests.access import world


def reminders(person: Person) -> int:
    return Notice.objects.filter(person=person.id, link="/requests/queue").count()


def bounded(unit: str) -> Person:
    """A verifier for one unit and all below it."""
    person = world.verifier()
    Grant.objects.filter(person=person, role="verifikator").update(unit=unit)
    return person


@pytest.fixture
def tree(places: None) -> None:
    """T1.2 lies below T1.1; paths as the loader keeps them."""
    Unit.objects.filter(pk="T1.1").update(path="T1.1/")
    Unit.objects.filter(pk="T1.2").update(path="T1.1/T1.2/", parent="T1.1")
    Unit.objects.filter(pk="T1.3").update(path="T1.3/")


def due(request_id: UUID) -> AccessRequest:
    return AccessRequest.objects.get(pk=request_id)


def test_each_step_reminds_once(applicant: Person, verifier: Person) -> None:
    row = due(world.submitted(applicant))
    assert row.due_at is not None
    for hours in range(72, 0, -1):
        with clock.frozen(row.due_at - timedelta(hours=hours)):
            services.remind_verifiers(actor=world.SYSTEM)
            services.remind_verifiers(actor=world.SYSTEM)
    assert reminders(verifier) == 2


def test_not_a_second_too_early_and_not_after_the_deadline(
    applicant: Person, verifier: Person
) -> None:
    row = due(world.submitted(applicant))
    assert row.due_at is not None
    for at, told in (
        (row.due_at - timedelta(hours=24, seconds=1), 0),
        (row.due_at - timedelta(hours=24), 1),
        (row.due_at, 0),
    ):
        with clock.frozen(at):
            assert services.remind_verifiers(actor=world.SYSTEM) == told


def test_whoever_took_it_is_reminded_alone(applicant: Person, verifier: Person) -> None:
    other = world.verifier()
    row = due(world.claimed(applicant, verifier))
    assert row.due_at is not None
    with clock.frozen(row.due_at - timedelta(hours=5)):
        services.remind_verifiers(actor=world.SYSTEM)
    assert (reminders(verifier), reminders(other)) == (1, 0)


def test_verifiers_of_units_are_reminded_of_what_lies_below(tree: None) -> None:
    above, beside = bounded("T1.1"), bounded("T1.3")
    row = due(world.submitted(world.person("officer"), unit="T1.2"))
    assert row.due_at is not None
    with clock.frozen(row.due_at - timedelta(hours=5)):
        services.remind_verifiers(actor=world.SYSTEM)
    assert (reminders(above), reminders(beside)) == (1, 0)


def test_where_nobody_verifies_the_platform_gets_it_at_once(places: None) -> None:
    assert due(world.submitted(world.person("first"))).level == "platform"


def test_the_only_verifier_does_not_wait_for_themselves(places: None) -> None:
    alone = world.verifier()
    assert due(world.submitted(alone)).level == "platform"
    assert due(world.submitted(world.person("officer"))).level == "agency"


def test_a_verifier_of_another_unit_is_none_here(tree: None) -> None:
    bounded("T1.3")
    assert due(world.submitted(world.person("officer"), unit="T1.2")).level == "platform"


def test_only_the_system_reminds(places: None) -> None:
    with pytest.raises(Refused):
        services.remind_verifiers(actor=world.actor(world.platform_admin()))
