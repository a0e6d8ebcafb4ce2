"""Leaving a company by oneself: cut at once, and never the last administrator."""

from datetime import timedelta
from functools import partial

import pytest

from gapura.access import services
from gapura.access.errors import LastAdministrator, NoSuchGrant, StaffReasonMissing
from gapura.access.models import Grant
from gapura.access.queries import (
    active_grants,
    administered_alone,
    holders,
    people_who_left,
    who_left,
)
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Problem
from gapura.notifications.models import Mail
from tests.access import world
from tests.access.companies import REASON, of_company, someone
from tests.access.test_races import at_once

db = pytest.mark.django_db
ADMIN, STAFF = "admin_perusahaan", "staf_perusahaan"


def grant_of(person: Person) -> Grant:
    """The only one."""
    return Grant.objects.get(person=person)


@db
def test_whoever_leaves_is_cut_at_once_and_the_administrators_are_told() -> None:
    boss, staff = of_company(), of_company(STAFF)
    one = grant_of(staff)
    services.leave_company(actor=world.actor(staff), grant_id=one.id, reason=REASON)
    assert active_grants(staff.id, clock.now()) == ()
    event = LogEvent.objects.get(name="access.grant.left")
    assert event.facts["company"] == "PT1"
    mail = Mail.objects.get(template="access/mail/staff_left.txt")
    assert mail.person == boss.id
    assert f"/company/people/left/{one.id}" in (mail.body or "")


@db
def test_who_left_is_listed_for_those_who_go_on_and_not_after_coming_back() -> None:
    boss, staff = of_company(), of_company(STAFF)
    actor, one = world.actor(boss), grant_of(staff)
    services.leave_company(actor=world.actor(staff), grant_id=one.id)
    (left,) = people_who_left(actor)
    assert (left.username, left.reason) == (staff.username, "Given up by whoever held it.")
    assert who_left(actor, one.id) == left
    with pytest.raises(NoSuchGrant):
        who_left(world.actor(of_company(code="PT2")), one.id)
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert people_who_left(actor) == ()
        assert who_left(actor, one.id) == left
    services.issue_grant(actor=world.SYSTEM, person_id=staff.id, role=STAFF, company="PT1")
    assert people_who_left(actor) == ()


@db
def test_the_last_administrator_stays() -> None:
    """Staff do not count, nor an administrator whose account does not work."""
    boss = of_company()
    of_company(STAFF)
    asleep = of_company()
    type(asleep).objects.filter(pk=asleep.pk).update(state="suspended")
    with pytest.raises(LastAdministrator):
        services.leave_company(actor=world.actor(boss), grant_id=grant_of(boss).id)
    assert administered_alone(boss.id) == ("PT1",)
    second = of_company()
    assert administered_alone(boss.id) == ()
    services.leave_company(actor=world.actor(boss), grant_id=grant_of(boss).id)
    assert holders(ADMIN, company="PT1") == [second.id]


@db
@pytest.mark.parametrize("who", ["colleague", "stranger", "weak", "officer"])
def test_nobody_leaves_for_somebody_else_or_an_office(who: str) -> None:
    world.places()
    boss, staff = of_company(), of_company(STAFF)
    one = grant_of(staff)
    actor = world.actor(
        {"colleague": boss, "stranger": someone()}.get(who, staff), acr=1 if who == "weak" else 2
    )
    if who == "officer":
        officer = world.holder("ppk", "ppk", "T1", "T1.1")
        actor, one = world.actor(officer), grant_of(officer)
    with pytest.raises((Refused, NoSuchGrant)):
        services.leave_company(actor=actor, grant_id=one.id)
    one.refresh_from_db()
    assert one.state == "active"


@db
def test_leaving_twice_is_leaving_once() -> None:
    of_company()
    staff = of_company(STAFF)
    actor, one = world.actor(staff), grant_of(staff)
    services.leave_company(actor=actor, grant_id=one.id)
    with pytest.raises(NoSuchGrant):
        services.leave_company(actor=actor, grant_id=one.id)
    assert LogEvent.objects.filter(name="access.grant.left").count() == 1


@db
def test_a_reason_is_optional_and_checked_when_given() -> None:
    of_company()
    staff = of_company(STAFF)
    with pytest.raises(StaffReasonMissing):
        services.leave_company(actor=world.actor(staff), grant_id=grant_of(staff).id, reason="x")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_leave_one() -> None:
    """The attack is a clock: both saw the other one still there."""
    for number in range(6):
        code = f"PT{number}"
        pair = [of_company(code=code) for _ in range(2)]
        results = at_once(
            *(
                partial(services.leave_company, actor=world.actor(one), grant_id=grant_of(one).id)
                for one in pair
            )
        )
        assert [isinstance(r, Problem) for r in results].count(True) == 1
        assert len(holders(ADMIN, company=code)) == 1


@pytest.mark.django_db(transaction=True)
def test_leaving_and_being_ended_by_the_platform_at_once_leave_one() -> None:
    platform = world.actor(world.platform_admin())
    for number in range(6):
        code = f"PT{number}"
        first, second = (of_company(code=code) for _ in range(2))
        results = at_once(
            partial(services.leave_company, actor=world.actor(first), grant_id=grant_of(first).id),
            partial(services.revoke, actor=platform, grants=[grant_of(second).id], reason=REASON),
        )
        assert [isinstance(r, LastAdministrator) for r in results].count(True) == 1
        assert len(holders(ADMIN, company=code)) == 1
