"""Now and then people say that their profile is still right, or put the question off."""

from datetime import timedelta

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.errors import NoMoreLater, NothingToConfirm
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, recipient
from gapura.accounts.queries.confirming import people_to_remind, profile_question
from gapura.accounts.services.rows import locked, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import Message, notify_many

# A page of people in one transaction; the next run takes the next ones.
REMIND_BATCH = 500
_COLUMNS = ["profile_confirmed_at", "profile_laters", "profile_later_until"]


def confirm_profile(*, actor: Actor) -> Person:
    """All of it is still right. Before it is asked, too: who looks by themselves is not asked soon.

    Twice does nothing more than once.
    """
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.CONFIRM_PROFILE, IdentityCheck(person))
        now = clock.now()
        if person.profile_confirmed_at is not None and person.profile_confirmed_at >= now:
            return person
        person.profile_confirmed_at = now
        person.profile_laters, person.profile_later_until = 0, None
        person.save(update_fields=_COLUMNS)
        record(actor, events.PROFILE_CONFIRMED, person)
    return person


def postpone_profile(*, actor: Actor) -> None:
    """The answer "later": it is asked again after the days of the rule, and only so often.

    :raises NothingToConfirm: nothing is asked now.
    :raises NoMoreLater: it was put off as often as the rule allows.
    """
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.POSTPONE_PROFILE, IdentityCheck(person))
        question = profile_question(person)
        if question is None:
            raise NothingToConfirm()
        if not question.laters:
            raise NoMoreLater()
        until = clock.now() + timedelta(days=question.later_days)
        person.profile_laters += 1
        person.profile_later_until = until
        person.save(update_fields=_COLUMNS[1:])
        facts = {"times": person.profile_laters, "until": until.isoformat()}
        record(actor, events.PROFILE_PUT_OFF, person, facts=facts)


def remind_profiles(*, actor: Actor) -> int:
    """Mail some of those whose profile waits to be confirmed, each once in a while; how many."""
    require(actor, Can.REMIND_PROFILE)
    with transaction.atomic():
        found = people_to_remind(REMIND_BATCH)
        notify_many(
            Message(
                recipient(person),
                "accounts/mail/profile_reminder.txt",
                {"since": person.profile_confirmed_at or person.verified_at or person.created_at},
                link="/account/confirm",
            )
            for person in found
        )
        ids = [person.pk for person in found]
        Person.objects.filter(pk__in=ids).update(profile_reminded_at=clock.now())
    return len(found)
