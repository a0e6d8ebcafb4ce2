"""What the page "Why can this person?" does not tell, and who is shown the way to offboarding."""

import pytest

from gapura.access import services
from gapura.access.permissions import Can
from gapura.access.queries import leaver_at, leaving
from gapura.access.queries.decisions import Code
from gapura.access.services import look_at_holder
from gapura.accounts.models import Person
from gapura.accounts.queries import subject_named
from gapura.kernel.permissions import may
from gapura.organizations.queries import spot
from tests.access import world
from tests.access.registered import check, enter, name

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def officer(places: None) -> Person:
    """Holds a role at the agency, and administers the platform besides."""
    found = world.holder("officer", "kepala_unit", "T1", "T1.1")
    services.issue_grant(actor=world.SYSTEM, person_id=found.id, role="admin_platform")
    return found


def asked(by: Person, who: Person, permission: str) -> tuple[Code, str]:
    found = look_at_holder(
        actor=world.actor(by),
        username=who.username,
        permission=permission,
        spot=spot("unit", "T1.1"),
    ).decision
    assert found is not None
    return found.code, found.grant.role if found.grant else ""


def test_an_agency_does_not_learn_of_roles_at_the_platform(
    officer: Person, verifier: Person, admin: Person
) -> None:
    code, role = asked(verifier, officer, Can.REVOKE)
    assert (code is Code.ALLOWED, role) == (False, "kepala_unit") or role == ""
    assert asked(admin, officer, Can.REVOKE) == (Code.ALLOWED, "admin_platform")
    assert asked(officer, officer, Can.REVOKE) == (Code.ALLOWED, "admin_platform")


def test_the_way_out_is_shown_to_whom_it_is_open(verifier: Person, colleague: Person) -> None:
    """A verifier holds a role that the platform gives: a colleague cannot end it."""
    subject = subject_named(colleague.username)
    ordinary = subject_named(world.holder("officer", "ppk", "T1", "T1.1").username)
    assert subject is not None
    assert ordinary is not None
    actor = world.actor(verifier)
    assert not may(actor, Can.OFFBOARD, leaver_at(subject, "T1"))
    assert may(actor, Can.OFFBOARD, leaver_at(ordinary, "T1"))


def test_letters_that_still_name_a_leaver_are_listed(verifier: Person, colleague: Person) -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    person = world.holder("officer", "bendahara", "T1", "T1.2")
    waits, done = enter(keeper, number="1"), enter(keeper, number="2")
    name(keeper, waits, person, role="bendahara")
    name(keeper, done, person, role="bendahara", unit="T1.3")
    check(verifier, done)
    found = leaving(world.actor(colleague), person.username, "T1")
    assert [(one.letter, one.state, one.role) for one in found.named] == [
        (waits, "entered", "bendahara")
    ]
