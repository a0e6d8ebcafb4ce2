"""Deputies and principals do not decide on each other."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.models import AccessRequest, Grant
from gapura.access.permissions import Can
from gapura.access.policy.clauses import is_not_its_principal, is_someone_else
from gapura.access.services.days import change_days
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Clause, Refused, may
from tests.access import world
from tests.access.registered import check, enter, name

pytestmark = pytest.mark.usefixtures("places")
WHY = "The letter names an earlier day."


@pytest.fixture
def deputy(verifier: Person) -> Person:
    """Acts as a verifier in the place of the other one."""
    return stand_in(verifier)


def stand_in(principal: Person) -> Person:
    found = world.verifier()
    Grant.objects.filter(person=found).update(
        standing="delegate", principal=principal, delegable=False
    )
    return found


def asked_for(principal: Person) -> UUID:
    """A request of somebody who is to act as Plh of this one."""
    request = world.submitted(world.person("applicant"), "kpa")
    AccessRequest.objects.filter(pk=request).update(standing="plh", principal=principal)
    return request


def refused(do: Callable[[], object], clause: Clause) -> None:
    with pytest.raises(Refused) as caught:
        do()
    assert clause.name in {each.name for each in caught.value.verdict.missing}


def claim(person: Person, request: UUID) -> None:
    services.claim_request(actor=world.actor(person), request_id=request)


def test_nobody_decides_on_who_is_to_stand_in_for_them(
    verifier: Person, deputy: Person, colleague: Person
) -> None:
    """Whoever picks their own deputy is not checked by anybody."""
    request = asked_for(verifier)
    refused(lambda: claim(verifier, request), is_not_its_principal)
    refused(lambda: claim(deputy, request), is_not_its_principal)
    claim(colleague, request)


def test_a_claim_does_not_survive_becoming_the_principal(verifier: Person) -> None:
    request = world.claimed(world.person("applicant"), verifier, "kpa")
    AccessRequest.objects.filter(pk=request).update(standing="plh", principal=verifier)
    refused(lambda: world.approve(verifier, request), is_not_its_principal)


@pytest.mark.parametrize("whose", ["own", "deputy's"])
def test_days_of_ones_principal_and_of_ones_deputy_are_changed_by_somebody_else(
    whose: str, verifier: Person, colleague: Person
) -> None:
    holder = world.holder("holder", "kpa", "T1", "T1.1")
    if whose == "own":
        refusing, clause = stand_in(holder), is_someone_else
    else:
        Grant.objects.filter(person=holder).update(standing="plh", principal=verifier)
        refusing, clause = verifier, is_not_its_principal
    grant = Grant.objects.get(person=holder)
    last = clock.today() + timedelta(days=3)

    def change(by: Person) -> None:
        actor: Actor = world.actor(by)
        change_days(actor=actor, grant_id=grant.id, last_day=last, reason=WHY)

    refused(lambda: change(refusing), clause)
    assert may(world.actor(colleague), Can.CHANGE_DAYS, grant)


def test_a_letter_that_names_ones_deputy_is_checked_by_somebody_else(
    verifier: Person, colleague: Person
) -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    services.issue_grant(
        actor=world.SYSTEM, person_id=verifier.id, role="kepala_unit", agency="T1", unit="T1.1"
    )
    letter = enter(keeper, roles=("kepala_unit",))
    last = (clock.today() + timedelta(days=10)).isoformat()
    more = {"standing": "plh", "principal": verifier.username, "valid_until": last}
    name(keeper, letter, world.person("officer"), role="kepala_unit", **more)
    with pytest.raises(Refused):
        check(verifier, letter)
    check(colleague, letter)
