"""Activation by the person, and ending grants: suspend, resume, revoke, many at once."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.errors import AlreadyHeld, NoSuchGrant
from gapura.access.models import Grant
from gapura.access.queries import active_grants, grants_of
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from tests.access import world

REASON = "The officer moved to another agency."


def state_in(side: Any) -> str | None:
    """The state that an entry tells of before or after."""
    return side["state"] if side else None


def works(person: Person) -> bool:
    """Whether the person has a working grant."""
    return bool(active_grants(person.id, clock.now()))


def test_activation_needs_the_second_factor(applicant: Person, verifier: Person) -> None:
    grant_id = world.approved(applicant, verifier)
    with pytest.raises(Refused) as caught:
        services.activate_grant(actor=world.actor(applicant, acr=1), grant_id=grant_id)
    assert caught.value.verdict.only_needs_strength
    services.activate_grant(actor=world.actor(applicant, acr=2), grant_id=grant_id)
    assert works(applicant)


@pytest.mark.parametrize("who", ["verifier", "outsider", "admin"])
def test_nobody_activates_for_another(
    applicant: Person, verifier: Person, who: str, request: pytest.FixtureRequest
) -> None:
    grant_id = world.approved(applicant, verifier)
    with pytest.raises(NoSuchGrant):
        services.activate_grant(actor=world.actor(request.getfixturevalue(who)), grant_id=grant_id)


def test_a_doubled_activation_is_one(applicant: Person, verifier: Person) -> None:
    grant_id = world.active(applicant, verifier)
    with pytest.raises(NoSuchMove):
        services.activate_grant(actor=world.actor(applicant), grant_id=grant_id)
    assert LogEvent.objects.filter(name="access.grant.activated").count() == 1


def test_a_suspended_person_activates_nothing(applicant: Person, verifier: Person) -> None:
    grant_id = world.approved(applicant, verifier)
    Person.objects.filter(pk=applicant.pk).update(state="suspended")
    with pytest.raises(Refused):
        services.activate_grant(actor=world.actor(applicant), grant_id=grant_id)


def test_the_own_list_says_until_when_to_activate(applicant: Person, verifier: Person) -> None:
    world.approved(applicant, verifier)
    (grant,) = grants_of(world.actor(applicant, acr=1))
    assert (grant.works, grant.why_not) == (False, "It was not activated yet.")
    assert grant.activate_before is not None


def test_a_suspended_grant_stops_and_comes_back(applicant: Person, verifier: Person) -> None:
    grant_id = world.active(applicant, verifier)
    actor = world.actor(verifier)
    services.suspend_grant(actor=actor, grant_id=grant_id, reason=REASON)
    assert not works(applicant)
    services.resume_grant(actor=actor, grant_id=grant_id)
    assert works(applicant)


def test_a_revoked_grant_stops_for_good_and_says_why(applicant: Person, verifier: Person) -> None:
    grant_id = world.active(applicant, verifier)
    actor = world.actor(verifier)
    assert services.revoke(actor=actor, grants=[grant_id], reason=REASON) == 1
    assert services.revoke(actor=actor, grants=[grant_id], reason=REASON) == 0
    assert not works(applicant)
    assert Grant.objects.get(pk=grant_id).end_reason == REASON
    with pytest.raises(NoSuchMove):
        services.resume_grant(actor=actor, grant_id=grant_id)


def test_many_grants_end_in_one_statement_with_one_event_each(
    places: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = [world.holder("officer", "ppk", "T1", "T1.1") for _ in range(12)]
    ids = list(Grant.objects.filter(person__in=people).values_list("id", flat=True))
    before = LogEvent.objects.count()
    with django_assert_max_num_queries(20 + 12 * 8):
        assert services.revoke(actor=world.SYSTEM, grants=ids, reason=REASON) == 12
    assert LogEvent.objects.count() - before == 12
    assert not any(works(person) for person in people)


@pytest.mark.parametrize("who", ["outsider", "applicant"])
def test_who_has_no_say_learns_nothing_of_a_grant(
    applicant: Person, verifier: Person, who: str, request: pytest.FixtureRequest
) -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.2")
    grant = Grant.objects.get(person=officer)
    with pytest.raises(NoSuchGrant):
        services.revoke(
            actor=world.actor(request.getfixturevalue(who)), grants=[grant.id], reason=REASON
        )
    assert works(officer)


def test_one_foreign_grant_among_own_ones_stops_all(verifier: Person, outsider: Person) -> None:
    own = Grant.objects.get(person=world.holder("officer", "ppk", "T1", "T1.2"))
    foreign = Grant.objects.get(person=world.holder("officer", "ppk", "T2", "T2.1"))
    for ids in ([own.id, foreign.id], [own.id, uuid4()]):
        with pytest.raises(NoSuchGrant):
            services.revoke(actor=world.actor(verifier), grants=ids, reason=REASON)
    assert Grant.objects.filter(state="revoked").count() == 0


def test_nobody_ends_an_own_grant_or_one_approved_above_them(
    verifier: Person, colleague: Person
) -> None:
    for person in (verifier, colleague):
        grant = Grant.objects.get(person=person)
        with pytest.raises(Refused):
            services.revoke(actor=world.actor(verifier), grants=[grant.id], reason=REASON)


def test_the_platform_ends_any_grant_of_others(admin: Person, verifier: Person) -> None:
    grant = Grant.objects.get(person=verifier)
    assert services.revoke(actor=world.actor(admin), grants=[grant.id], reason=REASON) == 1


def test_no_person_gives_out_roles_without_a_request(admin: Person, places: None) -> None:
    person = world.person("friend")
    with pytest.raises(Refused):
        services.issue_grant(actor=world.actor(admin), person_id=person.id, role="kurator")


def test_a_role_is_issued_once_for_the_same_days(admin: Person) -> None:
    with pytest.raises(AlreadyHeld):
        services.issue_grant(actor=world.SYSTEM, person_id=admin.id, role="admin_platform")


def test_every_step_of_the_walk_is_in_the_log_with_before_and_after(
    applicant: Person, verifier: Person
) -> None:
    world.active(applicant, verifier)
    entries = LogEvent.objects.filter(name__startswith="access.", person=applicant.id)
    seen = [(e.name, state_in(e.before), state_in(e.after)) for e in entries.order_by("id")]
    assert seen == [
        ("access.request.drafted", None, None),
        ("access.request.submitted", "draft", "submitted"),
        ("access.request.claimed", "submitted", "in_review"),
        ("access.request.approved", "in_review", "approved"),
        ("access.grant.activated", "approved", "active"),
    ]
