"""Holds on an account: placed once, counted by their dates, told in the log, read by who acts."""

from datetime import timedelta

import pytest

from gapura.accounts.models import PersonHold
from gapura.accounts.queries import holds_on, subject_named
from gapura.accounts.services import lift_hold, place_hold
from gapura.kernel import clock
from tests.accounts.people import SYSTEM, verified

KIND = "reverification"


@pytest.mark.django_db
def test_a_hold_counts_from_its_start_until_before_its_end() -> None:
    person, now = verified(), clock.now()
    begin, end = now + timedelta(hours=1), now + timedelta(hours=73)
    place_hold(
        actor=SYSTEM, person_id=person.id, kind=KIND, source="t", starts_at=begin, ends_at=end
    )
    seen = {}
    for at in (begin - timedelta(seconds=1), begin, end - timedelta(seconds=1), end):
        with clock.frozen(at):
            seen[at] = [one.kind for one in holds_on(person.id)]
    assert list(seen.values()) == [[], [KIND], [KIND], []]


@pytest.mark.django_db
def test_one_cause_holds_once_and_is_lifted_once() -> None:
    person = verified()
    for _ in range(2):
        place_hold(actor=SYSTEM, person_id=person.id, kind=KIND, source="t")
    assert PersonHold.objects.filter(person=person.id).count() == 1
    subject = subject_named(person.username)
    assert subject is not None
    assert subject.holds == (KIND,)
    assert lift_hold(actor=SYSTEM, person_id=person.id, kind=KIND, source="t")
    assert not lift_hold(actor=SYSTEM, person_id=person.id, kind=KIND, source="t")
    assert holds_on(person.id) == ()


@pytest.mark.django_db
def test_a_kind_that_nobody_declared_is_not_placed() -> None:
    with pytest.raises(LookupError):
        place_hold(actor=SYSTEM, person_id=verified().id, kind="whim", source="t")
