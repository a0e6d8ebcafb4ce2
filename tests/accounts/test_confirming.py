"""Is your profile still right? Asked after the months of the rule, put off only so often."""

from datetime import timedelta

import pytest

from gapura.accounts.errors import NoMoreLater, NothingToConfirm
from gapura.accounts.models import Person
from gapura.accounts.queries import own_profile_question
from gapura.accounts.queries.confirming import profile_question
from gapura.accounts.services import confirm_profile, postpone_profile, remind_profiles
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.notifications.models import Mail
from tests.accounts.people import SYSTEM, confirmed

pytestmark = pytest.mark.django_db


def _actor(person: Person) -> Actor:
    return Actor(person=person.id, username=person.username, acr=1)


def _asked_after(person: Person, days: float) -> bool:
    with clock.frozen(clock.now() + timedelta(days=days)):
        return profile_question(Person.objects.get(pk=person.pk)) is not None


def test_it_is_asked_after_six_months_and_not_before() -> None:
    person = confirmed()
    assert not _asked_after(person, 180)
    assert _asked_after(person, 185)


def test_whoever_confirms_is_not_asked_for_another_six_months() -> None:
    person = confirmed()
    with clock.frozen(clock.now() + timedelta(days=190)):
        confirm_profile(actor=_actor(person))
        assert own_profile_question(_actor(person)) is None
        assert not _asked_after(person, 180)
        assert _asked_after(person, 185)


def test_later_holds_for_a_week_and_three_times() -> None:
    person = confirmed()
    day = clock.now() + timedelta(days=190)
    for left in (3, 2, 1):
        with clock.frozen(day):
            question = profile_question(Person.objects.get(pk=person.pk))
            assert question is not None
            assert question.laters == left
            postpone_profile(actor=_actor(person))
            with pytest.raises(NothingToConfirm):
                postpone_profile(actor=_actor(person))
        day += timedelta(days=7)
    with clock.frozen(day), pytest.raises(NoMoreLater):
        postpone_profile(actor=_actor(person))


def test_confirming_gives_the_laters_back() -> None:
    person = confirmed()
    with clock.frozen(clock.now() + timedelta(days=190)):
        postpone_profile(actor=_actor(person))
        confirm_profile(actor=_actor(person))
    found = Person.objects.get(pk=person.pk)
    assert (found.profile_laters, found.profile_later_until) == (0, None)


def test_each_is_reminded_once_in_thirty_days() -> None:
    person, other = confirmed(), confirmed()
    with clock.frozen(clock.now() + timedelta(days=190)):
        confirm_profile(actor=_actor(other))
        assert remind_profiles(actor=SYSTEM) == 1
        assert remind_profiles(actor=SYSTEM) == 0
        mails = Mail.objects.filter(template__endswith="profile_reminder.txt")
        assert [mail.person for mail in mails] == [person.id]
        assert "/account/confirm" in (mails[0].body or "")
    with clock.frozen(clock.now() + timedelta(days=221)):
        assert remind_profiles(actor=SYSTEM) == 1


def test_whoever_put_it_off_is_not_reminded_meanwhile() -> None:
    person = confirmed()
    with clock.frozen(clock.now() + timedelta(days=190)):
        postpone_profile(actor=_actor(person))
        assert remind_profiles(actor=SYSTEM) == 0


def test_a_closed_account_is_not_asked() -> None:
    person = confirmed()
    Person.objects.filter(pk=person.pk).update(state="closed")
    assert not _asked_after(person, 400)
