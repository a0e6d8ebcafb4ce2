"""Delegating the duty of a verifier: by whom, to whom, how long; and how it ends."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import services
from gapura.access.errors import (
    AlreadyHeld,
    BadDelegation,
    BadReason,
    NoSuchDelegation,
    NotDelegable,
    RolesConflict,
)
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries import active_grants, delegation_for, last_deputy, own_delegations
from gapura.access.services.days import change_days
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused, may
from gapura.notifications.models import Mail
from tests.access import world

REASON = "Back from leave."


@pytest.fixture
def deputy(places: None) -> Person:
    """An officer of the same agency."""
    return world.person("deputy")


def delegated(verifier: Person, deputy: Person, first: int = 0, last: int = 13) -> UUID:
    """A delegation from so many days ahead until so many."""
    today = clock.today()
    return services.delegate(
        actor=world.actor(verifier),
        username=deputy.username,
        first=today + timedelta(days=first),
        last=today + timedelta(days=last),
    )


def confirmed(verifier: Person, deputy: Person, **days: int) -> UUID:
    """A delegation that works."""
    grant_id = delegated(verifier, deputy, **days)
    services.activate_grant(actor=world.actor(deputy), grant_id=grant_id)
    return grant_id


def works(person: Person, on: date | None = None) -> bool:
    """Whether the person has a working grant, at noon in Jakarta of a day."""
    at = clock.now() if on is None else clock.now() + (on - clock.today())
    return bool(active_grants(person.id, at))


def test_a_delegate_works_after_confirming_and_under_both_names(
    verifier: Person, deputy: Person, applicant: Person
) -> None:
    request_id = world.submitted(applicant)
    grant_id = delegated(verifier, deputy)
    assert not works(deputy)
    services.activate_grant(actor=world.actor(deputy), grant_id=grant_id)
    actor = world.actor(deputy)
    assert actor.grant is not None
    assert (actor.grant.standing, actor.grant.principal) == ("delegate", verifier.username)
    services.claim_request(actor=actor, request_id=request_id)
    told = LogEvent.objects.get(name="access.request.claimed")
    assert told.on_behalf_of == f"delegate:{verifier.username}"


def test_the_verifier_goes_on_beside_the_delegate(verifier: Person, deputy: Person) -> None:
    confirmed(verifier, deputy)
    assert works(verifier)
    assert works(deputy)


def test_a_delegate_ends_no_roles_and_delegates_no_further(
    verifier: Person, deputy: Person
) -> None:
    grant_id = confirmed(verifier, deputy)
    actor = world.actor(deputy)
    other = Grant.objects.get(pk=active_grants(verifier.id, clock.now())[0].id)
    for can in (Can.REVOKE, Can.SUSPEND, Can.RESUME):
        assert not may(actor, can, other)
    assert not Grant.objects.get(pk=grant_id).delegable
    with pytest.raises(Refused):
        services.delegate(
            actor=actor,
            username=world.person("third").username,
            first=clock.today(),
            last=clock.today(),
        )


def test_it_is_recorded_and_told_with_its_link(verifier: Person, deputy: Person) -> None:
    grant_id = delegated(verifier, deputy)
    told = LogEvent.objects.get(name="access.delegation.granted")
    assert (told.person, told.facts["role"]) == (deputy.id, "verifikator")
    mail = Mail.objects.get(template="access/mail/duty_delegated.txt")
    assert mail.person == deputy.id
    assert f"/requests/delegations/{grant_id}/confirm" in (mail.body or "")


@pytest.mark.parametrize(
    ("first", "last", "field"), [(-1, 5, "first"), (5, 4, "last"), (0, 92, "last")]
)
def test_impossible_days_are_told_at_their_field(
    verifier: Person, deputy: Person, first: int, last: int, field: str
) -> None:
    with pytest.raises(BadDelegation) as caught:
        delegated(verifier, deputy, first, last)
    assert list(caught.value.fields) == [field]
    delegated(verifier, deputy, 0, 91)


def test_a_delegation_never_outlives_the_verifiers_own_days(
    verifier: Person, deputy: Person
) -> None:
    own = Grant.objects.get(person=verifier)
    Grant.objects.filter(pk=own.pk).update(
        valid=DateRange(own.valid.lower, clock.today() + timedelta(days=10))
    )
    with pytest.raises(BadDelegation):
        delegated(verifier, deputy, 0, 10)
    confirmed(verifier, deputy, last=9)
    assert works(deputy)


@pytest.mark.parametrize("shortened", [3, 0])
def test_it_ends_with_the_verifiers_own_days_when_these_are_shortened(
    verifier: Person, deputy: Person, admin: Person, shortened: int
) -> None:
    confirmed(verifier, deputy)
    own = Grant.objects.get(person=verifier)
    last = clock.today() + timedelta(days=shortened)
    boss = world.actor(admin)
    change_days(actor=boss, grant_id=own.id, last_day=last, reason="A shorter appointment.")
    assert works(deputy, last)
    assert not works(deputy, last + timedelta(days=1))


def test_it_ends_with_the_verifiers_role_and_is_tidied_up(verifier: Person, deputy: Person) -> None:
    grant_id = confirmed(verifier, deputy)
    own = Grant.objects.get(person=verifier)
    services.revoke(actor=world.SYSTEM, grants=[own.id], reason="Moved to another agency.")
    assert not works(deputy)
    services.sweep_all(actor=world.SYSTEM)
    assert Grant.objects.get(pk=grant_id).state == "revoked"


def test_it_pauses_with_the_verifier(verifier: Person, deputy: Person, admin: Person) -> None:
    confirmed(verifier, deputy)
    own = Grant.objects.get(person=verifier)
    boss = world.actor(admin)
    services.suspend_grant(actor=boss, grant_id=own.id, reason="An inquiry is going on.")
    assert not works(deputy)
    services.resume_grant(actor=boss, grant_id=own.id)
    assert works(deputy)


def _wrong(name: str) -> Person:
    people: dict[str, Any] = {
        "of another agency": {"agency": "T2"},
        "a citizen": {"kind": "citizen"},
        "not verified": {"state": "contact_verified"},
        "suspended": {"state": "suspended"},
    }
    return world.person("wrong", **people[name])


@pytest.mark.parametrize("name", ["of another agency", "a citizen", "not verified", "suspended"])
def test_others_cannot_be_told_from_people_who_are_not_there(verifier: Person, name: str) -> None:
    texts = []
    for username in (_wrong(name).username, "nobody-at-all"):
        with pytest.raises(BadDelegation) as caught:
            services.delegate(
                actor=world.actor(verifier),
                username=username,
                first=clock.today(),
                last=clock.today(),
            )
        texts.append(str(caught.value))
    assert texts[0] == texts[1]


def test_nobody_delegates_to_themselves_or_to_another_verifier(
    verifier: Person, colleague: Person
) -> None:
    with pytest.raises(BadDelegation):
        delegated(verifier, verifier)
    with pytest.raises(AlreadyHeld):
        delegated(verifier, colleague)


def test_the_auditor_does_not_become_a_delegate(verifier: Person) -> None:
    auditor = world.holder("auditor", "apip", "T1")
    with pytest.raises(RolesConflict) as caught:
        delegated(verifier, auditor)
    assert caught.value.rule == "apip_verifikator"


def test_only_a_strongly_signed_in_verifier_delegates(
    verifier: Person, deputy: Person, applicant: Person, admin: Person
) -> None:
    buyer = world.holder("buyer", "ppk", "T1", "T1.1")
    for actor in (
        world.actor(verifier, acr=1),
        world.actor(buyer),
        world.actor(applicant),
        world.actor(admin),
        Actor(),
    ):
        with pytest.raises(Refused):
            services.delegate(
                actor=actor, username=deputy.username, first=clock.today(), last=clock.today()
            )


def test_a_verifier_whose_role_ended_a_moment_ago_delegates_nothing(
    verifier: Person, deputy: Person
) -> None:
    actor = world.actor(verifier)
    own = Grant.objects.get(person=verifier)
    services.revoke(actor=world.SYSTEM, grants=[own.id], reason="Moved to another agency.")
    with pytest.raises(NotDelegable):
        services.delegate(
            actor=actor, username=deputy.username, first=clock.today(), last=clock.today()
        )


@pytest.mark.parametrize("who", ["verifier", "deputy", "colleague", "admin"])
def test_both_sides_and_those_above_end_it_at_once(
    verifier: Person, deputy: Person, colleague: Person, admin: Person, who: str
) -> None:
    grant_id = confirmed(verifier, deputy)
    people = {"verifier": verifier, "deputy": deputy, "colleague": colleague, "admin": admin}
    actor = world.actor(people[who])
    services.end_delegation(actor=actor, grant_id=grant_id, reason=REASON)
    assert not works(deputy)
    assert works(verifier)
    with pytest.raises(NoSuchMove):
        services.end_delegation(actor=actor, grant_id=grant_id, reason=REASON)
    told = {verifier.id, deputy.id} - {people[who].id}
    mails = Mail.objects.filter(template="access/mail/delegation_ended.txt")
    assert set(mails.values_list("person", flat=True)) == told


def test_strangers_do_not_learn_of_it(
    verifier: Person, deputy: Person, outsider: Person, applicant: Person
) -> None:
    grant_id = confirmed(verifier, deputy)
    for actor in (world.actor(outsider), world.actor(applicant), Actor()):
        with pytest.raises(NoSuchDelegation):
            services.end_delegation(actor=actor, grant_id=grant_id, reason=REASON)
        with pytest.raises(NoSuchDelegation):
            delegation_for(actor, grant_id)


def test_an_ordinary_role_is_no_delegation(verifier: Person, admin: Person) -> None:
    own = Grant.objects.get(person=verifier)
    with pytest.raises(NoSuchDelegation):
        services.end_delegation(actor=world.actor(admin), grant_id=own.id, reason=REASON)


def test_ending_it_needs_a_strong_sign_in_and_a_reason(verifier: Person, deputy: Person) -> None:
    grant_id = delegated(verifier, deputy)
    with pytest.raises(Refused):
        services.end_delegation(
            actor=world.actor(verifier, acr=1), grant_id=grant_id, reason=REASON
        )
    with pytest.raises(BadReason):
        services.end_delegation(actor=world.actor(verifier), grant_id=grant_id, reason="no")


def test_both_lists_and_the_deputy_of_the_last_time(verifier: Person, deputy: Person) -> None:
    assert last_deputy(world.actor(verifier)) == ""
    grant_id = delegated(verifier, deputy)
    (given,) = own_delegations(world.actor(verifier)).given
    (received,) = own_delegations(world.actor(deputy)).received
    assert given.id == received.id == grant_id
    assert (given.may_end, given.is_mine, received.waits, received.is_mine) == (
        True,
        False,
        True,
        True,
    )
    assert last_deputy(world.actor(verifier)) == deputy.username


def test_a_bounded_verifier_delegates_the_same_part(deputy: Person) -> None:
    bounded = world.person("bounded")
    services.issue_grant(
        actor=world.SYSTEM, person_id=bounded.id, role="verifikator", agency="T1", unit="T1.2"
    )
    noon = (clock.now() + timedelta(days=1)).replace(hour=5)  # the same day in all three zones
    with clock.frozen(noon):
        confirmed(bounded, deputy)
        (grant,) = active_grants(deputy.id, noon)
    assert (grant.unit, grant.delegable) == ("T1.2", False)
